import type { Dfa } from "../pattern/dfa.ts";
import { hasOnlySelfLoops } from "../pattern/minimise-dfa.ts";
import type { CombineLabels } from "../pattern/product-dfa.ts";
import { MAX_FLAT_STATES } from "./flat-table.ts";
import { MergeMemory, type MergeNode } from "./merge-memory.ts";
import { mixBits } from "./number-hash.ts";

/** Products up to this size are welcome however small their parts are. */
const MIN_STATES_ALLOWED = 2048;

/** A larger product must not have more states than this times its parts together. */
const MAX_GROWTH = 3;

/**
 * Pairs of states looked at before the rest is left unmerged, beyond so many for each state of the parts:
 * bounds hostile sets of patterns to two seconds. Lists of 1000 routes need a tenth of it, those of 10,000 half.
 */
const MAX_PAIRS = 1_000_000;
const MAX_PAIRS_PER_STATE = 20;

/** The sizes of the labels of all products of one merging together; past it, the rest is left unmerged. */
const MAX_LABEL_SIZES = 4_000_000;

/**
 * Merges the automata of many patterns into as few as their sizes allow, mostly one. Labels are combined
 * by `combine`, which must not care about order or grouping.
 */
export function mergeDfas(dfas: readonly Dfa[], combine: CombineLabels): readonly Dfa[] {
  const memory = new MergeMemory(combine, () => 0);
  const nodes = dfas.map((dfa, index) => memory.nodeOf(dfa, mixBits(index), hasOnlySelfLoops(dfa)));
  return mergeNodes(nodes, memory).map(({ dfa }) => dfa);
}

/**
 * The same with a memory, from nodes that stand in an order in which neighbours have much in common.
 *
 * Merging is in a tree. Where a product would explode, as those of patterns that look for digits
 * at the *end* of a number do, the smaller part goes on to the next round and the larger one is done.
 * Automata with cycles (only such patterns have them) are merged among themselves first.
 */
export function mergeNodes(nodes: readonly MergeNode[], memory: MergeMemory): readonly MergeNode[] {
  const states = nodes.reduce((sum, { dfa }) => sum + dfa.stateCount, 0);
  const budget = { pairs: MAX_PAIRS + MAX_PAIRS_PER_STATE * states, labelSizes: MAX_LABEL_SIZES };
  const merging: Merging = { memory, budget };
  const tame = mergeInTree(
    nodes.filter((node) => node.isTame),
    merging,
  );
  const cyclic = mergeInTree(
    nodes.filter((node) => !node.isTame),
    merging,
  );
  return mergeInTree([...cyclic, ...tame], merging);
}

interface Merging {
  readonly memory: MergeMemory;
  readonly budget: { pairs: number; labelSizes: number };
}

function mergeInTree(nodes: readonly MergeNode[], merging: Merging): readonly MergeNode[] {
  const done: MergeNode[] = [];
  let level = nodes;
  while (level.length > 1) level = mergeGroups(level, merging, done);
  return [...done, ...level];
}

/**
 * One round: every group of neighbours becomes one; of two that cannot, the larger goes to `done`.
 *
 * WHY groups by content, and not two by two: a node that comes or goes then changes its own group only,
 * and what was merged of the others before can be used again.
 */
function mergeGroups(
  level: readonly MergeNode[],
  merging: Merging,
  done: MergeNode[],
): readonly MergeNode[] {
  const next: MergeNode[] = [];
  let merged: MergeNode | null = null;
  level.forEach((node, index) => {
    if (merged === null || beginsGroup(level, index)) {
      if (merged !== null) next.push(merged);
      merged = node;
      return;
    }
    const product = tryMerge(merged, node, merging);
    const isSmaller = merged.dfa.stateCount < node.dfa.stateCount;
    if (product === null) done.push(isSmaller ? node : merged);
    merged = product ?? (isSmaller ? merged : node);
  });
  return merged === null ? next : [...next, merged];
}

/** Where the hash is lower than on both sides; so that every group has two members, not next to an end. */
function beginsGroup(level: readonly MergeNode[], index: number): boolean {
  const [before, here, after] = [level[index - 1], level[index], level[index + 1]];
  if (before === undefined || here === undefined || after === undefined || index < 2) return false;
  return here.hash < before.hash && here.hash < after.hash;
}

function tryMerge(a: MergeNode, b: MergeNode, { memory, budget }: Merging): MergeNode | null {
  const maxStates = Math.min(
    MAX_FLAT_STATES,
    Math.max(MIN_STATES_ALLOWED, MAX_GROWTH * (a.dfa.stateCount + b.dfa.stateCount)),
  );
  if (budget.pairs <= 0 || budget.labelSizes <= 0) return null;
  const { node, pairs, labelSizes } = memory.merge(a, b, maxStates);
  budget.pairs -= pairs;
  budget.labelSizes -= labelSizes;
  return node;
}
