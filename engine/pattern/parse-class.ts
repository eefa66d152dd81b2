/**
 * Character classes, `[0-9]`, `[^5]`, `[\d-[5]]`: read as .NET reads them, with its corners: a `]` that
 * comes first is itself, `[:name:]` counts as a `[`, and `-[` begins a subtraction.
 *
 * @module
 */
import { readCategoryName, readCharacterEscape, readClassEscape } from "./parse-escape.ts";
import { MAX_NESTING_DEPTH } from "./pattern-budget.ts";
import { PatternStop } from "./pattern-problem.ts";
import type { PatternReader } from "./pattern-reader.ts";
import type { ClassItem } from "./pattern-tree.ts";

export interface CharacterClass {
  readonly symbols: number;
  /** What is written in it, subtraction aside. */
  readonly items: readonly ClassItem[];
}

/** `skip` only finds where the class ends, for the search of captures; .NET forgives more there. */
export type ClassReading = "read" | "skip";

/** What has been read of a class so far. */
interface OpenClass {
  readonly reading: ClassReading;
  readonly depth: number;
  readonly items: ClassItem[];
  symbols: number;
  subtracted: number;
  /** The first character of a range whose last one is still to come. */
  rangeFrom: { readonly character: string; readonly start: number } | null;
  isFirst: boolean;
}

/**
 * Reads a class whose `[` has just been passed, with its `]`.
 *
 * @problem REGEX_INVALID, REGEX_TOO_COMPLEX
 */
export function readClass(
  reader: PatternReader,
  reading: ClassReading = "read",
  depth = 0,
): CharacterClass {
  const start = reader.at - 1;
  refuseDepth(start, depth);
  const negated = reader.peek() === "^";
  if (negated) reader.at++;
  const open: OpenClass = {
    reading,
    depth,
    items: [],
    symbols: 0,
    subtracted: 0,
    rangeFrom: null,
    isFirst: true,
  };
  while (!reader.atEnd) {
    if (reader.peek() === "]" && !open.isFirst) {
      reader.at++;
      const written = negated ? reader.sets.all & ~open.symbols : open.symbols;
      return { symbols: written & ~open.subtracted, items: open.items };
    }
    readItem(reader, open);
    open.isFirst = false;
  }
  return reader.invalid("Unterminated [] set.", "close the set with ]", start);
}

function refuseDepth(offset: number, depth: number): void {
  if (depth <= MAX_NESTING_DEPTH) return;
  throw new PatternStop({
    code: "REGEX_TOO_COMPLEX",
    what: `classes are nested more than ${MAX_NESTING_DEPTH} deep`,
    hint: "write the set without subtractions",
    offset,
    length: 1,
  });
}

function readItem(reader: PatternReader, open: OpenClass): void {
  const start = reader.at;
  const escaped = reader.peek() === "\\" && reader.peek(1) !== "";
  if (!escaped) {
    const character = reader.next();
    if (character === "[" && open.rangeFrom === null) skipPosixName(reader);
    readCharacter(reader, open, character, start, false);
    return;
  }
  reader.at++;
  if (readSetEscape(reader, open, start)) return;
  readCharacter(reader, open, readCharacterEscape(reader), start, true);
}

/** `\d` and its like, and `\-`: they neither begin nor end a range. */
function readSetEscape(reader: PatternReader, open: OpenClass, start: number): boolean {
  const letter = reader.peek();
  if (letter === "-") {
    reader.at++;
    addRange(reader, open, "-", "-", start);
    return true;
  }
  if (!"dDsSwWpP".includes(letter)) return false;
  if (open.reading === "skip") {
    if (letter === "p" || letter === "P") readCategoryName(reader);
    else reader.at++;
    return true;
  }
  if (open.rangeFrom !== null) {
    reader.at++;
    reader.invalid(
      `Cannot include class \\${letter} in character range.`,
      "put a backslash before the -",
      open.rangeFrom.start,
    );
  }
  open.symbols |= readClassEscape(reader) ?? 0;
  open.items.push({ character: null, start, end: reader.at });
  return true;
}

/** `[:digit:]` is passed over and counts as `[`: .NET has no POSIX classes, though it sees them. */
function skipPosixName(reader: PatternReader): void {
  if (reader.peek() !== ":") return;
  const { at } = reader;
  reader.at++;
  reader.word();
  if (reader.startsWith(":]")) reader.at += 2;
  else reader.at = at;
}

function readCharacter(
  reader: PatternReader,
  open: OpenClass,
  character: string,
  start: number,
  escaped: boolean,
): void {
  const { rangeFrom } = open;
  if (rangeFrom !== null) {
    open.rangeFrom = null;
    if (open.reading === "skip") return;
    if (character === "[" && !escaped) {
      addRange(reader, open, rangeFrom.character, rangeFrom.character, rangeFrom.start, start - 1);
      subtract(reader, open);
    } else {
      endRange(reader, open, rangeFrom, character);
    }
  } else if (reader.peek() === "-" && reader.peek(1) !== "" && reader.peek(1) !== "]") {
    open.rangeFrom = { character, start };
    reader.at++;
  } else if (character === "-" && !escaped && reader.peek() === "[" && !open.isFirst) {
    reader.at++;
    subtract(reader, open);
  } else {
    addRange(reader, open, character, character, start);
  }
}

function endRange(
  reader: PatternReader,
  open: OpenClass,
  from: { readonly character: string; readonly start: number },
  last: string,
): void {
  if (from.character > last) {
    reader.invalid("[x-y] range in reverse order.", "write the lower end first", from.start);
  }
  addRange(reader, open, from.character, last, from.start);
}

function subtract(reader: PatternReader, open: OpenClass): void {
  const start = reader.at - 2;
  open.subtracted |= readClass(reader, open.reading, open.depth + 1).symbols;
  if (open.reading === "skip" || reader.atEnd || reader.peek() === "]") return;
  reader.invalid(
    "A subtraction must be the last element in a character class.",
    "close the set with ] after the subtraction",
    start,
  );
}

function addRange(
  reader: PatternReader,
  open: OpenClass,
  first: string,
  last: string,
  start: number,
  end = reader.at,
): void {
  open.symbols |= reader.sets.range(first, last, reader.options.ignoreCase);
  open.items.push({ character: first === last ? first : null, start, end });
}
