import { createSocket } from "node:dgram";
import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ServerCall } from "../../engine/sip/sip-calls.ts";
import type { SipEndpointOptions } from "../../engine/sip/sip-endpoint.ts";
import { hostPort, type SipPeer } from "../../engine/sip/sip-peer.ts";
import { Signal } from "./sip-lab.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const folder = join(root, "fixtures", "sip", "rfc4475");

/** One row of `expected.tsv`. */
export interface TortureRow {
  readonly message: string;
  readonly section: string;
  readonly about: string;
  /** What the RFC asks for. */
  readonly asks: string;
  /** What the parser and the gate say: `pass`, `status phrase`, `response` or `drop`. */
  readonly gate: string;
  /** Statuses that come back; `-` = nothing, `waits` = for the rest of the message, `closed` = by us. */
  readonly udp: string;
  readonly tcp: string;
  readonly why: string;
}

export function readFixture(message: string): Buffer {
  return readFileSync(join(folder, `${message}.dat`));
}

export function fixtureNames(): readonly string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".dat"));
  return names.map((name) => name.slice(0, -".dat".length)).sort();
}

export function readRows(): readonly TortureRow[] {
  const [, ...lines] = readFileSync(join(folder, "expected.tsv"), "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const [message = "", section = "", about = "", asks = "", gate = "", ...rest] =
      line.split("\t");
    const [udp = "", tcp = "", why = ""] = rest;
    return { message, section, about, asks, gate, udp, tcp, why };
  });
}

/** The table in the documentation, as rows of cells. */
export function readDocumentedRows(): readonly (readonly string[])[] {
  const text = readFileSync(join(root, "docs", "rfc4475.md"), "utf8");
  return text
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );
}

/** A calls' end that is always busy, so that an INVITE it takes is seen by its 486. */
export function busyEnd(transport: "udp" | "tcp"): SipEndpointOptions {
  return {
    listen: [{ transport, host: "127.0.0.1", port: 0 }],
    product: "torture",
    onInvite: (call: ServerCall) => call.reject(486),
  };
}

const TOP_VIA = /^(?:via|v)[ \t]*:\s*sip\s*\/\s*[\d.]+\s*\/\s*\w+\s+[\w.-]+(?::\d+)?/im;

/** Asks for the answers to be sent to where the message comes from (RFC 3581). */
export function withRport(message: Buffer): Buffer {
  const via = TOP_VIA.exec(message.toString("latin1"));
  if (via === null) return message;
  const at = via.index + via[0].length;
  return Buffer.concat([message.subarray(0, at), Buffer.from(";rport"), message.subarray(at)]);
}

let pings = 0;

/** An OPTIONS that is told from everything else by its Call-ID. */
function ping(to: SipPeer): { readonly callId: string; readonly text: string } {
  const callId = `still-there-${++pings}`;
  const text = [
    `OPTIONS sip:${hostPort(to)} SIP/2.0`,
    `Via: SIP/2.0/${to.transport.toUpperCase()} 127.0.0.1;rport;branch=z9hG4bK${callId}`,
    "From: <sip:megan@contoso.com>;tag=1",
    `To: <sip:${hostPort(to)}>`,
    `Call-ID: ${callId}`,
    "CSeq: 1 OPTIONS",
    "Max-Forwards: 70",
    "Content-Length: 0",
    "",
    "",
  ].join("\r\n");
  return { callId, text };
}

function statusOf(answer: string): string {
  return /^SIP\/2\.0 (\d{3}) /.exec(answer)?.[1] ?? "?";
}

/** The statuses that come back over UDP before an OPTIONS sent afterwards is answered; `-` = none. */
export async function askOverUdp(to: SipPeer, message: Buffer): Promise<string> {
  const socket = createSocket("udp4");
  const statuses: string[] = [];
  const alive = new Signal<void>("an answer to OPTIONS");
  const { callId, text } = ping(to);
  socket.on("message", (bytes) => {
    const answer = bytes.toString("latin1");
    if (answer.includes(callId)) alive.fire();
    else statuses.push(statusOf(answer));
  });
  try {
    socket.send(message, to.port, to.host);
    socket.send(text, to.port, to.host);
    await alive.within();
  } finally {
    socket.close();
  }
  return statuses.join(" ") || "-";
}

/**
 * The same over TCP: the statuses that come back before an OPTIONS behind it on the same connection is
 * answered; `closed` = the connection was, `waits` = the OPTIONS was taken for the rest of the message.
 */
export async function askOverTcp(to: SipPeer, message: Buffer, waits = false): Promise<string> {
  const socket = connect(to.port, to.host);
  const end = new Signal<"answered" | "closed">("an answer to OPTIONS, or the end");
  const { callId, text } = ping(to);
  let received = "";
  socket.on("data", (bytes) => {
    received += bytes.toString("latin1");
    if (new RegExp(`${callId}[\\s\\S]*\r\n\r\n`).test(received)) end.fire("answered");
  });
  socket.on("close", () => end.fire("closed"));
  socket.on("error", () => end.fire("closed"));
  socket.write(message);
  socket.write(text);
  // Whoever waits for more bytes says nothing; another connection shows that it goes on serving.
  const how = waits ? await pingTcp(to).then(() => "waits") : await end.within();
  socket.destroy();
  const statuses = [...received.matchAll(/^SIP\/2\.0 (\d{3}) [\s\S]*?\r\n\r\n/gm)]
    .filter(([answer]) => !answer.includes(callId))
    .map(([, status = ""]) => status);
  if (how !== "answered") statuses.push(how);
  return statuses.join(" ") || "-";
}

/** Is OPTIONS answered over a new connection? Rejects when it is not. */
export async function pingTcp(to: SipPeer): Promise<void> {
  const socket = connect(to.port, to.host);
  const { text } = ping(to);
  const alive = new Signal<void>("an answer to OPTIONS on a new connection");
  socket.once("data", () => alive.fire());
  socket.write(text);
  try {
    await alive.within();
  } finally {
    socket.destroy();
  }
}
