import { randomBytes } from "node:crypto";
import { type FileHandle, open, realpath, rename, stat, unlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { whyUnwritable } from "../model/file-failure.ts";
import { type Problem, problem } from "../model/problem.ts";

const DEFAULT_MODE = 0o644;

/**
 * Writes a file as a whole or not at all: into a file beside it, flushed to disk, then renamed over it.
 * The mode of a file that was there is kept; of a symbolic link the target is written. A device or pipe
 * is written to as it stands. Gives no problem when it is done.
 *
 * @problem FILE_NOT_WRITTEN the folder is not there, is read-only, full, …; the old file is untouched
 */
export async function writeFileAtomically(path: string, text: string): Promise<readonly Problem[]> {
  try {
    await replaceFile(await realpath(path).catch(() => path), text);
    return [];
  } catch (error) {
    const what = `${path} cannot be written: ${whyUnwritable(error)}`;
    return [problem("FILE_NOT_WRITTEN", what, "name a file in a folder that can be written to")];
  }
}

async function replaceFile(path: string, text: string): Promise<void> {
  const old = await stat(path).catch(() => null);
  // WHY: a device or pipe takes what is written; renamed over, it would become a plain file.
  if (old !== null && !old.isFile() && !old.isDirectory()) return writeFile(path, text);
  const mode = old === null ? DEFAULT_MODE : old.mode & 0o777;
  const random = randomBytes(6).toString("hex");
  const temporary = join(dirname(path), `.${basename(path)}.${random}.tmp`);
  const file = await open(temporary, "wx", mode);
  try {
    await fill(file, text, mode);
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await flushFolder(dirname(path));
}

async function fill(file: FileHandle, text: string, mode: number): Promise<void> {
  try {
    // WHY: the mode given to open() is cut by the umask.
    await file.chmod(mode);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Without it the rename itself could be lost with the power. Not every system can do it. */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => null);
  if (folder === null) return;
  await folder.sync().catch(() => undefined);
  await folder.close();
}
