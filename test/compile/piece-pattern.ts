import { SYMBOL_COUNT, SYMBOLS } from "../../engine/pattern/alphabet.ts";
import type { Dfa } from "../../engine/pattern/dfa.ts";
import { minimiseDfa } from "../../engine/pattern/minimise-dfa.ts";

/** `min` to `max` symbols out of `symbols`. */
export interface Piece {
  readonly symbols: string;
  readonly min: number;
  readonly max: number;
}

/** A simple number pattern as data, so that tests need no parser to know its language. */
export interface PiecePattern {
  readonly fromStart: boolean;
  readonly pieces: readonly Piece[];
  readonly toEnd: boolean;
}

/** The pattern as .NET, JavaScript and RE2 all write it. */
export function sourceOf({ fromStart, pieces, toEnd }: PiecePattern): string {
  const body = pieces.map(({ symbols, min, max }) => {
    const set = symbols.length === 1 ? symbols.replace(/[+*]/, "\\$&") : `[${symbols}]`;
    if (max === Number.POSITIVE_INFINITY) return `${set}{${min},}`;
    if (min === 1 && max === 1) return set;
    return min === max ? `${set}{${min}}` : `${set}{${min},${max}}`;
  });
  return `${fromStart ? "^" : ""}${body.join("")}${toEnd ? "$" : ""}`;
}

/** The pattern's automaton, by the subset construction over (piece, symbols read of it). */
export function dfaOf(pattern: PiecePattern): Dfa {
  const pieces: readonly Piece[] = pattern.toEnd ? pattern.pieces : [...pattern.pieces, anything];
  const withEmpty = (positions: Iterable<string>): string => {
    const all = new Set(positions);
    for (const position of all) {
      const [piece = 0, read = 0] = position.split(":").map(Number);
      if (read >= (pieces[piece]?.min ?? 1)) all.add(`${piece + 1}:0`);
    }
    return [...all].sort().join(" ");
  };
  const step = (state: string, symbol: string): string => {
    const next = pattern.fromStart ? [] : ["0:0"];
    for (const position of state === "" ? [] : state.split(" ")) {
      const [piece = 0, read = 0] = position.split(":").map(Number);
      const { symbols = "", min = 0, max = 0 } = pieces[piece] ?? {};
      if (!symbols.includes(symbol) || read >= max) continue;
      next.push(
        `${piece}:${max === Number.POSITIVE_INFINITY ? Math.min(read + 1, min) : read + 1}`,
      );
    }
    return withEmpty(next);
  };
  const states = [withEmpty(["0:0"])];
  const transitions: number[] = [];
  for (const state of states) {
    for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
      const to = step(state, SYMBOLS[symbol] ?? "");
      if (!states.includes(to)) states.push(to);
      transitions.push(states.indexOf(to));
    }
  }
  const labels = states.map((state) => (state.split(" ").includes(`${pieces.length}:0`) ? 1 : 0));
  return minimiseDfa({
    stateCount: states.length,
    transitions: Int32Array.from(transitions),
    labels: Int32Array.from(labels),
  });
}

const anything: Piece = { symbols: SYMBOLS, min: 0, max: Number.POSITIVE_INFINITY };
