/**
 * Numbers that an automaton accepts: the shortest, random ones, and a few to show to a person.
 *
 * @module
 */
import { SYMBOL_COUNT, SYMBOLS } from "./alphabet.ts";
import type { Dfa } from "./dfa.ts";
import { distancesToMatch, NEVER } from "./live-states.ts";
import { numbersOnly, usualNumbersOnly } from "./number-space.ts";

/** Where a random walk turns for the nearest end. */
const LONG_WALK = 20;

/** How often a random walk that may end goes on. */
const GO_ON = 0.6;

/**
 * The shortest accepted text, and of those the first in the order `0-9 + * #`; `null` when nothing is
 * accepted, "" when the empty text is.
 */
export function shortestAccepted(dfa: Dfa): string | null {
  const distances = distancesToMatch(dfa);
  return distances[0] === NEVER ? null : nearestEnd(dfa, 0);
}

function nearestEnd(dfa: Dfa, from: number): string {
  const distances = distancesToMatch(dfa);
  let text = "";
  let state = from;
  for (let left = distances[from] ?? 0; left > 0; left--) {
    const symbol = successorsOf(dfa, state).findIndex((to) => distances[to] === left - 1);
    text += SYMBOLS.charAt(symbol);
    state = dfa.transitions[state * SYMBOL_COUNT + symbol] ?? 0;
  }
  return text;
}

function successorsOf({ transitions }: Dfa, state: number): Int32Array {
  return transitions.subarray(state * SYMBOL_COUNT, (state + 1) * SYMBOL_COUNT);
}

/**
 * One accepted text, drawn by a random walk; `null` when nothing is accepted. Long ones are rare.
 *
 * @param random - Gives numbers from 0 up to 1, as `Math.random`.
 */
export function sampleAccepted(dfa: Dfa, random: () => number): string | null {
  const distances = distancesToMatch(dfa);
  if (distances[0] === NEVER) return null;
  let text = "";
  let state = 0;
  while (text.length < LONG_WALK) {
    if (distances[state] === 0 && random() >= GO_ON) return text;
    const live: number[] = [];
    successorsOf(dfa, state).forEach((to, symbol) => {
      if (distances[to] !== NEVER) live.push(symbol);
    });
    const symbol = live[Math.floor(random() * live.length)];
    if (symbol === undefined) return text;
    text += SYMBOLS.charAt(symbol);
    state = dfa.transitions[state * SYMBOL_COUNT + symbol] ?? 0;
  }
  return text + nearestEnd(dfa, state);
}

/**
 * Up to `count` different numbers that a pattern matches, the shortest first; always the same ones for
 * the same pattern. Only what can be dialed, and of digits alone where such numbers match. Empty when no
 * number matches.
 */
export function exampleNumbers(dfa: Dfa, count: number): readonly string[] {
  const usual = usualNumbersOnly(dfa);
  const hasUsual = usual !== null && shortestAccepted(usual) !== null;
  const numbers = hasUsual ? usual : numbersOnly(dfa);
  const first = numbers === null ? null : shortestAccepted(numbers);
  if (numbers === null || first === null) return [];
  const found = new Set([first]);
  const random = seededRandom(dfa.stateCount);
  for (let tries = 0; tries < count * 10 && found.size < count; tries++) {
    const sample = sampleAccepted(numbers, random);
    if (sample !== null) found.add(sample);
  }
  return [...found].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

/** Numbers from 0 up to 1, always the same for a seed (Mulberry32, a public-domain generator). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
