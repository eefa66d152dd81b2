import { type CharacterSets, NUMBER_SETS } from "./character-sets.ts";
import { PatternStop } from "./pattern-problem.ts";

/** The options that can be set inside a pattern and change how it is read. */
export interface ReadOptions {
  /** `x`: blanks and `#` comments between elements do not count. */
  readonly ignoreWhitespace: boolean;
  /** `n`: plain parentheses do not capture. */
  readonly explicitCapture: boolean;
  /** `i`: letters match in either case. */
  readonly ignoreCase: boolean;
  /** `m`: `^` and `$` match at every line break. */
  readonly multiline: boolean;
  /** `s`: `.` matches a line break, too. */
  readonly singleline: boolean;
}

const NO_OPTIONS: ReadOptions = {
  ignoreWhitespace: false,
  explicitCapture: false,
  ignoreCase: false,
  multiline: false,
  singleline: false,
};

const WORD_CHARACTER = /^[\p{L}\p{Mn}\p{Nd}\p{Pc}\u200c\u200d]$/u;

/** Whether .NET counts a character as part of a name (`RegexCharClass.IsWordChar`). */
export function isWordCharacter(character: string): boolean {
  return WORD_CHARACTER.test(character);
}

export function isDigit(character: string): boolean {
  return character >= "0" && character <= "9" && character.length === 1;
}

/** A place in the pattern's text that moves forward; shared by the parts of the parser. */
export class PatternReader {
  readonly source: string;
  at = 0;
  options: ReadOptions = NO_OPTIONS;

  /** What sets are made of. */
  readonly sets: CharacterSets;

  constructor(source: string, sets: CharacterSets = NUMBER_SETS) {
    this.source = source;
    this.sets = sets;
  }

  get atEnd(): boolean {
    return this.at >= this.source.length;
  }

  /** The character `ahead` places on, without moving; "" past the end. */
  peek(ahead = 0): string {
    return this.source.charAt(this.at + ahead);
  }

  /** The character here, moving past it; "" at the end. */
  next(): string {
    return this.source.charAt(this.at++);
  }

  startsWith(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  /** Moves past a run of word characters and returns it. */
  word(): string {
    const start = this.at;
    while (!this.atEnd && isWordCharacter(this.peek())) this.at++;
    return this.source.slice(start, this.at);
  }

  /** Moves past a run of digits and returns its value; .NET refuses what passes Int32. */
  decimal(): number {
    const start = this.at;
    while (isDigit(this.peek())) this.at++;
    const value = Number(this.source.slice(start, this.at));
    if (value <= 0x7fffffff) return value;
    return this.invalid(
      "Capture group numbers must be less than or equal to Int32.MaxValue.",
      "write a smaller number",
      start,
    );
  }

  /** Moves past `(?#…)` comments, and with the option `x` past blanks and `#` comments too. */
  skipBlank(): void {
    for (;;) {
      if (this.startsWith("(?#")) this.skipGroupComment();
      else if (this.options.ignoreWhitespace && isBlank(this.peek())) this.at++;
      else if (this.options.ignoreWhitespace && this.peek() === "#") this.skipLineComment();
      else return;
    }
  }

  private skipGroupComment(): void {
    const start = this.at;
    const close = this.source.indexOf(")", start);
    if (close < 0) {
      this.at = this.source.length;
      this.invalid("Unterminated (?#...) comment.", "end the comment with )", start);
    }
    this.at = close + 1;
  }

  private skipLineComment(): void {
    const lineEnd = this.source.indexOf("\n", this.at);
    this.at = lineEnd < 0 ? this.source.length : lineEnd;
  }

  /**
   * Stops with what .NET says about the text from `start` to here.
   *
   * @problem REGEX_INVALID
   */
  invalid(message: string, hint: string, start: number): never {
    const end = Math.min(this.at, this.source.length);
    throw new PatternStop({
      code: "REGEX_INVALID",
      what: `.NET rejects it: ${message.replace(/\.$/, "")}`,
      hint,
      offset: start,
      length: Math.max(0, end - start),
    });
  }

  /**
   * Stops at a construct of .NET's that is none of an automaton, or not worth being one.
   *
   * @problem REGEX_UNSUPPORTED
   */
  unsupported(construct: string, hint: string, start: number): never {
    throw new PatternStop({
      code: "REGEX_UNSUPPORTED",
      what: `.NET takes it, but ${construct} is not supported`,
      hint,
      offset: start,
      length: Math.max(1, Math.min(this.at, this.source.length) - start),
    });
  }
}

/** What the option `x` passes over: .NET's table holds no vertical tab. */
function isBlank(character: string): boolean {
  return character !== "" && "\t\n\f\r ".includes(character);
}
