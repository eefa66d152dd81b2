/**
 * The language of translations: what .NET puts in place of a match (documented: Microsoft, "Substitutions
 * in regular expressions"; Teams' rules are written in it: New-CsVoiceNormalizationRule, -Translation).
 *
 * ```
 * $1 ${1}     the group of that number; all digits that follow are read, $10 is never $1 and a zero
 * ${name}     the group of that name
 * $$          one $
 * $& $0       the whole match
 * $` $'       what stands before it, and behind it
 * $+          the group of the highest number
 * $_          the whole number
 * ```
 * Any other `$`, and one with a group that the pattern does not have, stands for itself.
 *
 * @module
 */
import type { CaptureSlots } from "./parse-escape.ts";
import { MAX_TRANSLATION_LENGTH } from "./pattern-budget.ts";
import { type PatternProblem, PatternStop, stopped } from "./pattern-problem.ts";
import { isDigit, isWordCharacter, PatternReader } from "./pattern-reader.ts";

export type ReplacementPart =
  | { readonly kind: "text"; readonly text: string }
  /** The number of a group; 0 = the whole match. */
  | { readonly kind: "group"; readonly number: number }
  | { readonly kind: "before" }
  | { readonly kind: "behind" }
  | { readonly kind: "whole" };

export type ParsedReplacement =
  | { readonly ok: true; readonly parts: readonly ReplacementPart[] }
  | { readonly ok: false; readonly problems: readonly PatternProblem[] };

/**
 * Parses a translation for a pattern with these groups. O(length).
 *
 * @problem REGEX_INVALID a number past Int32
 * @problem REGEX_TOO_COMPLEX longer than `pattern-budget.ts` allows
 */
export function parseReplacement(translation: string, groups: CaptureSlots): ParsedReplacement {
  const parsed = stopped(() => {
    refuseLength(translation);
    return readParts(new PatternReader(translation), groups);
  });
  return parsed.ok ? { ok: true, parts: parsed.value } : { ok: false, problems: [parsed.problem] };
}

function readParts(reader: PatternReader, groups: CaptureSlots): readonly ReplacementPart[] {
  const parts: ReplacementPart[] = [];
  let text = "";
  while (!reader.atEnd) {
    const character = reader.next();
    const part = character === "$" ? readDollar(reader, groups) : null;
    if (part === null) {
      text += character;
    } else if (part.kind === "text") {
      text += part.text;
    } else {
      parts.push({ kind: "text", text }, part);
      text = "";
    }
  }
  return [...parts, { kind: "text", text }];
}

function refuseLength({ length }: string): void {
  if (length <= MAX_TRANSLATION_LENGTH) return;
  throw new PatternStop({
    code: "REGEX_TOO_COMPLEX",
    what: `the translation is ${length} characters long, more than ${MAX_TRANSLATION_LENGTH}`,
    hint: "shorten the translation",
    offset: MAX_TRANSLATION_LENGTH,
    length: length - MAX_TRANSLATION_LENGTH,
  });
}

/** What a `$`, just passed, begins; null, without moving, when it stands for itself. */
function readDollar(reader: PatternReader, groups: CaptureSlots): ReplacementPart | null {
  const { at } = reader;
  const part = readReference(reader, groups) ?? readSign(reader, groups);
  if (part === null) reader.at = at;
  return part;
}

/** `1`, `{1}`, `{name}`. */
function readReference(reader: PatternReader, groups: CaptureSlots): ReplacementPart | null {
  const { at } = reader;
  // WHY the second: a brace that ends the translation is none.
  const isBraced = reader.peek() === "{" && reader.peek(1) !== "";
  if (isBraced) reader.at++;
  let number: number | undefined;
  if (isDigit(reader.peek())) {
    const written = reader.decimal();
    number = groups.numbers.has(written) ? written : undefined;
  } else if (isBraced && isWordCharacter(reader.peek())) {
    number = groups.names.get(reader.word());
  }
  const isClosed = !isBraced || reader.next() === "}";
  if (number !== undefined && isClosed) return { kind: "group", number };
  reader.at = at;
  return null;
}

function readSign(reader: PatternReader, groups: CaptureSlots): ReplacementPart | null {
  switch (reader.next()) {
    case "$":
      return { kind: "text", text: "$" };
    case "&":
      return { kind: "group", number: 0 };
    case "`":
      return { kind: "before" };
    case "'":
      return { kind: "behind" };
    case "+":
      return { kind: "group", number: Math.max(...groups.numbers) };
    case "_":
      return { kind: "whole" };
    default:
      return null;
  }
}
