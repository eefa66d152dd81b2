/**
 * Kamailio's `dialplan` with one rule for each route. Requests over UDP ask it to look up so many numbers;
 * the CPU time of the one process that does so comes from the kernel. One look-up is the slope between two
 * counts, so that receiving the request and answering it do not count; the loop around the look-up, which
 * Kamailio interprets, does.
 *
 * @module
 */
import { createSocket, type Socket } from "node:dgram";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../test/interop/free-ports.ts";
import { type PeerProcess, startPeer } from "../../test/interop/peer-process.ts";
import { programFile } from "../../test/interop/peer-suite.ts";
import type { TurnTime } from "../rounds.ts";
import { RIVALS } from "./program.ts";
import type { Rival } from "./rival-process.ts";

const HOST = "127.0.0.1";

/** Numbers that it knows, and of which answers are compared. */
const NUMBERS = 20_000;
const NUMBERS_TO_COMPARE = 2_000;

/** The two counts of a turn: some 60 ms at 1000 routes. */
const FEW = 200;
const MANY = 1_200;

const ANSWER_MS = 60_000;

/** Why it cannot be asked here; `null` = it can. */
export function kamailioMissing(): string | null {
  return programFile("kamailio") === null ? "kamailio: not installed (Debian: kamailio)" : null;
}

/**
 * Starts it and compares its answers.
 *
 * @param expected - The first route that takes each number, -1 = none.
 */
export async function startKamailioDialplan(
  folder: string,
  patterns: readonly string[],
  numbers: readonly string[],
  expected: Int32Array,
): Promise<Rival> {
  const known = numbers.slice(0, NUMBERS);
  const database = join(folder, `dialplan-${patterns.length}`);
  writeDatabase(database, patterns, known);
  const port = await freePort();
  const args = ["-f", join(RIVALS, "kamailio-dialplan.cfg"), "-DD", "-E", "-Y", database];
  const size = ["-m", "512", "-M", "64", "-l", `udp:${HOST}:${port}`];
  const peer = startPeer("kamailio", [...args, ...size, "-A", `DB_URL="text://${database}"`]);
  await peer.listening("udp", port);
  const socket = createSocket("udp4");
  const ask = (method: string, start: number, count: number): Promise<number> =>
    askKamailio(socket, port, method, start, count);
  // One process takes all requests.
  const pid = await ask("INFO", 0, NUMBERS_TO_COMPARE);
  compareAnswers(peer, known, expected);
  let start = 0;
  const turn = async (): Promise<TurnTime> => {
    start = (start + MANY) % (known.length - MANY);
    const few = await timed(pid, () => ask("OPTIONS", start, FEW));
    const many = await timed(pid, () => ask("OPTIONS", start, MANY));
    const each = (of: (time: TurnTime) => number): number => (of(many) - of(few)) / (MANY - FEW);
    return { cpuNs: each(({ cpuNs }) => cpuNs), wallNs: each(({ wallNs }) => wallNs) };
  };
  const stop = (): void => {
    socket.close();
    void peer.stop();
  };
  return { turn, stop };
}

/** Tables of Kamailio's db_text: a folder of text files, fields apart by colons. */
function writeDatabase(
  folder: string,
  patterns: readonly string[],
  numbers: readonly string[],
): void {
  const write = (name: string, lines: readonly string[]): void =>
    writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
  mkdirSync(folder, { recursive: true });
  write("version", ["table_name(string) table_version(int)", "dialplan:2", "numbers:2"]);
  const escaped = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll(":", "\\:");
  write("dialplan", [
    "id(int,auto) dpid(int) pr(int) match_op(int) match_exp(string) match_len(int) subst_exp(string) repl_exp(string) attrs(string)",
    ...patterns.map((pattern, i) => `${i + 1}:1:${i + 1}:1:${escaped(pattern)}:0:^.*:x:${i}`),
  ]);
  write("numbers", [
    "id(int,auto) key_name(string) key_type(int) value_type(int) key_value(string) expires(int)",
    ...numbers.map((number, i) => `${i + 1}:${i}:0:0:${number}:0`),
  ]);
}

/** Settles with the process that answered, once it has looked up all numbers. */
function askKamailio(
  socket: Socket,
  port: number,
  method: string,
  start: number,
  count: number,
): Promise<number> {
  const branch = `z9hG4bK-${method}-${start}-${count}-${performance.now()}`;
  const request = [
    `${method} sip:${start}-${count}@${HOST}:${port} SIP/2.0`,
    `Via: SIP/2.0/UDP ${HOST};rport;branch=${branch}`,
    `From: <sip:bench@${HOST}>;tag=1`,
    `To: <sip:bench@${HOST}>`,
    `Call-ID: ${branch}`,
    `CSeq: 1 ${method}`,
    "Max-Forwards: 70",
    "Content-Length: 0",
    "\r\n",
  ].join("\r\n");
  return new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error("Kamailio does not answer")), ANSWER_MS);
    socket.once("message", (answer) => {
      clearTimeout(late);
      const found = /^SIP\/2\.0 200 done by (\d+)/.exec(answer.toString());
      if (found === null) fail(new Error(`Kamailio answers ${answer.toString()}`));
      else done(Number(found[1]));
    });
    socket.send(request, port, HOST);
  });
}

async function timed(pid: number, work: () => Promise<unknown>): Promise<TurnTime> {
  const before = cpuNsOf(pid);
  const startedAt = performance.now();
  await work();
  return { cpuNs: cpuNsOf(pid) - before, wallNs: (performance.now() - startedAt) * 1e6 };
}

function cpuNsOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]);
}

function compareAnswers(peer: PeerProcess, numbers: readonly string[], expected: Int32Array): void {
  const answers = [...peer.output().matchAll(/number (\d+) route (-?\d+)/g)];
  if (answers.length !== NUMBERS_TO_COMPARE)
    throw new Error(`Kamailio answered ${answers.length} numbers:\n${peer.output().slice(-2000)}`);
  for (const [, number, route] of answers) {
    const i = Number(number);
    if (expected[i] === Number(route)) continue;
    throw new Error(`${numbers[i]}: outdial says ${expected[i]}, Kamailio ${route}`);
  }
}
