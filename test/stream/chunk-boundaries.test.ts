import { suite } from "uvu";
import * as assert from "uvu/assert";
import { IDLE_FLUSH_MS } from "../../engine/stream/budgets.ts";
import type { CallDefaults } from "../../engine/stream/stream-setup.ts";
import { BOUNDARY_SAMPLES } from "./boundary-samples.ts";
import { MEGAN, runStream } from "./run-stream.ts";

const boundaries = suite("chunk boundaries");

for (const sample of BOUNDARY_SAMPLES) {
  boundaries(`${sample.name}: every chunk size gives the same rows and reports`, async () => {
    const { text, format } = sample;
    const whole = await runStream(text, { format });
    assert.is(whole.rows, sample.rows, whole.output);
    assert.is(whole.told.length, sample.told, whole.told.join("\n"));
    assert.is(whole.output.split("\n").length, sample.rows + 2);
    const { length } = new TextEncoder().encode(text);
    for (let chunkBytes = 1; chunkBytes <= length + 1; chunkBytes++) {
      assert.equal(await runStream(text, { format, chunkBytes }), whole, `chunk ${chunkBytes}`);
    }
  });

  boundaries(`${sample.name}: two pieces, cut anywhere, give the same`, async () => {
    const { text, format } = sample;
    const bytes = new TextEncoder().encode(text);
    const whole = await runStream(text, { format });
    const wholeAsNdjson = await runStream(text, { format, output: "ndjson" });
    for (let cut = 0; cut <= bytes.length; cut++) {
      for (const chunkBytes of [cut + 1, 1000]) {
        const run = await runStream(bytes, { format, chunkBytes, cutAt: cut });
        assert.equal(run, whole, `cut at ${cut}, chunk ${chunkBytes}`);
      }
      const run = await runStream(bytes, { format, output: "ndjson", cutAt: cut });
      assert.equal(run, wholeAsNdjson, `cut at ${cut}`);
    }
  });

  boundaries(`${sample.name}: an input that pauses anywhere gives the same`, async () => {
    const { text, format } = sample;
    const bytes = new TextEncoder().encode(text);
    const whole = await runStream(text, { format });
    const cuts = Array.from({ length: bytes.length + 1 }, (_, cut) => cut);
    const pauseMs = 3 * IDLE_FLUSH_MS;
    const runs = await Promise.all(
      cuts.map((cutAt) => runStream(bytes, { format, cutAt, pauseMs })),
    );
    for (const [cut, run] of runs.entries()) assert.equal(run, whole, `a pause at ${cut}`);
  });

  boundaries(`${sample.name}: every piece size gives the same rows and reports`, async () => {
    const { text, format } = sample;
    const whole = await runStream(text, { format });
    for (const pieceBytes of [1, 2, 3, 5, 7, 11, 64]) {
      const run = await runStream(text, { format, chunkBytes: 16, pieceBytes });
      assert.equal(run, whole, `pieces of ${pieceBytes}`);
    }
  });
}

boundaries("lines far over the budget are dropped in passing, in every format", async () => {
  const long = "9".repeat(300_000);
  for (const [format, head, tail] of [
    ["lines", "", "+14255550101"],
    ["csv", "dialed\n", "+14255550101"],
    ["ndjson", "", '{"dialed":"+14255550101"}'],
  ] as const) {
    const text = `${head}${tail}\n${long}\n${tail}\n${long}`;
    const whole = await runStream(text, { format });
    assert.is(whole.rows, 4);
    assert.equal(whole.counts, { INPUT_LINE_TOO_LONG: 2 });
    for (const chunkBytes of [1000, 65_536, 65_537, 65_539, 70_000, 131_072]) {
      assert.equal(await runStream(text, { format, chunkBytes }), whole, `chunk ${chunkBytes}`);
    }
  }
});

boundaries(
  "a quote that is never closed costs one line of a long file, wherever it is cut",
  async () => {
    const rows = Array.from({ length: 4000 }, (_, i) => `+1425555${i},"${i % 7}"`);
    rows[100] = '+14255550100,"open';
    rows[2500] = '"';
    const text = `dialed,note\n${rows.join("\n")}\n`;
    const whole = await runStream(text, { format: "csv" });
    for (const chunkBytes of [999, 4096, 65_536]) {
      assert.equal(
        await runStream(text, { format: "csv", chunkBytes }),
        whole,
        `chunk ${chunkBytes}`,
      );
    }
  },
);

boundaries("wrong quotes cost no other line its row, however the lines look", async () => {
  const lines = ['"', '""', '"""', 'a","', '","', '"a"b', 'a"', '"a', 'a,"b', '",', ',"\r', "a"];
  let seed = 7;
  const next = (): string => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return lines[(seed >>> 16) % lines.length] ?? "";
  };
  for (let round = 0; round < 40; round++) {
    const text = `dialed,note\n${Array.from({ length: 12 }, next).join("\n")}\n`;
    const whole = await runStream(text, { format: "csv" });
    for (const chunkBytes of [1, 3, 7, 20]) {
      assert.equal(await runStream(text, { format: "csv", chunkBytes }), whole, text);
    }
  }
  const pairs = Array.from({ length: 500 }, (_, i) => (i % 2 === 0 ? `"${i},x` : `"${i}",y`));
  const run = await runStream(`dialed,note\n${pairs.join("\n")}\n`, { format: "csv" });
  assert.is(run.rows, 500);
  assert.equal(run.counts, { INPUT_MALFORMED: 250 });
});

boundaries("the defaults are the command line's", async () => {
  const defaults: CallDefaults = { ...MEGAN, kind: "dial-out", site: "Paris", hideCallerId: true };
  const { output } = await runStream("911\n", { defaults });
  assert.match(output, "911,megan@contoso.com,dial-out,operator,operator-1,trunk-1,anonymous,");
  assert.match(output, ",Paris,");
});

boundaries.run();
