import { open } from "node:fs/promises";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { type RecordWriter, writeRecords } from "../call/write-records.ts";
import { whyUnwritable } from "../model/file-failure.ts";
import { type Outcome, problem } from "../model/problem.ts";
import { attemptWrite } from "./attempt-write.ts";
import { isSameFile } from "./route-output.ts";

/** Where the CDRs of a command go, one a line as calls end. */
export interface CdrOutput extends Pick<RecordWriter, "write"> {
  /** Ends the file. Rejects when something of it could not be written. */
  finish(): Promise<void>;
}

/**
 * Opens the named file, empty, or stdout for `-`.
 *
 * @param input - The file being read, which must not be overwritten.
 * @problem FILE_NOT_WRITTEN
 */
export async function openCdrOutput(
  file: string,
  input: string | undefined,
): Promise<Outcome<CdrOutput>> {
  if (file === "-") {
    const writer = writeRecords(process.stdout);
    const value = { write: writer.write.bind(writer), finish: async () => {} };
    return { ok: true, value, problems: [] };
  }
  if (input !== undefined && (await isSameFile(file, input))) {
    const hint = "name another file for the records";
    return {
      ok: false,
      problems: [problem("FILE_NOT_WRITTEN", `${file} is the input itself`, hint)],
    };
  }
  try {
    const handle = await open(file, "w");
    return { ok: true, value: cdrFile(file, handle.createWriteStream()), problems: [] };
  } catch (error) {
    const what = `${file} cannot be written: ${whyUnwritable(error)}`;
    const hint = "name a file in a folder that exists and may be written";
    return { ok: false, problems: [problem("FILE_NOT_WRITTEN", what, hint)] };
  }
}

function cdrFile(file: string, stream: Writable): CdrOutput {
  const writer = writeRecords(stream);
  return {
    write: (record) => {
      const wait = writer.write(record);
      return wait === undefined ? undefined : attemptWrite(file, () => wait);
    },
    finish: () =>
      attemptWrite(file, () => {
        stream.end();
        return finished(stream);
      }),
  };
}
