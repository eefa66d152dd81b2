/**
 * Numbers with letters, as they are typed where a number is advertised as a word. No letter is routed, but a
 * dial plan rule may match them.
 *
 * Letters that a pattern cannot tell apart are one character of its alphabet, so that a pattern is compiled
 * once and not for each word that is dialed.
 *
 * @module
 */
import { NO_SYMBOL, SYMBOL_COUNT, SYMBOL_OF_BYTE, SYMBOLS } from "./alphabet.ts";
import { CharacterSets, DIGITS, MAX_ALPHABET } from "./character-sets.ts";
import { parsePattern } from "./parse-pattern.ts";
import { nodesOf } from "./pattern-tree.ts";

/** What a rule reads: which characters there are, and which of them are the same to it. */
export interface RewriteAlphabet {
  /** One character for each symbol, as `parsePattern` takes them. */
  readonly characters: string;
  /** Symbol of each byte (ASCII code), `NO_SYMBOL` for all others. */
  readonly symbolOfByte: Uint8Array;
  /** The symbols that are words on either side of `\b`. */
  readonly words: number;
}

/** The thirteen symbols of a number. */
export const NUMBER_ALPHABET: RewriteAlphabet = {
  characters: SYMBOLS,
  symbolOfByte: SYMBOL_OF_BYTE,
  words: DIGITS,
};

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** How many letters a pattern may tell apart, all others counting as one of them. */
const MAX_LETTER_CLASSES = MAX_ALPHABET - SYMBOL_COUNT;

/** Whether a text has a letter of A to Z, in any case. */
export function hasLetters(text: string): boolean {
  return /[A-Za-z]/.test(text);
}

/**
 * The alphabet of a pattern for numbers with letters: the symbols and A to Z in both cases. `null` = the
 * pattern does not parse, or tells more than {@link MAX_LETTER_CLASSES} letters apart.
 *
 * Cost: O(length of the pattern).
 */
export function letterAlphabetOf(source: string): RewriteAlphabet | null {
  const classes = new Map<string, number>();
  const symbolOfByte = Uint8Array.from(SYMBOL_OF_BYTE);
  let characters = SYMBOLS;
  for (let from = 0; from < LETTERS.length; from += MAX_ALPHABET) {
    const part = LETTERS.slice(from, from + MAX_ALPHABET);
    const parsed = parsePattern(source, part);
    if (!parsed.ok) return null;
    const sets = [...nodesOf(parsed.tree)].flatMap((node) =>
      node.kind === "set" ? [node.symbols] : [],
    );
    for (const [index, letter] of part.split("").entries()) {
      const signature = sets.map((symbols) => (symbols >> index) & 1).join("");
      let symbol = classes.get(signature) ?? NO_SYMBOL;
      if (symbol === NO_SYMBOL) {
        if (classes.size === MAX_LETTER_CLASSES) return null;
        symbol = characters.length;
        classes.set(signature, symbol);
        characters += letter;
      }
      symbolOfByte[letter.charCodeAt(0)] = symbol;
    }
  }
  return { characters, symbolOfByte, words: new CharacterSets(characters).boundaryWords };
}

/** Whether a pattern matches some letters and not others: it is meant for words, too. Cost: as above. */
export function namesLetters(source: string): boolean {
  const alphabet = letterAlphabetOf(source);
  return alphabet === null || alphabet.characters.length > SYMBOL_COUNT + 1;
}
