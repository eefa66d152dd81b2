/**
 * Sets of characters, as far as the characters of an alphabet are in them: a set is a number whose bit `i`
 * stands for the alphabet's character `i`. What a pattern writes is judged for these characters only, and
 * for them exactly as .NET does.
 *
 * @module
 */
import { SYMBOLS } from "./alphabet.ts";
import { blockRange } from "./unicode-block.ts";
import { categoryTest } from "./unicode-category.ts";

/** What fits into the bits of a set. */
export const MAX_ALPHABET = 31;

const WORD = /^[\p{L}\p{Mn}\p{Nd}\p{Pc}]$/u;
const DIGIT = /^\p{Nd}$/u;
/** .NET's blanks: `char.IsWhiteSpace`. It counts U+0085, which JavaScript does not; U+FEFF the other way. */
const SPACE = /^[\t-\r \u0085\p{Z}]$/u;

export class CharacterSets {
  readonly alphabet: string;
  /** Every character of the alphabet. */
  readonly all: number;
  /** `\d`, `\w` and `\s`. */
  readonly digits: number;
  readonly words: number;
  readonly spaces: number;
  /** What counts as a word on either side of `\b`: `\w` and the two joiners. */
  readonly boundaryWords: number;
  /** The alphabet's characters in lower case. */
  private readonly lower: readonly string[];
  private readonly hasCase: boolean;
  /** For each character of the alphabet, all that have the same lower case; made when first asked for. */
  private sameCase: readonly string[] | null = null;

  /** @param alphabet - Distinct UTF-16 units, at most {@link MAX_ALPHABET}. */
  constructor(alphabet: string) {
    this.alphabet = alphabet;
    this.all = 2 ** alphabet.length - 1;
    this.lower = alphabet.split("").map(toLower);
    this.hasCase = this.lower.some((lower) => lower !== lower.toUpperCase());
    this.digits = this.passing(DIGIT, false);
    this.words = this.passing(WORD, false);
    this.spaces = this.passing(SPACE, false);
    this.boundaryWords = this.words | this.range("\u200c", "\u200d", false);
  }

  /** One character, as it is written; "" is none. */
  of(character: string, ignoreCase: boolean): number {
    if (character === "") return 0;
    return this.range(character, character, ignoreCase);
  }

  /** All from `first` to `last`, by UTF-16 unit. */
  range(first: string, last: string, ignoreCase: boolean): number {
    let set = 0;
    for (let i = 0; i < this.alphabet.length; i++) {
      const character = this.alphabet.charAt(i);
      if (first <= character && character <= last) set |= 1 << i;
    }
    return ignoreCase ? set | this.rangeInAnyCase(first, last) : set;
  }

  /** `\p{name}`, or `\P{name}`; `undefined` when .NET knows no such category or block. */
  category(name: string, negated: boolean, ignoreCase: boolean): number | undefined {
    const test = categoryTest(name, ignoreCase);
    if (test !== undefined) {
      const set = this.passing(test, ignoreCase);
      return negated ? this.all & ~set : set;
    }
    const block = name.startsWith("Is") ? blockRange(name.slice(2)) : undefined;
    if (block === undefined) return undefined;
    const [first, last] = block;
    if (!negated) return this.units(first, last, ignoreCase);
    // WHY: .NET adds the lower case of what is outside the block, not of what is in it.
    return this.units(0, first - 1, ignoreCase) | this.units(last + 1, 0xffff, ignoreCase);
  }

  private units(first: number, last: number, ignoreCase: boolean): number {
    if (first > last) return 0;
    return this.range(String.fromCharCode(first), String.fromCharCode(last), ignoreCase);
  }

  /** Under the option `i`, a character is looked up in lower case. */
  private passing(test: RegExp, ignoreCase: boolean): number {
    let set = 0;
    for (let i = 0; i < this.alphabet.length; i++) {
      const character = ignoreCase ? (this.lower[i] ?? "") : this.alphabet.charAt(i);
      if (test.test(character)) set |= 1 << i;
    }
    return set;
  }

  private rangeInAnyCase(first: string, last: string): number {
    if (!this.hasCase) return 0;
    this.sameCase ??= this.lower.map(formsOf);
    let set = 0;
    for (const [i, family] of this.sameCase.entries()) {
      if (family.split("").some((one) => first <= one && one <= last)) set |= 1 << i;
    }
    return set;
  }
}

/**
 * .NET lowers unit by unit, and only what is the upper case of its lower case (observed): the Kelvin sign
 * is no k, and a titlecase letter stays.
 */
function toLower(character: string): string {
  const lower = character.toLowerCase();
  return lower.toUpperCase() === character ? lower : character;
}

let otherForms: ReadonlyMap<string, string> | null = null;

/** Everything that has this lower case, itself included. */
function formsOf(lower: string): string {
  otherForms ??= findOtherForms();
  return lower + (otherForms.get(lower) ?? "");
}

/** For each character that is the lower case of others, the others. */
function findOtherForms(): ReadonlyMap<string, string> {
  const forms = new Map<string, string>();
  for (let code = 0; code <= 0xffff; code++) {
    const character = String.fromCharCode(code);
    const lower = toLower(character);
    if (lower !== character) forms.set(lower, (forms.get(lower) ?? "") + character);
  }
  return forms;
}

/** The sets of the thirteen symbols a number consists of. */
export const NUMBER_SETS = new CharacterSets(SYMBOLS);

/** All thirteen symbols. */
export const ALL_SYMBOLS = NUMBER_SETS.all;

/** What `\d` matches of a number; `\w` matches the same. */
export const DIGITS = NUMBER_SETS.digits;
