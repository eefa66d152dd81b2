import { closeSync, openSync, writeSync } from "node:fs";
import { EngineError } from "../model/engine-error.ts";
import { whyUnwritable } from "../model/file-failure.ts";
import { formatProblem } from "../model/format-problem.ts";
import { type Outcome, type Problem, problem } from "../model/problem.ts";

const BUFFERED_CHARACTERS = 64 * 1024;

/** A file that takes every problem of a run, one line each, in input order. */
export interface ErrorsFile {
  record(problem: Problem): void;
  close(): void;
}

/**
 * Creates the file, empty.
 *
 * @problem FILE_NOT_WRITTEN
 */
export function openErrorsFile(file: string): Outcome<ErrorsFile> {
  let fd: number;
  try {
    fd = openSync(file, "w");
  } catch (error) {
    const what = `${file} cannot be written: ${whyUnwritable(error)}`;
    const hint = "name a file in a folder that exists and may be written";
    return { ok: false, problems: [problem("FILE_NOT_WRITTEN", what, hint)] };
  }
  let text = "";
  const flush = (): void => {
    try {
      for (let bytes = Buffer.from(text); bytes.length > 0; ) {
        bytes = bytes.subarray(writeSync(fd, bytes));
      }
    } catch (error) {
      const message = `${file} cannot be written: ${whyUnwritable(error)}`;
      throw new EngineError("ENGINE_FILE_UNWRITABLE", message, { cause: error });
    }
    text = "";
  };
  const value: ErrorsFile = {
    record: (found) => {
      text += `${formatProblem(found)}\n`;
      if (text.length >= BUFFERED_CHARACTERS) flush();
    },
    close: () => {
      flush();
      closeSync(fd);
    },
  };
  return { ok: true, value, problems: [] };
}
