import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { InputFormat } from "../../engine/stream/input-format.ts";
import type { CallDefaults } from "../../engine/stream/stream-setup.ts";
import { MEGAN, runStream } from "./run-stream.ts";

const boundaries = suite("chunk boundaries");

interface Sample {
  readonly name: string;
  readonly format: InputFormat;
  readonly text: string;
  readonly rows: number;
  readonly told: number;
  readonly defaults?: CallDefaults;
}

const SAMPLES: readonly Sample[] = [
  {
    name: "plain lines, CRLF and LF, a blank one, no line end at the end",
    format: "lines",
    text: "+14255550101\r\n+442079460123\n\n911\n(425) 555-0102",
    rows: 5,
    told: 1,
  },
  {
    name: "CSV with bare, quoted, escaped and broken records",
    format: "csv",
    text: [
      "\ufeffUser,dialed,note",
      "megan@contoso.com,+14255550101,x",
      '"megan@contoso.com","+14255550102","two',
      'lines, and ""quotes"""',
      '"adele,""v""@contoso.com",+14255550103,',
      'megan@contoso.com,+14255550104,5" pipe',
      "",
      ",+14255550105,",
      'nobody@contoso.com,"+14255550106",y\r',
      'megan@contoso.com,+14255550107,"never closed',
      "megan@contoso.com,+14255550108,z",
    ].join("\n"),
    rows: 9,
    told: 4,
  },
  {
    name: "NDJSON with escapes and broken lines",
    format: "ndjson",
    text: [
      '{"dialed":"+14255550101","user":"megan@contoso.com"}',
      '{"dialed":"\\u002b14255550102","hide_caller_id":true}\r',
      '{"dialed":911}',
      "{",
      "",
      '{"user":"x"}',
      '{"dialed":"1","kind":"dial-out","site":"Paris"}',
      '{"dialed":"1","site":"Atlantis"}',
    ].join("\n"),
    rows: 8,
    told: 5,
  },
];

for (const sample of SAMPLES) {
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
