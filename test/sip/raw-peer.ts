import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { SipPeer } from "../../engine/sip/sip-peer.ts";
import { lineOf, SDP } from "./sip-lab.ts";

export interface RawRequest {
  readonly method: string;
  readonly callId: string;
  readonly branch: string;
  readonly cseq?: number;
  readonly fromTag?: string;
  readonly toTag?: string;
  readonly via?: string;
  /** Further header lines. */
  readonly lines?: readonly string[];
  readonly contact?: string | null;
  readonly body?: string;
}

/** A SIP peer over UDP that says exactly what a test tells it to, and forgets nothing it hears. */
export class RawPeer {
  readonly port: number;
  readonly heard: string[] = [];
  readonly #socket: Socket;
  readonly #to: SipPeer;
  #waiting: (() => void)[] = [];

  static async open(to: SipPeer): Promise<RawPeer> {
    const socket = createSocket("udp4");
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    return new RawPeer(socket, to);
  }

  private constructor(socket: Socket, to: SipPeer) {
    this.#socket = socket;
    this.#to = to;
    this.port = (socket.address() as AddressInfo).port;
    socket.on("message", (message) => {
      this.heard.push(message.toString());
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  send(text: string): void {
    this.#socket.send(text, this.#to.port, this.#to.host);
  }

  request(parts: RawRequest): string {
    const { method, callId, branch, cseq = 1, fromTag = "raw", toTag, body = "" } = parts;
    const via = parts.via ?? `SIP/2.0/UDP 127.0.0.1:${this.port};branch=${branch};rport`;
    const contact =
      parts.contact === undefined ? `<sip:raw@127.0.0.1:${this.port}>` : parts.contact;
    return [
      `${method} sip:+442079460123@${this.#to.host}:${this.#to.port} SIP/2.0`,
      `Via: ${via}`,
      "Max-Forwards: 70",
      `From: <sip:+14255550101@127.0.0.1>;tag=${fromTag}`,
      `To: <sip:+442079460123@127.0.0.1>${toTag === undefined ? "" : `;tag=${toTag}`}`,
      `Call-ID: ${callId}`,
      `CSeq: ${cseq} ${method}`,
      ...(contact === null ? [] : [`Contact: ${contact}`]),
      ...(parts.lines ?? []),
      ...(body === "" ? [] : ["Content-Type: application/sdp"]),
      `Content-Length: ${Buffer.byteLength(body)}`,
      "",
      body,
    ].join("\r\n");
  }

  invite(parts: Omit<RawRequest, "method">): string {
    return this.request({ body: SDP.content, ...parts, method: "INVITE" });
  }

  /** The `count`th message heard that reads so: `200 INVITE`, `BYE`. */
  async hears(line: string, count = 1, milliseconds = 30_000): Promise<string> {
    const end = performance.now() + milliseconds;
    for (;;) {
      const found = this.heard.filter((message) => lineOf(message) === line)[count - 1];
      if (found !== undefined) return found;
      const left = end - performance.now();
      if (left <= 0) throw new Error(`no ${line} (${count}); heard ${this.lines().join(", ")}`);
      await this.#next(left);
    }
  }

  lines(): string[] {
    return this.heard.map(lineOf);
  }

  async close(): Promise<void> {
    this.#socket.close();
    await once(this.#socket, "close");
  }

  #next(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

/** The tag in a message's To header. */
export function toTagOf(message: string): string {
  return /^To:.*;tag=([^;\r\n]+)/im.exec(message)?.[1] ?? "";
}

/** The answer that a response-only peer gives to a request it heard. */
export function rawResponse(
  request: string,
  status: string,
  parts: {
    readonly toTag?: string;
    readonly lines?: readonly string[];
    readonly body?: string;
  } = {},
): string {
  const headers = request.split("\r\n").filter((line) => /^(Via|From|Call-ID|CSeq):/i.test(line));
  const to = /^To:.*$/im.exec(request)?.[0] ?? "";
  const { toTag, lines = [], body = "" } = parts;
  return [
    `SIP/2.0 ${status}`,
    ...headers,
    toTag === undefined || to.includes(";tag=") ? to : `${to};tag=${toTag}`,
    ...lines,
    ...(body === "" ? [] : ["Content-Type: application/sdp"]),
    `Content-Length: ${Buffer.byteLength(body)}`,
    "",
    body,
  ].join("\r\n");
}
