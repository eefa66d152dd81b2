import type { BlockReason, DecisionOutcome, RouteDecision } from "../model/decision.ts";

/** Which way a call went. */
interface TallyKey {
  readonly outcome: DecisionOutcome;
  /** Operator id; `null` for the outcomes without one. */
  readonly operator: string | null;
  /** Set for blocked calls. */
  readonly reason: BlockReason | null;
}

/** How many calls went one way. */
export interface TallyLine extends TallyKey {
  readonly count: number;
}

/** Ways there is room for at first. */
const FIRST_WAYS = 64;

function keyOf({ outcome, operator, reason }: TallyKey): string {
  return JSON.stringify([outcome, operator, reason]);
}

/** Numbers the ways calls go, so that counting a call of a chunk is adding one in a typed array. */
export class ChunkTally {
  /** Calls of the chunk by the index of their way. */
  counts = new Int32Array(FIRST_WAYS);
  readonly #ways: TallyKey[] = [];
  readonly #indexes = new Map<string, number>();

  /** Index of a decision's way; the same for ever. */
  indexOf(decision: RouteDecision): number {
    const key = keyOf(decision);
    const known = this.#indexes.get(key);
    return known ?? this.#add(key, decision);
  }

  #add(key: string, { outcome, operator, reason }: RouteDecision): number {
    const index = this.#ways.length;
    this.#ways.push({ outcome, operator, reason });
    this.#indexes.set(key, index);
    if (index >= this.counts.length) {
      const grown = new Int32Array(2 * index);
      grown.set(this.counts);
      this.counts = grown;
    }
    return index;
  }

  /** The ways that calls of the chunk went, and starts on the next chunk. */
  take(): TallyLine[] {
    const taken: TallyLine[] = [];
    for (const [index, way] of this.#ways.entries()) {
      const count = this.counts[index] ?? 0;
      if (count > 0) taken.push({ ...way, count });
    }
    this.counts.fill(0);
    return taken;
  }
}

/** Adds up the counts of chunks. */
export class Tally {
  readonly #lines = new Map<string, TallyLine>();

  /** Adds the counts of a chunk. */
  add(lines: readonly TallyLine[]): void {
    for (const line of lines) {
      const key = keyOf(line);
      const count = (this.#lines.get(key)?.count ?? 0) + line.count;
      this.#lines.set(key, { ...line, count });
    }
  }

  /** The lines as they stand. */
  lines(): readonly TallyLine[] {
    return [...this.#lines.values()];
  }
}
