/**
 * The nondeterministic automaton of one body: the whole pattern, or what stands in one lookaround.
 *
 * @module
 */
import type { CompileEffort } from "./compile-effort.ts";
import { isZeroWidth, type LookNode, type PatternNode } from "./pattern-tree.ts";

/** What has to hold in front of a node's successor. */
export type Condition = "start" | "end" | "word-boundary" | "not-word-boundary";

export type NfaNode =
  | { readonly op: "split"; readonly to: readonly number[] }
  /** Reads one symbol of the set. */
  | { readonly op: "read"; readonly symbols: number; readonly to: number }
  | { readonly op: "condition"; readonly condition: Condition; readonly to: number }
  /** `look` indexes {@link Nfa.looks}. */
  | { readonly op: "look"; readonly look: number; readonly to: number }
  | { readonly op: "match" };

export interface Nfa {
  readonly nodes: readonly NfaNode[];
  readonly start: number;
  /** The lookarounds directly in this body, each once however often repetition copied it. */
  readonly looks: readonly LookNode[];
}

/** Builds the automaton of `body`. Counted repetitions are written out, and counted as effort. */
export function buildNfa(body: PatternNode, effort: CompileEffort): Nfa {
  const builder = new NfaBuilder(effort);
  const match = builder.add({ op: "match" });
  const start = builder.build(body, match);
  return { nodes: builder.nodes, start, looks: builder.looks };
}

class NfaBuilder {
  readonly nodes: NfaNode[] = [];
  readonly looks: LookNode[] = [];
  private readonly effort: CompileEffort;

  constructor(effort: CompileEffort) {
    this.effort = effort;
  }

  add(node: NfaNode): number {
    this.effort.countNode();
    this.nodes.push(node);
    return this.nodes.length - 1;
  }

  /** @returns The node at which `node`, followed by what begins at `to`, begins. */
  build(node: PatternNode, to: number): number {
    this.effort.countSteps();
    switch (node.kind) {
      case "empty":
        return to;
      case "set":
        return this.add({ op: "read", symbols: node.symbols, to });
      case "anchor":
        return this.add({ op: "condition", condition: node.anchor, to });
      case "look":
        return this.add({ op: "look", look: this.indexOf(node), to });
      case "group":
        return this.build(node.body, to);
      case "sequence":
        return node.nodes.reduceRight((next, part) => this.build(part, next), to);
      case "alternation":
        return this.add({ op: "split", to: node.branches.map((branch) => this.build(branch, to)) });
      case "repeat":
        return this.repeat(node.body, node.min, node.max, to);
    }
  }

  private indexOf(look: LookNode): number {
    const known = this.looks.indexOf(look);
    return known === -1 ? this.looks.push(look) - 1 : known;
  }

  private repeat(body: PatternNode, min: number, max: number, to: number): number {
    if (max === 0) return to;
    // WHY: an iteration that reads nothing changes nothing, so `^+` is `^` and `^*` is `^` or nothing.
    if (isZeroWidth(body)) {
      const once = this.build(body, to);
      return min > 0 ? once : this.add({ op: "split", to: [once, to] });
    }
    let next = max === Number.POSITIVE_INFINITY ? this.loop(body, to) : to;
    if (max !== Number.POSITIVE_INFINITY) {
      for (let optional = min; optional < max; optional++) {
        next = this.add({ op: "split", to: [this.build(body, next), to] });
      }
    }
    for (let required = 0; required < min; required++) next = this.build(body, next);
    return next;
  }

  private loop(body: PatternNode, to: number): number {
    const targets: number[] = [];
    const loop = this.add({ op: "split", to: targets });
    targets.push(this.build(body, loop), to);
    return loop;
  }
}
