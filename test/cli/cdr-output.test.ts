import { suite } from "uvu";
import * as assert from "uvu/assert";
import { CdrOutput } from "../../engine/cli/cdr-output.ts";
import type { RouteOutput } from "../../engine/cli/route-output.ts";
import type { CallDetailRecord } from "../../engine/model/call-detail-record.ts";

/** Only its text matters to who writes it. */
const record = (id: string): CallDetailRecord => ({ id }) as unknown as CallDetailRecord;

interface SlowOutput extends RouteOutput {
  readonly writes: string[];
  isFinished: boolean;
}

/** Takes each write only when the event loop comes round again. */
function slowOutput(fail: Error | null = null): SlowOutput {
  const output: SlowOutput = {
    writes: [],
    isFinished: false,
    write: async (bytes) => {
      const text = Buffer.from(bytes).toString();
      await new Promise((resolve) => setImmediate(resolve));
      if (fail !== null) throw fail;
      output.writes.push(text);
    },
    finish: async () => {
      output.isFinished = true;
    },
    abandon: async () => null,
  };
  return output;
}

const cdrs = suite("CDR output");

cdrs("writes one record a line in order, and those that come meanwhile together", async () => {
  const output = slowOutput();
  const cdr = new CdrOutput(output);
  for (const id of ["a", "b", "c"]) assert.is(cdr.write(record(id)), undefined);
  await cdr.finish();
  assert.equal(output.writes, ['{"id":"a"}\n', '{"id":"b"}\n{"id":"c"}\n']);
  assert.ok(output.isFinished);
});

cdrs("makes whoever writes too fast wait", async () => {
  const output = slowOutput();
  const cdr = new CdrOutput(output);
  const large = "x".repeat(200_000);
  assert.is(cdr.write(record(large)), undefined);
  assert.is(cdr.write(record(large)), undefined);
  const wait = cdr.write(record(large));
  assert.ok(wait instanceof Promise);
  await wait;
  assert.is(output.writes.join("").length, 3 * (large.length + 10));
  await cdr.finish();
});

cdrs("tells a failed write to the next record and at the end", async () => {
  const cdr = new CdrOutput(slowOutput(new Error("no space left")));
  void cdr.write(record("a"));
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.throws(() => cdr.write(record("b")), "no space left");
  let told = "";
  await cdr.finish().catch((error: Error) => {
    told = error.message;
  });
  assert.is(told, "no space left");
});

cdrs.run();
