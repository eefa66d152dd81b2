import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { MEGAN, runStream } from "./run-stream.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

interface BadInput {
  readonly name: string;
  readonly file: string;
  /** The input as text, or as bytes in hexadecimal. */
  readonly input?: string;
  readonly hex?: string;
  /** false = the command line names no user. */
  readonly user?: boolean;
  /** Rows without the header; absent where the input cannot be opened. */
  readonly rows?: readonly string[];
  readonly told: readonly string[];
}

const cases = JSON.parse(
  readFileSync(join(root, "fixtures", "stream", "bad-input.json"), "utf8"),
) as readonly BadInput[];

const bad = suite("bad input");

bad("the table was read", () => {
  assert.ok(cases.length >= 20, `only ${cases.length} rows`);
});

for (const { name, file, input, hex, user, rows, told } of cases) {
  bad(name, async () => {
    const bytes = hex === undefined ? Buffer.from(input ?? "") : Buffer.from(hex, "hex");
    const defaults = user === false ? { ...MEGAN, user: null } : MEGAN;
    const run = await runStream(bytes, { name: file, defaults });
    assert.equal(run.told, told);
    assert.equal(run.output.split("\n").slice(1, -1), rows ?? []);
  });
}

bad("twenty of a code are told, all are counted and recorded", async () => {
  const text = `+14255550101\n${"\n".repeat(50)}\u0001\n+14255550102\n`;
  for (const chunkBytes of [10, 1000]) {
    const short = await runStream(text, { name: "in.txt", chunkBytes });
    assert.is(short.told.length, 20);
    assert.is(short.recorded.length, 0);
    assert.equal(short.counts, { INPUT_MALFORMED: 51 });
    const full = await runStream(text, { name: "in.txt", chunkBytes, record: true });
    assert.equal(full.told, short.told);
    assert.is(full.recorded.length, 51);
    assert.equal(full.recorded.slice(0, 20), full.told);
    assert.match(full.recorded[50] ?? "", "in.txt:52:1 error INPUT_MALFORMED the number holds");
    assert.is(full.rows, 53);
  }
});

bad(
  "any bytes give one row a line in every format, and stay inside the output format",
  async () => {
    let seed = 42;
    const next = (): number => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return seed >>> 24;
    };
    for (let round = 0; round < 30; round++) {
      const garbage = Uint8Array.from({ length: 3000 }, next);
      const lines = garbage.reduce((count, byte) => count + (byte === 10 ? 1 : 0), 1);
      const isCut = garbage.at(-1) === 10;
      for (const format of ["lines", "ndjson"] as const) {
        const run = await runStream(garbage, { format, output: "ndjson" });
        if (run.told[0]?.includes("INPUT_NOT_UTF8")) continue;
        assert.is(run.rows, isCut ? lines - 1 : lines);
        const rows = run.output.trimEnd().split("\n");
        assert.is(rows.length, run.rows);
        for (const row of rows) assert.type(JSON.parse(row), "object");
      }
    }
  },
);

bad.run();
