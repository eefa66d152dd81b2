import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { writeFileAtomically } from "../import/write-file-atomically.ts";
import { type Problem, problem } from "../model/problem.ts";

/**
 * Writes a file, but never over the one that it was made from: an administrator's own script or export
 * would be lost.
 *
 * @param source - What was read.
 * @problem FILE_NOT_WRITTEN
 */
export async function writeElsewhere(
  file: string,
  source: string,
  text: string,
): Promise<readonly Problem[]> {
  if ((await realPathOf(file)) !== (await realPathOf(source)))
    return writeFileAtomically(file, text);
  const what = `${file} is what this was made from`;
  return [problem("FILE_NOT_WRITTEN", what, "name another file")];
}

/** Through links, where there is something. */
function realPathOf(file: string): Promise<string> {
  return realpath(file).catch(() => resolve(file));
}
