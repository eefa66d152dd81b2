import type { Dfa } from "../pattern/dfa.ts";
import { type CombineLabels, productOfDfas } from "../pattern/product-dfa.ts";
import { mixBits } from "./number-hash.ts";

/** An automaton on its way into a table: a pattern's own, or the product of two others. */
export interface MergeNode {
  readonly id: number;
  readonly dfa: Dfa;
  /** Of the patterns in it: decides with which neighbours it is merged. */
  readonly hash: number;
  /** It has no cycles through more than one state. */
  readonly isTame: boolean;
}

/** What came of an attempt to merge two nodes. */
export interface MergeResult {
  /** `null`: the product would be too large. */
  readonly node: MergeNode | null;
  /** Pairs of states looked at. */
  readonly pairs: number;
  /** Sizes of the different labels met on the way, together. */
  readonly labelSizes: number;
}

/** The sizes of the labels of one product together; past it, its parts stay apart. */
const MAX_LABEL_SIZES = 2_000_000;

/**
 * Remembers what merging automata has come to, so that a list of patterns that was changed in one place is
 * merged anew only around that place. What it answers does not depend on what it remembers.
 */
export class MergeMemory {
  private readonly results = new Map<number, MergeResult>();
  private readonly combine: CombineLabels;
  private readonly sizeOf: (label: number) => number;
  private nextId = 0;
  private nodeBytes = 0;

  /** @param sizeOf - What a label costs in memory. */
  constructor(combine: CombineLabels, sizeOf: (label: number) => number) {
    this.combine = combine;
    this.sizeOf = sizeOf;
  }

  /** What is remembered takes so much memory. */
  get bytes(): number {
    return this.nodeBytes;
  }

  /** How many products were made. */
  get products(): number {
    return this.results.size;
  }

  /** @param isTame - Only of the parts that merging begins with it matters whether they are. */
  nodeOf(dfa: Dfa, hash: number, isTame: boolean): MergeNode {
    this.nodeBytes += dfa.transitions.byteLength + dfa.labels.byteLength;
    return { id: this.nextId++, dfa, hash, isTame };
  }

  merge(a: MergeNode, b: MergeNode, maxStates: number): MergeResult {
    const key = a.id * 2 ** 26 + b.id;
    const known = this.results.get(key);
    if (known !== undefined) return known;
    const met = new Set<number>();
    let labelSizes = 0;
    const combine: CombineLabels = (ofA, ofB) => {
      const label = this.combine(ofA, ofB);
      if (!met.has(label)) {
        met.add(label);
        labelSizes += this.sizeOf(label);
      }
      return labelSizes > MAX_LABEL_SIZES ? -1 : label;
    };
    let pairs = 0;
    const dfa = productOfDfas(a.dfa, b.dfa, combine, maxStates, (count) => {
      pairs = count;
    });
    const hash = mixBits(a.hash ^ mixBits(b.hash + 1));
    const node = dfa === null ? null : this.nodeOf(dfa, hash, a.isTame && b.isTame);
    const result = { node, pairs, labelSizes };
    this.results.set(key, result);
    return result;
  }
}
