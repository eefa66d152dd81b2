import { SYMBOL_COUNT } from "./alphabet.ts";
import type { Dfa } from "./dfa.ts";
import { minimiseDfa } from "./minimise-dfa.ts";

/**
 * What a number matches in two automata at once, from what it matches in each. A pure function; a
 * negative answer gives the whole product up.
 */
export type CombineLabels = (labelOfA: number, labelOfB: number) => number;

/** Combines so that `a` has priority: its label counts, `b`'s only where `a` has none. */
export const firstLabel: CombineLabels = (a, b) => (a === 0 ? b : a);

/**
 * The minimal automaton that gives every number `combineLabels(label in a, label in b)`; `null` when
 * more than `maxStates` pairs of states would have to be looked at, or `combineLabels` gives up.
 *
 * Once one side can change no more (it stays in a state for good) and its label alone decides the
 * combined one, the other side is no longer followed: with {@link firstLabel} all pairs behind a decided
 * prefix are one. `combineLabels` is called about once per pair.
 *
 * Cost: O(pairs); the caller bounds time and memory by `maxStates` (about 200 bytes each).
 *
 * @param onPairs - Told how many pairs were looked at, whatever came of it.
 */
export function productOfDfas(
  a: Dfa,
  b: Dfa,
  combineLabels: CombineLabels,
  maxStates: number,
  onPairs: (pairs: number) => void = () => {},
): Dfa | null {
  const decidedByA = decidingStates(a, b, combineLabels);
  const decidedByB = decidingStates(b, a, (ofB, ofA) => combineLabels(ofA, ofB));
  const pairs = new PairTable(a, b);
  const add = (stateOfA: number, stateOfB: number): number => {
    if (decidedByA[stateOfA] === 1) return pairs.numberOf(stateOfA, 0);
    if (decidedByB[stateOfB] === 1) return pairs.numberOf(0, stateOfB);
    return pairs.numberOf(stateOfA, stateOfB);
  };
  add(0, 0);
  let transitions: Int32Array<ArrayBuffer> = new Int32Array(1024 * SYMBOL_COUNT);
  for (let pair = 0; pair < pairs.count; pair++) {
    if (pairs.count > maxStates) {
      onPairs(pair);
      return null;
    }
    const base = pair * SYMBOL_COUNT;
    if (base + SYMBOL_COUNT > transitions.length) transitions = doubled(transitions);
    const baseOfA = pairs.stateOfA(pair) * SYMBOL_COUNT;
    const baseOfB = pairs.stateOfB(pair) * SYMBOL_COUNT;
    for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
      const toA = a.transitions[baseOfA + symbol] ?? 0;
      const toB = b.transitions[baseOfB + symbol] ?? 0;
      transitions[base + symbol] = add(toA, toB);
    }
  }
  onPairs(pairs.count);
  const labels = new Int32Array(pairs.count);
  for (let pair = 0; pair < pairs.count; pair++) {
    const labelOfA = a.labels[pairs.stateOfA(pair)] ?? 0;
    const labelOfB = b.labels[pairs.stateOfB(pair)] ?? 0;
    const combined = combineLabels(labelOfA, labelOfB);
    if (combined < 0) return null;
    labels[pair] = combined;
  }
  return minimiseDfa({
    stateCount: pairs.count,
    transitions: transitions.subarray(0, pairs.count * SYMBOL_COUNT),
    labels,
  });
}

/** 1 for every state of `a` that leads only to itself and whose label leaves `b`'s no influence. */
function decidingStates(a: Dfa, b: Dfa, combineLabels: CombineLabels): Uint8Array {
  const labelsOfB = new Set(b.labels);
  const isDecided = (labelOfA: number): boolean => {
    const combined = combineLabels(labelOfA, 0);
    for (const label of labelsOfB) if (combineLabels(labelOfA, label) !== combined) return false;
    return true;
  };
  const deciding = new Uint8Array(a.stateCount);
  for (let state = 0; state < a.stateCount; state++) {
    if (isAbsorbing(a, state) && isDecided(a.labels[state] ?? 0)) deciding[state] = 1;
  }
  return deciding;
}

function isAbsorbing({ transitions }: Dfa, state: number): boolean {
  const base = state * SYMBOL_COUNT;
  for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
    if (transitions[base + symbol] !== state) return false;
  }
  return true;
}

/** Numbers pairs of states in the order in which they are first asked for. */
class PairTable {
  count = 0;
  /** Pairs without a dead side, by their hash; the others by their living side. */
  private slots = new Int32Array(2048).fill(-1);
  private hashed: Int32Array<ArrayBuffer> = new Int32Array(1024);
  private hashedCount = 0;
  private readonly deadOfA: number;
  private readonly deadOfB: number;
  private readonly besideDeadA: Int32Array;
  private readonly besideDeadB: Int32Array;
  private statesOfA: Int32Array<ArrayBuffer> = new Int32Array(1024);
  private statesOfB: Int32Array<ArrayBuffer> = new Int32Array(1024);

  stateOfA(pair: number): number {
    return this.statesOfA[pair] ?? 0;
  }

  stateOfB(pair: number): number {
    return this.statesOfB[pair] ?? 0;
  }

  constructor(a: Dfa, b: Dfa) {
    this.deadOfA = deadStateOf(a);
    this.deadOfB = deadStateOf(b);
    this.besideDeadA = new Int32Array(b.stateCount).fill(-1);
    this.besideDeadB = new Int32Array(a.stateCount).fill(-1);
  }

  numberOf(stateOfA: number, stateOfB: number): number {
    // WHY: most pairs of patterns that have little in common have a dead side, and need no hash table.
    const isBesideDeadB = stateOfB === this.deadOfB;
    if (!isBesideDeadB && stateOfA !== this.deadOfA) return this.numberOfLiving(stateOfA, stateOfB);
    const known = isBesideDeadB ? this.besideDeadB[stateOfA] : this.besideDeadA[stateOfB];
    if (known !== undefined && known !== -1) return known;
    const pair = this.add(stateOfA, stateOfB);
    if (isBesideDeadB) this.besideDeadB[stateOfA] = pair;
    else this.besideDeadA[stateOfB] = pair;
    return pair;
  }

  private add(stateOfA: number, stateOfB: number): number {
    const pair = this.count++;
    if (pair === this.statesOfA.length) {
      this.statesOfA = doubled(this.statesOfA);
      this.statesOfB = doubled(this.statesOfB);
    }
    this.statesOfA[pair] = stateOfA;
    this.statesOfB[pair] = stateOfB;
    return pair;
  }

  private numberOfLiving(stateOfA: number, stateOfB: number): number {
    const slot = this.slotOf(stateOfA, stateOfB);
    const known = this.slots[slot] ?? -1;
    if (known !== -1) return known;
    const pair = this.add(stateOfA, stateOfB);
    this.slots[slot] = pair;
    this.hashed[this.hashedCount++] = pair;
    if (this.hashedCount === this.hashed.length) this.grow();
    return pair;
  }

  /** Where the pair stands, or the free slot where it belongs. */
  private slotOf(stateOfA: number, stateOfB: number): number {
    const mask = this.slots.length - 1;
    let hash = Math.imul(stateOfA, 0x9e3779b1) ^ Math.imul(stateOfB, 0x85ebca6b);
    hash ^= hash >>> 15;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const pair = this.slots[slot] ?? -1;
      if (pair === -1) return slot;
      if (this.statesOfA[pair] === stateOfA && this.statesOfB[pair] === stateOfB) return slot;
    }
  }

  private grow(): void {
    this.hashed = doubled(this.hashed);
    this.slots = new Int32Array(this.slots.length * 2).fill(-1);
    for (const pair of this.hashed.subarray(0, this.hashedCount)) {
      this.slots[this.slotOf(this.stateOfA(pair), this.stateOfB(pair))] = pair;
    }
  }
}

/** The state that nothing can follow and that matches nothing; -1 = there is none. */
function deadStateOf(dfa: Dfa): number {
  for (let state = 0; state < dfa.stateCount; state++) {
    if (dfa.labels[state] === 0 && isAbsorbing(dfa, state)) return state;
  }
  return -1;
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
