/**
 * A pattern as a program that finds captures: what `capture-machine.ts` runs.
 *
 * Built from the end of the pattern to its start, or the other way round inside lookbehinds, which .NET
 * matches from right to left. Counted repetitions are written out.
 *
 * @module
 */
import type { CompileEffort } from "./compile-effort.ts";
import { MAX_CAPTURE_CELLS, MAX_REWRITTEN_LENGTH } from "./pattern-budget.ts";
import { PatternStop } from "./pattern-problem.ts";
import {
  type AnchorNode,
  type GroupNode,
  isZeroWidth,
  type LookNode,
  nodesOf,
  type PatternNode,
  type RepeatNode,
} from "./pattern-tree.ts";

/** What an instruction does; `a` and `b` are instructions unless said otherwise. */
export const MATCH = 0;
/** Reads a symbol of the set `b` to the right, goes on at `a`. */
export const READ = 1;
/** Reads a symbol of the set `b` to the left, goes on at `a`. */
export const READ_BACK = 2;
/** Tries `a`, then `b`. */
export const SPLIT = 3;
/** Notes the place in slot `b`. */
export const NOTE = 4;
/** Takes the place noted by group `b` and this one for its capture, goes on at `a`. */
export const CAPTURE = 5;
/** After an iteration of loop `c`: goes on at `a`, or at `b` when the iteration was empty. */
export const ITERATED = 6;
/** Goes on at `a` where the condition `b` holds: an index of {@link ANCHORS}. */
export const ASSERT = 7;
/** Goes on at `a` where the lookaround `b` holds. */
export const LOOK = 8;

export const ANCHORS = ["start", "end", "word-boundary", "not-word-boundary"] as const;

/** A lookaround's own program. */
export interface LookProgram {
  readonly negative: boolean;
  readonly entry: number;
  /** Groups inside it, by index; empty for a negative one, whose captures count for nothing. */
  readonly groups: readonly number[];
}

/** A group as it is written; one number may be written several times. */
export interface WrittenGroup {
  /** Index among the numbers of the pattern's groups, ascending; 0 is the whole match. */
  readonly group: number;
  /** The slot in which the place is noted at which it is entered. */
  readonly noted: number;
}

/**
 * The slots: first two for each group (start, end of its capture), then one for each written group, then
 * one for each loop whose body can be empty (where its iteration began).
 */
export interface CaptureProgram {
  readonly ops: Uint8Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly c: Int32Array;
  readonly entry: number;
  readonly slotCount: number;
  /** How many groups there are, the whole match included. */
  readonly groupCount: number;
  readonly written: readonly WrittenGroup[];
  readonly looks: readonly LookProgram[];
  /** Slot of the innermost loop of the kind above around each instruction, -1 = none. */
  readonly loopOf: Int32Array;
  /** By slot: that of the loop around the loop, -1 = none. */
  readonly loopAround: Int32Array;
  /** How deep such loops are nested. */
  readonly loopDepth: number;
  /** The symbols that are words on either side of `\b`. */
  readonly words: number;
}

interface Building {
  /** Whether it is matched from right to left. */
  readonly backward: boolean;
  /** Slot of the innermost loop. */
  readonly loop: number;
  readonly depth: number;
}

/**
 * @param numbers - Of all groups, ascending.
 * @param words - The symbols that are words on either side of `\b`.
 * @problem REGEX_TOO_COMPLEX
 */
export function buildCaptureProgram(
  tree: PatternNode,
  numbers: readonly number[],
  effort: CompileEffort,
  words: number,
): CaptureProgram {
  return { ...new ProgramBuilder(tree, numbers, effort).program(), words };
}

class ProgramBuilder {
  private readonly tree: PatternNode;
  private readonly numbers: readonly number[];
  private readonly effort: CompileEffort;
  private readonly ops: number[] = [];
  private readonly a: number[] = [];
  private readonly b: number[] = [];
  private readonly c: number[] = [];
  private readonly loopOf: number[] = [];
  private readonly looks: LookProgram[] = [];
  private readonly lookIndex = new Map<string, number>();
  private readonly written: WrittenGroup[] = [];
  private readonly writtenIndex = new Map<GroupNode, number>();
  private readonly loopSlots = new Map<RepeatNode, number>();
  private readonly loopAround: number[] = [];
  private loopDepth = 0;

  constructor(tree: PatternNode, numbers: readonly number[], effort: CompileEffort) {
    this.tree = tree;
    this.numbers = numbers;
    this.effort = effort;
    this.takeSlots();
  }

  program(): Omit<CaptureProgram, "words"> {
    const at: Building = { backward: false, loop: -1, depth: 0 };
    const entry = this.build(this.tree, this.add(MATCH, 0, 0, at), at);
    const { ops, a, b, c, loopOf, looks, written, loopAround, loopDepth } = this;
    this.refuseCells();
    return {
      ops: Uint8Array.from(ops),
      a: Int32Array.from(a),
      b: Int32Array.from(b),
      c: Int32Array.from(c),
      entry,
      slotCount: loopAround.length,
      groupCount: this.numbers.length,
      written,
      looks,
      loopOf: Int32Array.from(loopOf),
      loopAround: Int32Array.from(loopAround),
      loopDepth,
    };
  }

  private takeSlots(): void {
    let slot = this.numbers.length * 2;
    const nodes = [...nodesOf(this.tree)];
    for (const node of nodes) {
      if (node.kind !== "group" || node.capture === null) continue;
      const group = this.numbers.indexOf(node.capture);
      this.writtenIndex.set(node, this.written.push({ group, noted: slot++ }) - 1);
    }
    for (const node of nodes) {
      if (node.kind === "repeat" && canBeEmpty(node.body)) this.loopSlots.set(node, slot++);
    }
    this.loopAround.push(...new Array<number>(slot).fill(-1));
  }

  /** What the machine needs to remember for each instruction and place, and for each lookaround. */
  private refuseCells(): void {
    const places = MAX_REWRITTEN_LENGTH + 1;
    const kept = this.looks.reduce((sum, { groups }) => sum + 1 + 2 * groups.length, 0);
    const cells = (this.ops.length * (this.loopDepth + 1) + kept) * places;
    if (cells <= MAX_CAPTURE_CELLS) return;
    throw new PatternStop({
      code: "REGEX_TOO_COMPLEX",
      what: `its groups and repetitions need more than ${MAX_CAPTURE_CELLS} cells`,
      hint: "lower its repetitions, or split it over several rules",
      offset: this.tree.start,
      length: this.tree.end - this.tree.start,
    });
  }

  private add(op: number, a: number, b: number, at: Building, c = 0): number {
    this.effort.countNode();
    this.a.push(a);
    this.b.push(b);
    this.c.push(c);
    this.loopOf.push(at.loop);
    return this.ops.push(op) - 1;
  }

  /** @returns The instruction at which `node`, followed by what begins at `next`, begins. */
  private build(node: PatternNode, next: number, at: Building): number {
    this.effort.countSteps();
    switch (node.kind) {
      case "empty":
        return next;
      case "set":
        return this.add(at.backward ? READ_BACK : READ, next, node.symbols, at);
      case "anchor":
        return this.add(ASSERT, next, anchorIndex(node), at);
      case "look":
        return this.add(LOOK, next, this.look(node), at);
      case "group":
        return this.group(node, next, at);
      case "sequence": {
        const parts = at.backward ? [...node.nodes].reverse() : node.nodes;
        return parts.reduceRight((after, part) => this.build(part, after, at), next);
      }
      case "alternation":
        return node.branches
          .map((branch) => this.build(branch, next, at))
          .reduceRight((rest, branch) => this.add(SPLIT, branch, rest, at));
      case "repeat":
        return this.repeat(node, next, at);
    }
  }

  private group(node: GroupNode, next: number, at: Building): number {
    const index = this.writtenIndex.get(node);
    const written = index === undefined ? undefined : this.written[index];
    if (index === undefined || written === undefined) return this.build(node.body, next, at);
    const close = this.add(CAPTURE, next, index, at);
    return this.add(NOTE, this.build(node.body, close, at), written.noted, at);
  }

  /** A lookaround that repetition has copied is built once. */
  private look(node: LookNode): number {
    const key = `${node.start} ${node.end}`;
    const known = this.lookIndex.get(key);
    if (known !== undefined) return known;
    const { negative } = node;
    const at: Building = { backward: node.direction === "behind", loop: -1, depth: 0 };
    const entry = this.build(node.body, this.add(MATCH, 0, 0, at), at);
    const numbers = negative ? [] : [...nodesOf(node.body)].flatMap(captureOf);
    const groups = [...new Set(numbers)].map((number) => this.numbers.indexOf(number));
    const index = this.looks.push({ negative, entry, groups }) - 1;
    this.lookIndex.set(key, index);
    return index;
  }

  private repeat(node: RepeatNode, next: number, at: Building): number {
    const { body, min, max } = node;
    if (max === 0) return next;
    // WHY: repeating what reads nothing finds the same captures again.
    if (isZeroWidth(body)) {
      const once = this.build(body, next, at);
      return min > 0 ? once : this.choice(node, once, next, at);
    }
    const more = max === Number.POSITIVE_INFINITY ? this.loop(node, next, at) : null;
    let after = more ?? this.optionals(node, next, at);
    for (let required = 0; required < min; required++) {
      const isLast = required === 0 && max > min;
      after = isLast ? this.iteration(node, after, next, at) : this.build(body, after, at);
    }
    return after;
  }

  private loop(node: RepeatNode, next: number, at: Building): number {
    const choice = this.choice(node, next, next, at);
    const body = this.iteration(node, choice, next, at);
    if (node.lazy) this.b[choice] = body;
    else this.a[choice] = body;
    return choice;
  }

  private optionals(node: RepeatNode, next: number, at: Building): number {
    let after = next;
    for (let optional = node.min; optional < node.max; optional++) {
      after = this.choice(node, this.iteration(node, after, next, at), next, at);
    }
    return after;
  }

  private choice({ lazy }: RepeatNode, body: number, next: number, at: Building): number {
    return lazy ? this.add(SPLIT, next, body, at) : this.add(SPLIT, body, next, at);
  }

  /** Once the body; after it comes `again`, but `next` when the body was empty, as in .NET. */
  private iteration(node: RepeatNode, again: number, next: number, at: Building): number {
    const slot = this.loopSlots.get(node);
    if (slot === undefined) return this.build(node.body, again, at);
    const inside: Building = { backward: at.backward, loop: slot, depth: at.depth + 1 };
    this.loopAround[slot] = at.loop;
    this.loopDepth = Math.max(this.loopDepth, inside.depth);
    const done = this.add(ITERATED, again, next, inside, slot);
    return this.add(NOTE, this.build(node.body, done, inside), slot, at);
  }
}

function captureOf(node: PatternNode): number[] {
  return node.kind === "group" && node.capture !== null ? [node.capture] : [];
}

function anchorIndex({ anchor }: AnchorNode): number {
  return ANCHORS.indexOf(anchor);
}

/** Whether it can match without reading anything, as far as can be seen without a number. */
function canBeEmpty(node: PatternNode): boolean {
  switch (node.kind) {
    case "set":
      return false;
    case "sequence":
      return node.nodes.every(canBeEmpty);
    case "alternation":
      return node.branches.some(canBeEmpty);
    case "group":
      return canBeEmpty(node.body);
    case "repeat":
      return node.min === 0 || canBeEmpty(node.body);
    case "empty":
    case "anchor":
    case "look":
      return true;
  }
}
