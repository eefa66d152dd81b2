import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { InputFormat } from "../../engine/stream/input-format.ts";
import { openInput } from "../../engine/stream/input-head.ts";
import { routeStream } from "../../engine/stream/route-stream.ts";
import { StreamProblems } from "../../engine/stream/stream-problems.ts";
import { DIGIT_USERS, digitRouter } from "./digit-router.ts";
import { MEGAN } from "./run-stream.ts";

const memory = suite("constant memory");

const MEGABYTE = 1024 * 1024;
const MOST_GROWTH = 64 * MEGABYTE;
const isLong = process.env["LONG"] !== undefined;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Bytes outside the heap that are still held. */
function heldBytes(): number {
  collectGarbage();
  const { arrayBuffers, external } = process.memoryUsage();
  return arrayBuffers + external;
}

/** The piece again and again, each time in memory of its own as a file's pieces are. */
async function* repeated(
  piece: Buffer,
  megabytes: number,
  sample: () => void,
): AsyncGenerator<Uint8Array> {
  let untilSample = 0;
  for (let sent = 0; sent < megabytes * MEGABYTE; sent += piece.length) {
    untilSample -= piece.length;
    if (untilSample <= 0) sample();
    if (untilSample <= 0) untilSample = 16 * MEGABYTE;
    yield Buffer.from(piece);
  }
}

/** Routes the piece again and again; rows written and the largest growth of memory seen. */
async function routeMuch(
  piece: string,
  format: InputFormat,
  megabytes: number,
): Promise<{ rows: number; growth: number }> {
  const start = heldBytes();
  let growth = 0;
  const sample = (): void => {
    growth = Math.max(growth, heldBytes() - start);
  };
  const opened = await openInput(repeated(Buffer.from(piece), megabytes, sample), "in", format);
  if (!opened.ok) throw new Error("the input does not open");
  const summary = await routeStream({
    input: opened.value,
    setup: { input: opened.value.setup, output: "csv", defaults: MEGAN, allFaults: false },
    router: digitRouter(),
    startPool: null,
    write: async () => {},
    problems: new StreamProblems("in", 0, DIGIT_USERS, { tell: () => {}, record: null }),
    progress: () => {},
    stop: new AbortController().signal,
  });
  return { rows: summary.rows, growth };
}

/** Megabytes are few where each is many records; a line without an end is read at once. */
const PIECES: readonly (readonly [string, InputFormat, string, megabytes: number])[] = [
  ["plain lines", "lines", "+442079460123\n".repeat(4000), 6],
  ["one line without an end", "lines", "9".repeat(65_000), 256],
  ["blank lines", "lines", "\n".repeat(2000) + "9".repeat(60_000), 128],
  ["quotes that are never closed", "csv", `dialed,note\n${'a","\n'.repeat(12_000)}`, 6],
];
for (const [name, format, piece, few] of PIECES) {
  const megabytes = isLong ? 1024 : few;
  memory(`${megabytes} MB of ${name}`, async () => {
    const { rows, growth } = await routeMuch(piece, format, megabytes);
    assert.ok(rows >= 1);
    assert.ok(growth < MOST_GROWTH, `grew by ${growth} bytes`);
  });
}

memory.run();
