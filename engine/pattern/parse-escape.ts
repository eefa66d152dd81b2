/**
 * Escapes: what a backslash begins, inside a class and outside. Letters are .NET's ("Character escapes in
 * regular expressions", Microsoft); what is documented loosely was observed on the reference sources.
 *
 * @module
 */
import { isDigit, isWordCharacter, type PatternReader } from "./pattern-reader.ts";

const CONTROL_ESCAPES: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  e: "\u001b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/**
 * Reads `d D w W s S p{…} P{…}` when one stands here (after the backslash).
 *
 * @returns The symbols it matches; null, without moving, when it is none of these.
 * @problem REGEX_INVALID
 */
export function readClassEscape(reader: PatternReader): number | null {
  const { sets } = reader;
  const letter = reader.peek();
  if (letter === "p" || letter === "P") return readCategory(reader, letter === "P");
  let symbols: number;
  if (letter === "d" || letter === "D") symbols = sets.digits;
  else if (letter === "w" || letter === "W") symbols = sets.words;
  else if (letter === "s" || letter === "S") symbols = sets.spaces;
  else return null;
  reader.at++;
  return letter < "a" ? sets.all & ~symbols : symbols;
}

function readCategory(reader: PatternReader, negated: boolean): number {
  const start = reader.at - 1;
  const name = readCategoryName(reader);
  if (/^_xml[CDIW]$/.test(name)) {
    return reader.unsupported(`the undocumented category ${name}`, "write [0-9]", start);
  }
  const symbols = reader.sets.category(name, negated, reader.options.ignoreCase);
  if (symbols !== undefined) return symbols;
  return reader.invalid(
    `Unknown property '${name}'.`,
    "use a general category such as Nd, or [0-9]",
    start,
  );
}

/** Moves past `p{name}` and returns the name, whether there is such a category or not. */
export function readCategoryName(reader: PatternReader): string {
  const start = reader.at - 1;
  const hint = "write \\p{Nd}, or \\d for digits";
  reader.at++;
  if (reader.source.length - reader.at < 3) {
    return reader.invalid("Incomplete \\p{X} character escape.", hint, start);
  }
  if (reader.next() !== "{") {
    return reader.invalid("Malformed \\p{X} character escape.", hint, start);
  }
  const nameStart = reader.at;
  while (!reader.atEnd && (isWordCharacter(reader.peek()) || reader.peek() === "-")) reader.at++;
  const name = reader.source.slice(nameStart, reader.at);
  if (reader.next() === "}") return name;
  return reader.invalid("Incomplete \\p{X} character escape.", hint, start);
}

/**
 * Reads the escape of one character (after the backslash) and returns the character.
 *
 * @problem REGEX_INVALID
 */
export function readCharacterEscape(reader: PatternReader): string {
  const start = reader.at - 1;
  const character = reader.peek();
  if (character >= "0" && character <= "7") return readOctal(reader);
  reader.at++;
  if (character === "x") return readHex(reader, 2, start);
  if (character === "u") return readHex(reader, 4, start);
  if (character === "c") return readControl(reader, start);
  const control = CONTROL_ESCAPES[character];
  if (control !== undefined) return control;
  if (!isWordCharacter(character)) return character;
  return reader.invalid(
    `Unrecognized escape sequence \\${character}.`,
    `remove the backslash before ${character}`,
    start,
  );
}

/** Up to three octal digits; .NET keeps the lowest eight bits. */
function readOctal(reader: PatternReader): string {
  let value = 0;
  for (let count = 0; count < 3 && reader.peek() >= "0" && reader.peek() <= "7"; count++) {
    value = value * 8 + Number(reader.next());
  }
  return String.fromCharCode(value & 0xff);
}

function readHex(reader: PatternReader, digits: number, start: number): string {
  const text = reader.source.slice(reader.at, reader.at + digits);
  if (text.length === digits && /^[0-9a-fA-F]+$/.test(text)) {
    reader.at += digits;
    return String.fromCharCode(Number.parseInt(text, 16));
  }
  const hint = digits === 2 ? "write two digits, as in \\x2B" : "write four digits, as in \\u002B";
  return reader.invalid("Insufficient hexadecimal digits.", hint, start);
}

function readControl(reader: PatternReader, start: number): string {
  const hint = "write a letter after \\c";
  if (reader.atEnd) return reader.invalid("Missing control character.", hint, start);
  const code =
    reader
      .next()
      .replace(/[a-z]/, (letter) => letter.toUpperCase())
      .charCodeAt(0) - 0x40;
  if (code >= 0 && code < 0x20) return String.fromCharCode(code);
  return reader.invalid("Unrecognized control character.", hint, start);
}

/** The groups of a pattern, found before it is parsed: all numbers, and the number of each name. */
export interface CaptureSlots {
  readonly numbers: ReadonlySet<number>;
  readonly names: ReadonlyMap<string, number>;
}

/** A back-reference as it is written; whether there is such a group is another matter. */
export interface BackReference {
  /** The number of a group when digits are written, else null. */
  readonly number: number | null;
  readonly name: string;
  /** `\\k<1>` and `\\<1>`, as against `\\1`. */
  readonly isQuoted: boolean;
}

/**
 * Reads a back-reference when one stands here (after the backslash): `1`, `k<name>`, `k'name'`, `<name>`,
 * `'name'`.
 *
 * @returns null, without moving, when it is an escaped character instead.
 * @problem REGEX_INVALID
 */
export function readBackReference(reader: PatternReader): BackReference | null {
  const { at } = reader;
  const first = reader.peek();
  let reference: BackReference | null = null;
  if (first === "k") {
    reader.at++;
    const quote = reader.next();
    if ((quote !== "<" && quote !== "'") || reader.atEnd) {
      reader.invalid("Malformed \\k<...> named back reference.", "write \\k<name>", at - 1);
    }
    reference = readQuoted(reader, quote);
  } else if ((first === "<" || first === "'") && reader.peek(1) !== "") {
    reference = readQuoted(reader, reader.next());
  } else if (first !== "0" && isDigit(first)) {
    reference = { number: reader.decimal(), name: "", isQuoted: false };
  }
  if (reference === null) reader.at = at;
  return reference;
}

function readQuoted(reader: PatternReader, quote: string): BackReference | null {
  const close = quote === "<" ? ">" : "'";
  const isNumber = isDigit(reader.peek());
  const number = isNumber ? reader.decimal() : null;
  const name = isNumber ? "" : reader.word();
  if (!isNumber && name === "") return null;
  return reader.next() === close ? { number, name, isQuoted: true } : null;
}

/**
 * Reads the escape of one character (after the backslash), which may turn out to be a back-reference.
 *
 * @problem REGEX_UNSUPPORTED (a back-reference), REGEX_INVALID (to a group that is not there)
 */
export function readCharacterOrReference(reader: PatternReader, slots: CaptureSlots): string {
  const { at } = reader;
  const reference = readBackReference(reader);
  if (reference === null) return readCharacterEscape(reader);
  const { number, name, isQuoted } = reference;
  if (number === null ? slots.names.has(name) : slots.numbers.has(number)) {
    const text = reader.source.slice(at - 1, reader.at);
    return reader.unsupported(`the back-reference ${text}`, "write out what is repeated", at - 1);
  }
  // WHY: .NET takes \\10 for an octal character when there is no tenth group, but \\9 for a mistake.
  if (number !== null && number > 9 && !isQuoted) {
    reader.at = at;
    return readCharacterEscape(reader);
  }
  return reader.invalid(
    `Reference to undefined group ${number === null ? `name ${name}` : `number ${number}`}.`,
    "remove the backslash if the characters themselves are meant",
    at - 1,
  );
}

/**
 * Moves past an escape (after the backslash) without asking what it means, as .NET does when it looks for
 * captures.
 *
 * @problem REGEX_INVALID
 */
export function skipEscape(reader: PatternReader): void {
  if (reader.atEnd) return;
  if ("bBAGZzdDsSwWpP".includes(reader.peek())) reader.at++;
  else if (readBackReference(reader) === null) readCharacterEscape(reader);
}
