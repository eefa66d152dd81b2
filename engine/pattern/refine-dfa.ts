import { SYMBOL_COUNT } from "./alphabet.ts";
import type { Dfa } from "./dfa.ts";
import { renumberDfa } from "./renumber-dfa.ts";

/**
 * The minimal automaton of any `dfa`, cycles of every kind allowed.
 *
 * Hopcroft's algorithm (An n log n algorithm for minimizing states in a finite automaton, 1971): states
 * are first parted by label; then every class splits those whose members it tells apart. Of two halves
 * only the smaller becomes a new class, and each class is used as a splitter once.
 *
 * Cost: O(states × log states).
 */
export function refineDfa(dfa: Dfa): Dfa {
  const partition = new Partition(dfa);
  const incoming = incomingBySymbol(dfa);
  for (let splitter = 0; splitter < partition.classCount; splitter++) {
    for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
      partition.splitBy(splitter, symbol, incoming);
    }
  }
  return partition.quotient();
}

/** `sources` of the transitions into each state, grouped by symbol and state; `starts` bounds groups. */
interface Incoming {
  readonly starts: Int32Array;
  readonly sources: Int32Array;
}

function incomingBySymbol({ stateCount, transitions }: Dfa): Incoming {
  const starts = new Int32Array(stateCount * SYMBOL_COUNT + 1);
  const groupOf = (from: number, symbol: number): number =>
    symbol * stateCount + (transitions[from * SYMBOL_COUNT + symbol] ?? 0);
  for (let from = 0; from < stateCount; from++) {
    for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
      const group = groupOf(from, symbol);
      starts[group + 1] = (starts[group + 1] ?? 0) + 1;
    }
  }
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
  const filled = starts.slice();
  const sources = new Int32Array(stateCount * SYMBOL_COUNT);
  for (let from = 0; from < stateCount; from++) {
    for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
      const group = groupOf(from, symbol);
      const at = filled[group] ?? 0;
      sources[at] = from;
      filled[group] = at + 1;
    }
  }
  return { starts, sources };
}

/**
 * The states in classes. The members of class `c` stand in `members[first[c] .. past[c])`, the marked
 * ones at the front.
 */
class Partition {
  classCount = 0;
  private readonly dfa: Dfa;
  private readonly members: Int32Array;
  private readonly position: Int32Array;
  private readonly classOf: Int32Array;
  private readonly first: Int32Array;
  private readonly past: Int32Array;
  private readonly marked: Int32Array;
  private readonly sources: Int32Array;

  constructor(dfa: Dfa) {
    const { stateCount, labels } = dfa;
    this.dfa = dfa;
    this.members = Int32Array.from({ length: stateCount }, (_, state) => state);
    this.members.sort((a, b) => (labels[a] ?? 0) - (labels[b] ?? 0) || a - b);
    this.position = new Int32Array(stateCount);
    this.classOf = new Int32Array(stateCount);
    this.first = new Int32Array(stateCount);
    this.past = new Int32Array(stateCount);
    this.marked = new Int32Array(stateCount);
    this.sources = new Int32Array(stateCount);
    for (let i = 0; i < stateCount; i++) {
      const state = this.members[i] ?? 0;
      const label = labels[state];
      if (i === 0 || label !== labels[this.members[i - 1] ?? 0]) this.first[this.classCount++] = i;
      this.past[this.classCount - 1] = i + 1;
      this.classOf[state] = this.classCount - 1;
      this.position[state] = i;
    }
  }

  /** Splits every class of which some members, but not all, reach `splitter` by `symbol`. */
  splitBy(splitter: number, symbol: number, { starts, sources }: Incoming): void {
    let found = 0;
    const past = this.past[splitter] ?? 0;
    for (let i = this.first[splitter] ?? 0; i < past; i++) {
      const group = symbol * this.dfa.stateCount + (this.members[i] ?? 0);
      const end = starts[group + 1] ?? 0;
      for (let at = starts[group] ?? 0; at < end; at++) this.sources[found++] = sources[at] ?? 0;
    }
    // WHY collected first: marking moves members about, also those of the splitter itself.
    for (let i = 0; i < found; i++) this.mark(this.sources[i] ?? 0);
    for (let i = 0; i < found; i++) this.split(this.classOf[this.sources[i] ?? 0] ?? 0);
  }

  /** Moves a state, not yet marked, to the marked front of its class. */
  private mark(state: number): void {
    const of = this.classOf[state] ?? 0;
    const to = (this.first[of] ?? 0) + (this.marked[of] ?? 0);
    this.marked[of] = (this.marked[of] ?? 0) + 1;
    const from = this.position[state] ?? 0;
    const other = this.members[to] ?? 0;
    this.members[from] = other;
    this.position[other] = from;
    this.members[to] = state;
    this.position[state] = to;
  }

  /** Parts the marked members of a class from the others; the smaller part becomes a new class. */
  private split(old: number): void {
    const first = this.first[old] ?? 0;
    const past = this.past[old] ?? 0;
    const middle = first + (this.marked[old] ?? 0);
    this.marked[old] = 0;
    if (middle === first || middle === past) return;
    const added = this.classCount++;
    const frontIsSmaller = middle - first <= past - middle;
    this.first[added] = frontIsSmaller ? first : middle;
    this.past[added] = frontIsSmaller ? middle : past;
    if (frontIsSmaller) this.first[old] = middle;
    else this.past[old] = middle;
    const end = this.past[added] ?? 0;
    for (let i = this.first[added] ?? 0; i < end; i++) this.classOf[this.members[i] ?? 0] = added;
  }

  /** The automaton whose states are the classes. */
  quotient(): Dfa {
    const transitions = new Int32Array(this.classCount * SYMBOL_COUNT);
    const labels = new Int32Array(this.classCount);
    for (let of = 0; of < this.classCount; of++) {
      const member = this.members[this.first[of] ?? 0] ?? 0;
      labels[of] = this.dfa.labels[member] ?? 0;
      for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
        const to = this.dfa.transitions[member * SYMBOL_COUNT + symbol] ?? 0;
        transitions[of * SYMBOL_COUNT + symbol] = this.classOf[to] ?? 0;
      }
    }
    return renumberDfa(this.classCount, transitions, labels, this.classOf[0] ?? 0);
  }
}
