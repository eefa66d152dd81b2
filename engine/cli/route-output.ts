import { type FileHandle, open, realpath, rename, stat } from "node:fs/promises";
import { whyUnwritable } from "../model/file-failure.ts";
import { type Outcome, problem } from "../model/problem.ts";
import { attemptWrite } from "./attempt-write.ts";

/** Where decisions go. */
export interface RouteOutput {
  /** Settles when the bytes may be overwritten. Rejects with code `EPIPE` when nobody reads on. */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends a whole output. */
  finish(): Promise<void>;
  /** Ends an output that is not whole; says where its part was left, `null` = written as it came. */
  abandon(): Promise<string | null>;
}

/**
 * Opens the named file, or stdout. A file is written beside its place, as FILE.partial, and takes it
 * only when it is whole.
 *
 * @param input - The file being read, which must not be overwritten.
 * @problem FILE_NOT_WRITTEN
 */
export async function openRouteOutput(
  file: string | undefined,
  input: string | undefined,
): Promise<Outcome<RouteOutput>> {
  if (file === undefined || file === "-") return { ok: true, value: stdoutOutput(), problems: [] };
  if (input !== undefined && (await isSameFile(file, input))) {
    const what = `${file} is the input itself`;
    const hint = "name another file for the decisions";
    return { ok: false, problems: [problem("FILE_NOT_WRITTEN", what, hint)] };
  }
  try {
    const old = await stat(file).catch(() => null);
    const isSpecial = old !== null && !old.isFile() && !old.isDirectory();
    const partial = isSpecial ? file : `${file}.partial`;
    if (old?.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
    const handle = await open(partial, "w");
    return { ok: true, value: fileOutput(handle, file, partial), problems: [] };
  } catch (error) {
    const what = `${file} cannot be written: ${whyUnwritable(error)}`;
    const hint = "name a file in a folder that exists and may be written";
    return { ok: false, problems: [problem("FILE_NOT_WRITTEN", what, hint)] };
  }
}

/** Whether two names lead to one file, also through links. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  const places = await Promise.all([one, other].map((name) => realpath(name).catch(() => null)));
  if (places[0] === null || places[1] === null) return false;
  const [a, b] = await Promise.all([stat(one), stat(other)]);
  return a.isFile() && a.dev === b.dev && a.ino === b.ino;
}

function stdoutOutput(): RouteOutput {
  // WHY: a closed pipe is told to the write that met it; without a listener it would end the process.
  process.stdout.on("error", () => {});
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        if (bytes.length === 0) resolve();
        else process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
      }),
    finish: async () => {},
    abandon: async () => null,
  };
}

function fileOutput(handle: FileHandle, file: string, partial: string): RouteOutput {
  return {
    write: (bytes) => attemptWrite(file, () => writeAll(handle, bytes)),
    finish: () =>
      attemptWrite(file, async () => {
        await handle.close();
        if (partial !== file) await rename(partial, file);
      }),
    abandon: async () => {
      await handle.close();
      return partial === file ? null : partial;
    },
  };
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.length - at);
    at += bytesWritten;
  }
}
