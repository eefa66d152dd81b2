import { PassThrough, Writable } from "node:stream";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { writeRecords } from "../../engine/call/write-records.ts";
import { sampleRecord } from "./sample-record.ts";

const writing = suite("writing records");

writing("a record is one line of JSON", () => {
  const output = new PassThrough();
  const records = writeRecords(output);
  const odd = sampleRecord({ phrase: "line\nbreak", dialed: "+44 20 7946 0123" });
  void records.write(sampleRecord());
  void records.write(odd);
  const lines = String(output.read()).split("\n");
  assert.is(lines.length, 3);
  assert.equal(JSON.parse(lines[1] ?? ""), odd);
  assert.is(records.written, 2);
});

writing("a full stream holds the writer back until it is read", async () => {
  const output = new PassThrough({ highWaterMark: 1_000 });
  const records = writeRecords(output);
  let held = 0;
  let isFull = false;
  for (let nth = 0; nth < 20; nth++) {
    const written = records.write(sampleRecord());
    if (written === undefined) continue;
    held++;
    isFull = true;
    setImmediate(() => {
      isFull = false;
      output.resume();
    });
    await written;
    assert.not(isFull);
    output.pause();
  }
  assert.ok(held > 3, `held back ${held} times`);
});

writing("a stream that breaks rejects what waits and what follows", async () => {
  const output = new Writable({
    highWaterMark: 1,
    write(_chunk, _encoding, done) {
      setImmediate(() => done(new Error("disk full")));
    },
  });
  const records = writeRecords(output);
  for (let nth = 0; nth < 2; nth++) {
    try {
      await records.write(sampleRecord());
      assert.unreachable();
    } catch (error) {
      assert.match(String(error), "disk full");
    }
  }
});

writing.run();
