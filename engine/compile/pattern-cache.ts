import type { Problem } from "../model/problem.ts";
import {
  compileRoutePattern,
  type RoutePattern,
  refusalsOfRoutePattern,
} from "./compile-route-pattern.ts";
import { type MatcherEngine, patternFor } from "./policy-table.ts";

/** Memory for compiled patterns; the automata of some ten thousand usual ones. */
const MAX_PATTERN_BYTES = 16 * 1024 * 1024;

/** What a compiled pattern takes besides its automaton: its texts, objects and place in the map. */
const PATTERN_OVERHEAD = 500;

/**
 * Compiled patterns by their source: what is asked for again soon is compiled once. Those asked for longest
 * ago go when there are too many, so that a tenant with any number of patterns takes bounded memory.
 */
export class PatternCache {
  readonly engine: MatcherEngine;
  private readonly patterns = new Map<string, RoutePattern>();
  private readonly maxBytes: number;
  private bytes = 0;

  constructor(engine: MatcherEngine, maxBytes = MAX_PATTERN_BYTES) {
    this.engine = engine;
    this.maxBytes = maxBytes;
  }

  /** The compiled pattern, with an RE2 source only if it is to be matched by RE2. */
  readonly patternOf = (source: string): RoutePattern => {
    const known = this.patterns.get(source);
    if (known !== undefined) {
      // The map's order is that of the last use.
      this.patterns.delete(source);
      this.patterns.set(source, known);
      return known;
    }
    const pattern = patternFor(this.engine, compileRoutePattern(source));
    this.patterns.set(source, pattern);
    this.bytes += bytesOf(source, pattern);
    this.makeRoom();
    return pattern;
  };

  /**
   * Why the pattern matches nothing; empty = it can be used. Costs no automaton where RE2 takes the
   * pattern: it can then be used whatever becomes of its automaton.
   */
  problemsOf(source: string): readonly Problem[] {
    const refusals = this.engine === "dfa" ? "ask-automaton" : refusalsOfRoutePattern(source);
    if (refusals !== "ask-automaton") return refusals;
    const { dfa, re2Source, problems } = this.patternOf(source);
    return dfa === null && re2Source === null ? problems : [];
  }

  private makeRoom(): void {
    for (const [source, pattern] of this.patterns) {
      if (this.bytes <= this.maxBytes) return;
      this.patterns.delete(source);
      this.bytes -= bytesOf(source, pattern);
    }
  }
}

function bytesOf(source: string, { dfa }: RoutePattern): number {
  const automaton = dfa === null ? 0 : dfa.transitions.byteLength + dfa.labels.byteLength;
  return PATTERN_OVERHEAD + 4 * source.length + automaton;
}
