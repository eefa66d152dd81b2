/**
 * Finds the groups of a pattern that capture, before it is parsed: .NET does so, since a back-reference
 * may stand before its group, and reports what this first look trips over before anything else.
 *
 * @module
 */
import { readClass } from "./parse-class.ts";
import { type CaptureSlots, skipEscape } from "./parse-escape.ts";
import { isDigit, isWordCharacter, PatternReader, type ReadOptions } from "./pattern-reader.ts";
import { readOptions } from "./read-options.ts";

interface Search {
  readonly reader: PatternReader;
  /** The options to return to at each `)`. */
  readonly outer: ReadOptions[];
  readonly numbers: Set<number>;
  readonly names: Set<string>;
  nextNumber: number;
  /** Whether the next `(` is a condition, `(?(…)`, and captures nothing. */
  isCondition: boolean;
}

/** @problem REGEX_INVALID, REGEX_TOO_COMPLEX */
export function findCaptures(source: string): CaptureSlots {
  const search: Search = {
    reader: new PatternReader(source),
    outer: [],
    numbers: new Set([0]),
    names: new Set(),
    nextNumber: 1,
    isCondition: false,
  };
  while (!search.reader.atEnd) readOne(search);
  const names = new Map<string, number>();
  for (const name of search.names) {
    while (search.numbers.has(search.nextNumber)) search.nextNumber++;
    search.numbers.add(search.nextNumber);
    names.set(name, search.nextNumber);
  }
  return { numbers: search.numbers, names };
}

function readOne(search: Search): void {
  const { reader } = search;
  switch (reader.next()) {
    case "\\":
      skipEscape(reader);
      break;
    case "#":
      if (reader.options.ignoreWhitespace) {
        reader.at--;
        reader.skipBlank();
      }
      break;
    case "[":
      readClass(reader, "skip");
      break;
    case ")":
      reader.options = search.outer.pop() ?? reader.options;
      break;
    case "(":
      openGroup(search);
      break;
  }
}

function openGroup(search: Search): void {
  const { reader } = search;
  if (reader.startsWith("?#")) {
    reader.at--;
    reader.skipBlank();
    search.isCondition = false;
    return;
  }
  search.outer.push(reader.options);
  const { isCondition } = search;
  search.isCondition = false;
  if (reader.peek() !== "?") {
    if (!reader.options.explicitCapture && !isCondition) search.numbers.add(search.nextNumber++);
    return;
  }
  reader.at++;
  if ((reader.peek() === "<" || reader.peek() === "'") && reader.peek(1) !== "") noteName(search);
  else openOptions(search);
}

function noteName(search: Search): void {
  const { reader } = search;
  reader.at++;
  if (reader.peek() === "0" || !isWordCharacter(reader.peek())) return;
  if (isDigit(reader.peek())) search.numbers.add(reader.decimal());
  else search.names.add(reader.word());
}

function openOptions(search: Search): void {
  const { reader } = search;
  readOptions(reader);
  if (reader.peek() === ")") {
    reader.at++;
    search.outer.pop();
  } else if (reader.peek() === "(") {
    search.isCondition = true;
  }
}
