import { readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { whyUnreadable } from "../../model/file-failure.ts";
import { type Problem, problem } from "../../model/problem.ts";
import { MAX_SCRIPT_CHARS } from "../budgets.ts";
import { decodeText } from "../tenant-file/decode-text.ts";
import { type ReadScript, type ReadScriptOptions, readScript } from "./read-script.ts";

/** A script cannot have fewer characters than a quarter of its bytes. */
const MAX_SCRIPT_BYTES = 4 * MAX_SCRIPT_CHARS;

/**
 * Reads a script file, UTF-8 or UTF-16 with a byte order mark. A file that cannot be read gives the
 * tenant as it was.
 *
 * @problem FILE_UNREADABLE, IMPORT_TOO_LARGE, TENANT_SYNTAX it is no text, and those of `readScript`
 */
export async function readScriptFile(options: ReadScriptOptions): Promise<ReadScript> {
  const { file } = options;
  const bytes = await readBytes(file);
  if (!(bytes instanceof Uint8Array)) return nothingRead(options, bytes);
  const text = decodeText(file, bytes);
  return text.ok
    ? readScript(text.value, { folder: dirname(file), ...options })
    : nothingRead(options, text.problems);
}

async function readBytes(file: string): Promise<Uint8Array | readonly Problem[]> {
  try {
    const stats = await stat(file);
    if (stats.isFile() && stats.size > MAX_SCRIPT_BYTES) {
      const what = `${file} has ${stats.size} bytes; a script may have ${MAX_SCRIPT_BYTES}`;
      return [problem("IMPORT_TOO_LARGE", what, "split it")];
    }
    if (stats.isFile()) return await readFile(file);
    return [problem("FILE_UNREADABLE", `${file} is no regular file`, "name a .ps1 file")];
  } catch (error) {
    const what = `The script ${file} cannot be read: ${whyUnreadable(error)}`;
    return [problem("FILE_UNREADABLE", what, "name a .ps1 file")];
  }
}

function nothingRead({ tenant }: ReadScriptOptions, problems: readonly Problem[]): ReadScript {
  const statements = { understood: 0, refused: 0 };
  return { tenant, problems, output: [], invocations: [], statements };
}
