import { NO_SYMBOL, SYMBOL_COUNT, SYMBOL_OF_BYTE } from "../pattern/alphabet.ts";
import { NO_MATCH } from "./match-sets.ts";
import { TAIL_CELLS, TAIL_OFFSET, type WalkTable } from "./walk-table.ts";

/** Walks a whole automaton, symbol by symbol. Allocates nothing. */
export class WalkMatcher {
  private readonly table: WalkTable;

  constructor(table: WalkTable) {
    this.table = table;
  }

  match(bytes: Uint8Array, start: number, end: number): number {
    const { next, labels, coreStates } = this.table;
    const tails = coreStates * SYMBOL_COUNT;
    let state = this.table.start;
    for (let i = start; i < end; i++) {
      const symbol = SYMBOL_OF_BYTE[bytes[i] ?? 0] ?? NO_SYMBOL;
      if (symbol === NO_SYMBOL) return NO_MATCH;
      const tailCell = symbol < 10 ? 0 : symbol - TAIL_OFFSET;
      const cell =
        state < coreStates
          ? state * SYMBOL_COUNT + symbol
          : tails + (state - coreStates) * TAIL_CELLS + tailCell;
      state = next[cell] ?? 0;
    }
    return labels[state] ?? 0;
  }

  matchDigits(bytes: Uint8Array, start: number, end: number): number {
    return this.match(bytes, start, end);
  }
}
