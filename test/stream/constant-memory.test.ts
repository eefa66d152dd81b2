import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { InputFormat } from "../../engine/stream/input-format.ts";
import { openInput } from "../../engine/stream/input-head.ts";
import { routeStream } from "../../engine/stream/route-stream.ts";
import { StreamProblems } from "../../engine/stream/stream-problems.ts";
import { DIGIT_USERS, digitRouter } from "./digit-router.ts";
import { MEGAN } from "./run-stream.ts";

const memory = suite("constant memory");

const MEGABYTES = process.env["LONG"] === undefined ? 6 : 1024;
const MOST_GROWTH = 64 * 1024 * 1024;

async function* repeated(piece: Buffer): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < MEGABYTES * 1024 * 1024; sent += piece.length) yield piece;
}

/** Routes the piece again and again; rows written and the largest growth of memory seen. */
async function routeMuch(
  piece: string,
  format: InputFormat,
): Promise<{ rows: number; growth: number }> {
  const opened = await openInput(repeated(Buffer.from(piece)), "in", format);
  if (!opened.ok) throw new Error("the input does not open");
  let start = 0;
  let growth = 0;
  const summary = await routeStream({
    input: opened.value,
    setup: { input: opened.value.setup, output: "csv", defaults: MEGAN, allFaults: false },
    router: digitRouter(),
    startPool: null,
    write: async () => {
      const { arrayBuffers, external } = process.memoryUsage();
      start ||= arrayBuffers + external;
      growth = Math.max(growth, arrayBuffers + external - start);
    },
    problems: new StreamProblems("in", 0, DIGIT_USERS, { tell: () => {}, record: null }),
    progress: () => {},
    stop: new AbortController().signal,
  });
  return { rows: summary.rows, growth };
}

const PIECES: readonly (readonly [string, InputFormat, string])[] = [
  ["plain lines", "lines", "+442079460123\n".repeat(4000)],
  ["one line without an end", "lines", "9".repeat(65_000)],
  ["blank lines", "lines", "\n".repeat(2000) + "9".repeat(60_000)],
  ["quotes that are never closed", "csv", `dialed,note\n${'a","\n'.repeat(12_000)}`],
];
for (const [name, format, piece] of PIECES) {
  memory(`${MEGABYTES} MB of ${name}`, async () => {
    const { rows, growth } = await routeMuch(piece, format);
    assert.ok(rows >= 1);
    assert.ok(growth < MOST_GROWTH, `grew by ${growth} bytes`);
  });
}

memory.run();
