/**
 * Makes automata minimal. Which algorithm depends on the automaton: number patterns almost always give
 * one whose only cycles are self-loops, and that takes a single pass; the others are refined.
 *
 * @module
 */

import { SYMBOL_COUNT } from "./alphabet.ts";
import type { Dfa } from "./dfa.ts";
import { refineDfa } from "./refine-dfa.ts";
import { renumberDfa } from "./renumber-dfa.ts";

/** In a row: this state itself. */
const SELF = -1;

/**
 * The smallest automaton that gives every number the label `dfa` gives it. Two automata of the same
 * language come out equal, array for array: states are numbered breadth-first from the start.
 *
 * Cost: O(states) when the only cycles are self-loops, else O(states × log states).
 */
export function minimiseDfa(dfa: Dfa): Dfa {
  const order = successorsFirst(dfa);
  return order === null ? refineDfa(dfa) : new RowTable(dfa, order).minimal();
}

/** Whether the automaton, once it has left a state, never comes back to it. Cost: O(states). */
export function hasOnlySelfLoops(dfa: Dfa): boolean {
  return successorsFirst(dfa) !== null;
}

/**
 * The states reachable from the start, every state after all its successors; `null` when there is a
 * cycle through more than one state.
 */
function successorsFirst({ stateCount, transitions }: Dfa): Int32Array | null {
  const UNSEEN = 0;
  const OPEN = 1;
  const DONE = 2;
  const mark = new Uint8Array(stateCount).fill(UNSEEN);
  const nextSymbol = new Uint8Array(stateCount);
  const stack = new Int32Array(stateCount);
  const order = new Int32Array(stateCount);
  let done = 0;
  let depth = 1;
  mark[0] = OPEN;
  while (depth > 0) {
    const state = stack[depth - 1] ?? 0;
    const symbol = nextSymbol[state] ?? 0;
    if (symbol === SYMBOL_COUNT) {
      mark[state] = DONE;
      order[done++] = state;
      depth--;
      continue;
    }
    nextSymbol[state] = symbol + 1;
    const to = transitions[state * SYMBOL_COUNT + symbol] ?? 0;
    if (to === state) continue;
    if (mark[to] === OPEN) return null;
    if (mark[to] === UNSEEN) {
      mark[to] = OPEN;
      stack[depth++] = to;
    }
  }
  return order.subarray(0, done);
}

/**
 * The distinct states found so far, by their rows: a state is a duplicate when one with the same label
 * and the same successors is already there. Since successors come first, one look-up decides for good.
 */
class RowTable {
  private readonly dfa: Dfa;
  private readonly order: Int32Array;
  private readonly slots: Int32Array;
  private readonly rows: Int32Array;
  private readonly labels: Int32Array;
  private count = 0;

  constructor(dfa: Dfa, order: Int32Array) {
    let capacity = 64;
    while (capacity < order.length * 2) capacity *= 2;
    this.dfa = dfa;
    this.order = order;
    this.slots = new Int32Array(capacity).fill(-1);
    this.rows = new Int32Array(order.length * SYMBOL_COUNT);
    this.labels = new Int32Array(order.length);
  }

  minimal(): Dfa {
    const { stateCount, transitions, labels } = this.dfa;
    const distinct = new Int32Array(stateCount).fill(-1);
    const row = new Int32Array(SYMBOL_COUNT);
    for (const state of this.order) {
      for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
        const to = transitions[state * SYMBOL_COUNT + symbol] ?? 0;
        row[symbol] = to === state ? SELF : (distinct[to] ?? 0);
      }
      const label = labels[state] ?? 0;
      const successor = this.equalSuccessor(row, label);
      distinct[state] = successor === -1 ? this.intern(row, label) : successor;
    }
    return renumberDfa(this.count, this.rows, this.labels, distinct[0] ?? 0);
  }

  /**
   * A direct successor the state can be merged with, or -1. The hash cannot find it: where the
   * successor loops to itself, this state leads to the successor.
   */
  private equalSuccessor(row: Int32Array, label: number): number {
    let tried = SELF;
    for (const successor of row) {
      if (successor === SELF || successor === tried) continue;
      tried = successor;
      if (this.isEqual(successor, row, label)) return successor;
    }
    return -1;
  }

  /** Whether a state with this row would be the same as `candidate`, its own loops led to that one. */
  private isEqual(candidate: number, row: Int32Array, label: number): boolean {
    if (this.labels[candidate] !== label) return false;
    const base = candidate * SYMBOL_COUNT;
    for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
      const to = row[symbol] === SELF ? candidate : row[symbol];
      if (this.rows[base + symbol] !== to) return false;
    }
    return true;
  }

  private intern(row: Int32Array, label: number): number {
    const mask = this.slots.length - 1;
    let slot = hashOf(row, label) & mask;
    for (;;) {
      const state = this.slots[slot] ?? -1;
      if (state === -1) break;
      if (this.isEqual(state, row, label)) return state;
      slot = (slot + 1) & mask;
    }
    const state = this.count++;
    for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
      const to = row[symbol] ?? 0;
      this.rows[state * SYMBOL_COUNT + symbol] = to === SELF ? state : to;
    }
    this.labels[state] = label;
    this.slots[slot] = state;
    return state;
  }
}

function hashOf(row: Int32Array, label: number): number {
  let hash = label;
  for (const to of row) {
    hash = Math.imul(hash ^ to, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}
