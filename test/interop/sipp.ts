import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort, freePorts } from "./free-ports.ts";
import { type PeerProcess, startPeer } from "./peer-process.ts";

const SCENARIOS = fileURLToPath(new URL("../../../fixtures/interop/sipp", import.meta.url));

export interface SippOptions {
  /** `uac` and `uas` are SIPp's own; anything else is a file of fixtures/interop/sipp without its ending. */
  readonly scenario: string;
  /** Where calls go; left out by scenarios that wait for calls. */
  readonly remote?: { readonly host: string; readonly port: number };
  readonly transport?: "udp" | "tcp";
  /** Own address; 127.0.0.1 when left out. IPv6 without brackets. */
  readonly host?: string;
  readonly calls?: number;
  readonly callsPerSecond?: number;
  /** What is filled in for the scenario's own keywords, `[status]` and the like. */
  readonly keys?: Readonly<Record<string, string | number>>;
  readonly args?: readonly string[];
  readonly cores?: string;
  /** Keeps no log of messages: for speed. */
  readonly quiet?: boolean;
}

/** One message as SIPp logged it. */
export interface SippMessage {
  readonly direction: "sent" | "received";
  readonly text: string;
}

/** What SIPp counted in the end. */
export interface SippCounts {
  readonly created: number;
  readonly successful: number;
  readonly failed: number;
  readonly retransmissions: number;
  /** Begun each second, over the whole run. */
  readonly callsPerSecond: number;
  readonly unexpected: number;
}

export interface Sipp {
  readonly peer: PeerProcess;
  readonly host: string;
  readonly port: number;
  messages(): readonly SippMessage[];
  /** Its complaints about single messages. */
  errors(): string;
  /** Its statistics (`-trace_stat`) as they stand: a line of column names, then a row a second. */
  statistics(): string;
  /** As of a second ago while it runs, exact once it has ended; `null` = none yet. */
  counts(): SippCounts | null;
  /** Resolves when all calls are done; rejects with what SIPp has to say when one of them failed. */
  done(): Promise<SippCounts>;
  /** Resolves once the messages satisfy the condition; rejects after ten seconds. */
  until(condition: (messages: readonly SippMessage[]) => boolean, what: string): Promise<void>;
  stop(): Promise<void>;
}

const bracketed = (host: string): string => (host.includes(":") ? `[${host}]` : host);

async function argumentsOf(options: SippOptions, port: number, folder: string): Promise<string[]> {
  const { scenario, remote, transport = "udp", calls, callsPerSecond = 20 } = options;
  const builtIn = scenario === "uac" || scenario === "uas";
  const log = (name: string): string => join(folder, name);
  return [
    ...(builtIn ? ["-sn", scenario] : ["-sf", filledIn(options, log("scenario.xml"))]),
    ...(remote === undefined ? [] : [`${bracketed(remote.host)}:${remote.port}`]),
    ...["-i", bracketed(options.host ?? "127.0.0.1"), "-p", String(port)],
    ...["-t", transport === "tcp" ? "t1" : "u1", "-mp", String(await freePorts(4))],
    ...(calls === undefined ? [] : ["-m", String(calls)]),
    ...["-r", String(callsPerSecond), "-rp", "1000", "-nostdin"],
    ...["-trace_stat", "-stf", log("stat.csv"), "-fd", "1"],
    ...["-trace_err", "-error_file", log("errors.log")],
    ...(options.quiet === true ? [] : ["-trace_msg", "-message_file", log("messages.log")]),
    ...(options.args ?? []),
  ];
}

/** Writes the scenario with its keywords filled in; SIPp's own `-key` cannot stand for a status. */
function filledIn({ scenario, keys = {} }: SippOptions, file: string): string {
  let text = readFileSync(join(SCENARIOS, `${scenario}.xml`), "utf8");
  for (const [key, value] of Object.entries(keys)) text = text.replaceAll(`[${key}]`, `${value}`);
  writeFileSync(file, text);
  return file;
}

/** Starts SIPp; one that waits for calls is ready for them when the promise resolves. */
export async function startSipp(options: SippOptions): Promise<Sipp> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "outdial-sipp-"));
  const args = await argumentsOf(options, port, folder);
  const { cores } = options;
  const peer = startPeer("sipp", args, { cwd: folder, ...(cores === undefined ? {} : { cores }) });
  const logs = logsIn(folder);
  void peer.ended.then(() => {
    logs.keep();
    rmSync(folder, { recursive: true });
  });
  if (options.remote === undefined) {
    await peer.listening(options.transport ?? "udp", port);
  }
  const errors = (): string => logs.read("errors.log");
  const counts = (): SippCounts | null => countsOf(logs.read("stat.csv"));
  const messages = (): readonly SippMessage[] => messagesOf(logs.read("messages.log"));
  const say = (what: string): Error =>
    new Error(`SIPp ${options.scenario}: ${what}\n${errors()}\n${peer.output()}`);
  return {
    peer,
    host: options.host ?? "127.0.0.1",
    port,
    messages,
    errors,
    statistics: () => logs.read("stat.csv"),
    counts,
    async done() {
      const code = await peer.ended;
      const counted = counts();
      if (code !== 0 || counted === null) throw say(`ended with ${code}`);
      return counted;
    },
    async until(condition, what) {
      const deadline = Date.now() + 10_000;
      while (!condition(messages())) {
        if (Date.now() > deadline) {
          throw say(
            `never saw ${what}\n${messages()
              .map(({ text }) => text)
              .join("\n")}`,
          );
        }
        await delay(20);
      }
    },
    stop: () => peer.stop(),
  };
}

/** SIPp's files, readable also after their folder is gone. */
function logsIn(folder: string): { read(name: string): string; keep(): void } {
  const names = ["stat.csv", "errors.log", "messages.log"];
  let kept: Map<string, string> | null = null;
  const fromDisk = (name: string): string => {
    const file = join(folder, name);
    return existsSync(file) ? readFileSync(file, "latin1") : "";
  };
  return {
    read: (name) => (kept === null ? fromDisk(name) : (kept.get(name) ?? "")),
    keep: () => {
      kept = new Map(names.map((name) => [name, fromDisk(name)]));
    },
  };
}

function countsOf(csv: string): SippCounts | null {
  const lines = csv.trimEnd().split("\n");
  const names = lines[0]?.split(";") ?? [];
  const values = lines.length > 1 ? (lines.at(-1)?.split(";") ?? []) : [];
  if (values.length === 0) return null;
  const of = (name: string): number => Number(values[names.indexOf(name)]);
  return {
    created: of("TotalCallCreated"),
    successful: of("SuccessfulCall(C)"),
    failed: of("FailedCall(C)"),
    retransmissions: of("Retransmissions(C)"),
    callsPerSecond: of("CallRate(C)"),
    unexpected: of("FailedUnexpectedMessage(C)"),
  };
}

function messagesOf(log: string): readonly SippMessage[] {
  return log
    .split(/^-{20,} .*\n/m)
    .slice(1)
    .flatMap((part) => {
      const head = /^\S+ message (sent|received)[^\n]*\n\n([\s\S]*)$/.exec(part);
      const text = head?.[2]?.trimStart();
      if (text === undefined) return [];
      return [{ direction: head?.[1] === "sent" ? "sent" : "received", text } as const];
    });
}

/** First lines only: `INVITE`, `180`, … each with an arrow for its direction. */
export function flowOf(messages: readonly SippMessage[]): readonly string[] {
  return messages.map(({ direction, text }) => {
    const [first = ""] = text.split("\r\n");
    const word = first.startsWith("SIP/2.0 ") ? first.slice(8, 11) : first.split(" ")[0];
    return `${direction === "sent" ? "→" : "←"} ${word}`;
  });
}
