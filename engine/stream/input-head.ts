/**
 * Looks at the start of an input before anything is routed: its encoding, its format, its header.
 *
 * @module
 */
import { type Outcome, type Problem, problem, type SourcePlace } from "../model/problem.ts";
import { MAX_RECORD_BYTES } from "./budgets.ts";
import { readCsvHeader } from "./csv-layout.ts";
import { formatByName, type InputFormat, sniffFormat } from "./input-format.ts";
import { decodeForShow } from "./input-text.ts";
import type { InputSetup } from "./stream-setup.ts";

const LF = 10;
const CR = 13;
const BOM = [0xef, 0xbb, 0xbf];

/** An input that can be read. */
export interface OpenedInput {
  readonly setup: InputSetup;
  /** The input from its first record on. */
  readonly rest: AsyncIterable<Uint8Array>;
  /** Lines before the first record: 1 when there is a header. */
  readonly linesBefore: number;
  /** Bytes before the first record. */
  readonly bytesBefore: number;
  /** There is nothing in it, so what it lacks need not be asked for. */
  readonly isEmpty: boolean;
}

/**
 * Opens an input: strips a byte order mark, settles the format, reads the CSV header.
 *
 * @param name - What the input is called in problems; its extension settles the format.
 * @param wanted - The format asked for; `null` = by name, else by the first line.
 * @problem INPUT_EMPTY as a warning, with a value
 * @problem INPUT_NOT_UTF8
 * @problem INPUT_NO_DIALED_COLUMN
 * @problem INPUT_DUPLICATE_COLUMN
 * @problem INPUT_MALFORMED
 */
export async function openInput(
  source: AsyncIterable<Uint8Array>,
  name: string,
  wanted: InputFormat | null,
): Promise<Outcome<OpenedInput>> {
  const pieces = source[Symbol.asyncIterator]();
  const head = await readHead(pieces);
  const at: SourcePlace = { file: name, line: 1, column: 1 };
  const notUtf8 = utf16Problem(head, at);
  if (notUtf8 !== null) return { ok: false, problems: [notUtf8] };
  const start = BOM.every((byte, i) => head[i] === byte) ? BOM.length : 0;
  const lineEnd = head.indexOf(LF, start);
  const firstLine = firstLineOf(head, start, lineEnd);
  const format = wanted ?? formatByName(name) ?? sniffFormat(firstLine);
  const isEmpty = head.length === start;
  const problems = isEmpty ? [emptyInput(at)] : [];
  if (format !== "csv" || isEmpty) {
    const setup = { format: format === "csv" ? "lines" : format } as const;
    const rest = joined(head.subarray(start), pieces);
    return opened({ setup, rest, linesBefore: 0, bytesBefore: start, isEmpty }, problems);
  }
  if (lineEnd < 0 && head.length > MAX_RECORD_BYTES) {
    return { ok: false, problems: [headerTooLong(at)] };
  }
  const header = readCsvHeader(firstLine, at);
  if (!header.ok) return header;
  const bytesBefore = lineEnd < 0 ? head.length : lineEnd + 1;
  const setup = { format, layout: header.value };
  const rest = joined(head.subarray(bytesBefore), pieces);
  return opened({ setup, rest, linesBefore: 1, bytesBefore, isEmpty }, problems);
}

function firstLineOf(head: Uint8Array, start: number, lineEnd: number): string {
  const end = Math.min(lineEnd < 0 ? head.length : lineEnd, start + MAX_RECORD_BYTES);
  return decodeForShow(head.subarray(start, end > start && head[end - 1] === CR ? end - 1 : end));
}

function headerTooLong(at: SourcePlace): Problem {
  const what = `the header line is longer than ${MAX_RECORD_BYTES} bytes`;
  return problem("INPUT_LINE_TOO_LONG", what, "check that this is a CSV file", at);
}

function opened(value: OpenedInput, problems: readonly Problem[]): Outcome<OpenedInput> {
  return { ok: true, value, problems };
}

/** The first line and whatever came with it, or as much of it as any record may have. */
async function readHead(pieces: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let head = new Uint8Array(0);
  while (head.length <= MAX_RECORD_BYTES && !head.includes(LF)) {
    const next = await pieces.next();
    if (next.done === true) break;
    const grown = new Uint8Array(head.length + next.value.length);
    grown.set(head);
    grown.set(next.value, head.length);
    head = grown;
  }
  return head;
}

async function* joined(
  head: Uint8Array,
  pieces: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) {
      yield next.value;
    }
  } finally {
    await pieces.return?.();
  }
}

function utf16Problem(head: Uint8Array, at: SourcePlace): Problem | null {
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (!isUtf16) return null;
  const hint = "save it as UTF-8, in PowerShell with Out-File -Encoding utf8";
  return problem("INPUT_NOT_UTF8", "the input is UTF-16", hint, at);
}

function emptyInput(at: SourcePlace): Problem {
  return problem("INPUT_EMPTY", "the input is empty", "write one dialed number a line", at);
}
