import type { Fault, FaultKind } from "../scenario/trunk-profile.ts";

/** The fault of each kind that is on at present; of two of a kind the one that stands first counts. */
export type ActiveFaults = Readonly<Partial<Record<FaultKind, Fault>>>;

const NOTHING: ActiveFaults = {};

/**
 * A trunk's faults over time. Cost: constant between two changes, so that it can be asked for every
 * message.
 */
export class FaultTimeline {
  readonly #faults: readonly Fault[];
  #active: ActiveFaults = NOTHING;
  #changesAt: number;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(faults: readonly Fault[]) {
    this.#faults = faults;
    this.#changesAt = faults.length === 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  }

  /** Faults that are on at a second since the start. */
  activeAt(seconds: number): ActiveFaults {
    if (seconds >= this.#changesAt || seconds < this.#askedAt) this.#compute(seconds);
    this.#askedAt = seconds;
    return this.#active;
  }

  #compute(seconds: number): void {
    const active: Partial<Record<FaultKind, Fault>> = {};
    this.#changesAt = Number.POSITIVE_INFINITY;
    for (const fault of this.#faults) {
      if (fault.from <= seconds && seconds < fault.to) active[fault.kind] ??= fault;
      for (const edge of [fault.from, fault.to]) {
        if (edge > seconds) this.#changesAt = Math.min(this.#changesAt, edge);
      }
    }
    this.#active = active;
  }
}
