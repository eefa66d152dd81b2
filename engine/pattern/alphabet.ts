/**
 * The thirteen symbols a number can consist of. Automata read symbols, not characters: validated input
 * holds nothing else, so a pattern's letters and blanks can never match.
 *
 * @module
 */

/** Symbol `i` is written `SYMBOLS[i]`: the digits are their own values. */
export const SYMBOLS = "0123456789+*#";

export const SYMBOL_COUNT = 13;

/** What {@link SYMBOL_OF_BYTE} holds for a byte that is no symbol. */
export const NO_SYMBOL = 255;

/** Symbol of each byte (ASCII code), {@link NO_SYMBOL} for all others. */
export const SYMBOL_OF_BYTE: Uint8Array = new Uint8Array(256).fill(NO_SYMBOL);
for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
  SYMBOL_OF_BYTE[SYMBOLS.charCodeAt(symbol)] = symbol;
}

/** Symbol of a UTF-16 code unit, {@link NO_SYMBOL} when it is none. */
export function symbolOf(charCode: number): number {
  return charCode < 256 ? (SYMBOL_OF_BYTE[charCode] ?? NO_SYMBOL) : NO_SYMBOL;
}
