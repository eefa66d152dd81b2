/**
 * Zip archives as backup scripts make them, read into memory and never unpacked to disk.
 *
 * @module
 */
import type { Readable } from "node:stream";
import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";
import { type Outcome, problem } from "../../model/problem.ts";
import {
  MAX_ARCHIVE_BYTES,
  MAX_ARCHIVE_ENTRIES,
  MAX_ARCHIVE_RATIO,
  MAX_EXPORT_BYTES,
} from "../budgets.ts";
import type { ExportFile } from "../export-folder/read-exports.ts";

/** Unix file types in the upper half of an entry's attributes. */
const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;
/** The host that wrote the entry: its attributes are Unix modes. */
const MADE_ON_UNIX = 3;
/** Entries smaller than this may be compressed as well as they like. */
const SMALL_BYTES = 1024 * 1024;

/**
 * The files of a zip archive. All entries are judged before any is unpacked, and one that must not be
 * there refuses the archive as a whole.
 *
 * @problem ARCHIVE_REFUSED no zip archive; too many entries or bytes; packed more tightly than text can
 * be (a "zip bomb"); a path that leads out of the archive; a link; an encrypted entry; an archive inside
 */
export async function readArchive(
  path: string,
  bytes: Uint8Array,
): Promise<Outcome<readonly ExportFile[]>> {
  if (bytes.length > MAX_ARCHIVE_BYTES) {
    return refused(path, `it has ${bytes.length} bytes; an archive may have ${MAX_ARCHIVE_BYTES}`);
  }
  try {
    // WHY: names are decoded and judged by yauzl, which refuses absolute paths, `..` and `\`.
    const options = { lazyEntries: true, autoClose: false, strictFileNames: true };
    const archive = await fromBufferPromise(Buffer.from(bytes), options);
    const entries = await entriesOf(archive);
    if (typeof entries === "string") return refused(path, entries);
    const files = entries.map((entry) => ({
      name: entry.fileName.slice(entry.fileName.lastIndexOf("/") + 1),
      path: `${path}/${entry.fileName}`,
      bytes: () => unpack(path, archive, entry),
    }));
    return { ok: true, value: files, problems: [] };
  } catch (error) {
    return refused(path, wordsOf(error));
  }
}

/** The archive's files, or why it is refused. */
async function entriesOf(archive: ZipFile): Promise<readonly Entry[] | string> {
  if (archive.entryCount > MAX_ARCHIVE_ENTRIES) {
    return `it holds ${archive.entryCount} entries; an archive may hold ${MAX_ARCHIVE_ENTRIES}`;
  }
  const entries: Entry[] = [];
  let total = 0;
  for await (const entry of archive.eachEntry()) {
    const why = whyRefused(entry);
    if (why !== null) return why;
    total += entry.uncompressedSize;
    if (total > MAX_EXPORT_BYTES)
      return `its files have more than ${MAX_EXPORT_BYTES} bytes unpacked`;
    if (!entry.fileName.endsWith("/")) entries.push(entry);
  }
  return entries;
}

function whyRefused(entry: Entry): string | null {
  const { fileName, compressedSize, uncompressedSize } = entry;
  const shown = JSON.stringify(fileName.slice(0, 100));
  if (entry.isEncrypted()) return `${shown} is encrypted`;
  const mode = entry.externalFileAttributes >>> 16;
  if (entry.versionMadeBy >>> 8 === MADE_ON_UNIX && (mode & FILE_TYPE) === SYMBOLIC_LINK) {
    return `${shown} is a link`;
  }
  if (/\.(?:zip|7z|gz|tar|tgz|rar)$/i.test(fileName)) return `${shown} is an archive itself`;
  if (!entry.canDecodeFileData()) return `${shown} is packed in a way that is not read`;
  if (uncompressedSize > SMALL_BYTES && uncompressedSize > compressedSize * MAX_ARCHIVE_RATIO) {
    return `${shown} grows from ${compressedSize} to ${uncompressedSize} bytes, as no text does`;
  }
  return null;
}

async function unpack(path: string, archive: ZipFile, entry: Entry): Promise<Outcome<Uint8Array>> {
  try {
    const stream = await archive.openReadStreamPromise(entry);
    const bytes = await bytesOf(stream);
    return { ok: true, value: bytes, problems: [] };
  } catch (error) {
    return refused(path, `${JSON.stringify(entry.fileName)}: ${wordsOf(error)}`);
  }
}

/** yauzl ends a stream in an error that does not have the length its entry says. */
async function bytesOf(stream: Readable): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : "it cannot be read";
}

function refused(
  path: string,
  why: string,
): { readonly ok: false; readonly problems: readonly ReturnType<typeof problem>[] } {
  const at = { file: path, line: 1, column: 1 };
  const hint = "unpack it where that is safe, and name the folder";
  return {
    ok: false,
    problems: [problem("ARCHIVE_REFUSED", `the archive is refused: ${why}`, hint, at)],
  };
}
