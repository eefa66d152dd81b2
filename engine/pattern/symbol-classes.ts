import { SYMBOL_COUNT } from "./alphabet.ts";
import { DIGITS } from "./character-sets.ts";
import { nodesOf, type PatternNode } from "./pattern-tree.ts";

/**
 * Symbols that a pattern cannot tell apart: most patterns name a few digits and treat all others alike,
 * and then a state has three or four different successors instead of thirteen.
 */
export interface SymbolClasses {
  /** For each symbol, the first symbol of its class. */
  readonly representative: readonly number[];
  /** The first symbols of the classes, ascending. */
  readonly representatives: readonly number[];
}

export function symbolClassesOf(tree: PatternNode): SymbolClasses {
  const sets = new Set([DIGITS]);
  for (const node of nodesOf(tree)) if (node.kind === "set") sets.add(node.symbols);
  const signature = (symbol: number): string =>
    [...sets].map((symbols) => (symbols >> symbol) & 1).join("");
  const first = new Map<string, number>();
  const representative: number[] = [];
  for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
    const key = signature(symbol);
    if (!first.has(key)) first.set(key, symbol);
    representative.push(first.get(key) ?? symbol);
  }
  return { representative, representatives: [...first.values()] };
}
