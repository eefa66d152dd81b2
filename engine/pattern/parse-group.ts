/**
 * What an opening parenthesis begins: the kind of group, read up to where its body starts.
 *
 * @module
 */
import type { CaptureSlots } from "./parse-escape.ts";
import { isDigit, isWordCharacter, type PatternReader } from "./pattern-reader.ts";
import { readOptions } from "./read-options.ts";

export type GroupOpening =
  /** `capture`: the number of the group; `next` = the next one without a name; `null` = none. */
  | { readonly kind: "group"; readonly capture: number | "next" | null }
  | { readonly kind: "look"; readonly direction: "ahead" | "behind"; readonly negative: boolean }
  /** `(?x)`: options for the rest of the group around it; it has no body. */
  | { readonly kind: "options" };

const INVALID_NAME = "Invalid group name: Group names must begin with a word character.";

/**
 * Reads what follows `(`, which has just been passed.
 *
 * @problem REGEX_INVALID, REGEX_UNSUPPORTED (atomic groups, conditions, balancing groups)
 */
export function openGroup(reader: PatternReader, slots: CaptureSlots): GroupOpening {
  const start = reader.at - 1;
  if (reader.peek() !== "?" || reader.peek(1) === ")") {
    return { kind: "group", capture: reader.options.explicitCapture ? null : "next" };
  }
  reader.at++;
  switch (reader.peek()) {
    case "=":
    case "!":
      return { kind: "look", direction: "ahead", negative: reader.next() === "!" };
    case ">":
      return reader.unsupported("an atomic group", "write (?:…) instead of (?>…)", start);
    case "(":
      return reader.unsupported("a condition (?(…)…)", "write alternatives with | instead", start);
    case "<":
    case "'":
      return openAngled(reader, slots, start);
    default:
      return openOptions(reader, start);
  }
}

function openOptions(reader: PatternReader, start: number): GroupOpening {
  readOptions(reader);
  const after = reader.next();
  if (after === ":") return { kind: "group", capture: null };
  if (after === ")") return { kind: "options" };
  return unrecognized(reader, start);
}

function unrecognized(reader: PatternReader, start: number): never {
  return reader.invalid(
    "Unrecognized grouping construct.",
    "write (?:…) for a group that does not capture",
    start,
  );
}

/** `(?<=`, `(?<!`, or the name of a group in `<…>` or `'…'`. */
function openAngled(reader: PatternReader, slots: CaptureSlots, start: number): GroupOpening {
  const close = reader.next() === "<" ? ">" : "'";
  if (reader.peek() === "=" || reader.peek() === "!") {
    if (close === "'") return unrecognized(reader, start);
    return { kind: "look", direction: "behind", negative: reader.next() === "!" };
  }
  if (reader.atEnd) return unrecognized(reader, start);
  const named = reader.peek() === "-" ? null : readName(reader, slots, close, start);
  if (named !== "unknown" && reader.peek() === "-") refuseBalancing(reader, slots, close, start);
  if (typeof named === "number" && reader.next() === close)
    return { kind: "group", capture: named };
  return unrecognized(reader, start);
}

/** @returns The number of the group; `unknown` when none was found when captures were looked for. */
function readName(
  reader: PatternReader,
  slots: CaptureSlots,
  close: string,
  start: number,
): number | "unknown" {
  const hint = "write the name as (?<name>…)";
  let known: number | undefined;
  let isZero = false;
  if (isDigit(reader.peek())) {
    const number = reader.decimal();
    known = slots.numbers.has(number) ? number : undefined;
    isZero = number === 0;
  } else if (isWordCharacter(reader.peek())) {
    known = slots.names.get(reader.word());
  } else {
    return reader.invalid(INVALID_NAME, hint, start);
  }
  const after = reader.peek();
  if (after !== "" && after !== close && after !== "-") reader.invalid(INVALID_NAME, hint, start);
  if (isZero) reader.invalid("Capture number cannot be zero.", "number groups from 1", start);
  return known ?? "unknown";
}

/** `(?<name-other>…)` is not regular; what .NET would reject of it is told first. */
function refuseBalancing(
  reader: PatternReader,
  slots: CaptureSlots,
  close: string,
  start: number,
): never {
  reader.at++;
  const hint = "name a group of the pattern after the -";
  if (isDigit(reader.peek())) {
    const number = reader.decimal();
    if (!slots.numbers.has(number)) {
      reader.invalid(`Reference to undefined group number ${number}.`, hint, start);
    }
  } else if (isWordCharacter(reader.peek())) {
    const name = reader.word();
    if (!slots.names.has(name)) {
      reader.invalid(`Reference to undefined group name ${name}.`, hint, start);
    }
  } else {
    reader.invalid(INVALID_NAME, hint, start);
  }
  if (reader.peek() !== close) {
    if (reader.atEnd) return unrecognized(reader, start);
    reader.invalid(INVALID_NAME, hint, start);
  }
  return reader.unsupported("a balancing group", "write a plain group (…)", start);
}
