import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type CdrOutput, openCdrOutput } from "../../engine/cli/cdr-output.ts";
import type { CallDetailRecord } from "../../engine/model/call-detail-record.ts";

const folder = mkdtempSync(join(tmpdir(), "outdial-cdr-"));

/** Only its text matters to who writes it. */
const record = (id: string): CallDetailRecord => ({ id }) as unknown as CallDetailRecord;

async function opened(file: string): Promise<CdrOutput> {
  const output = await openCdrOutput(file, undefined);
  if (!output.ok) throw new Error(output.problems[0]?.what);
  return output.value;
}

const cdrs = suite("CDR output");

cdrs.after(() => rmSync(folder, { recursive: true }));

cdrs("writes one record a line, in order, in place of what stood in the file", async () => {
  const file = join(folder, "calls.ndjson");
  writeFileSync(file, "old\n");
  const cdr = await opened(file);
  for (const id of ["a", "b", "c"]) await cdr.write(record(id));
  await cdr.finish();
  assert.is(readFileSync(file, "utf8"), '{"id":"a"}\n{"id":"b"}\n{"id":"c"}\n');
});

cdrs("a full disk is told, at the latest at the end", async () => {
  if (!existsSync("/dev/full")) return;
  const cdr = await opened("/dev/full");
  let told: { code?: string; message?: string } = {};
  try {
    await cdr.write(record("a"));
    await cdr.finish();
  } catch (error) {
    told = error as Error;
  }
  assert.is(told.code, "ENGINE_FILE_UNWRITABLE");
  assert.is(told.message, "/dev/full cannot be written: the disk is full");
});

cdrs("the input is not overwritten", async () => {
  const file = join(folder, "input.csv");
  writeFileSync(file, "dialed\n");
  const output = await openCdrOutput(file, file);
  assert.not(output.ok);
  assert.is(output.problems[0]?.code, "FILE_NOT_WRITTEN");
  assert.is(readFileSync(file, "utf8"), "dialed\n");
});

cdrs.run();
