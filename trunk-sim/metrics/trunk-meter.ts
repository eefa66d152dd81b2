import type { SimEvent, SimListener } from "../sim-event.ts";
import { TrunkCounter, type TrunkFigures } from "./trunk-counter.ts";

export interface MeteredTrunk {
  readonly name: string;
  /** Operator id; `null` = of none. */
  readonly operator: string | null;
  /** What is wrong with it on purpose at a second of the run, in words; `null` or left out = nothing. */
  readonly faultAt?: (seconds: number) => string | null;
}

/** Of a trunk, or of all together. */
export interface MeterRow extends TrunkFigures {
  /** What is wrong on purpose at present; `null` = nothing. */
  readonly fault: string | null;
}

export interface TrunkRow extends MeterRow {
  readonly trunk: string;
  readonly operator: string | null;
}

/** All figures at one moment; plain data, as views show it and JSON prints it. */
export interface MeterSnapshot {
  /** Seconds since the meter was made. */
  readonly seconds: number;
  /** Of all trunks together; percentiles are those of all calls, the peak that of all calls at once. */
  readonly total: MeterRow;
  /** In the order in which the meter was given them. */
  readonly trunks: readonly TrunkRow[];
}

/**
 * Counts what every simulated trunk does. Give `listener` to the simulator, ask for a `snapshot` at any
 * time. A trunk that was not named beforehand is added at its first event.
 */
export class TrunkMeter {
  readonly #trunks = new Map<string, { readonly trunk: MeteredTrunk; counter: TrunkCounter }>();
  readonly #total = new TrunkCounter();
  readonly #seconds: () => number;

  /** `now`: milliseconds of a clock that never jumps; left out: that of the process. */
  constructor(trunks: readonly MeteredTrunk[], now: () => number = () => performance.now()) {
    const startedAt = now();
    this.#seconds = () => (now() - startedAt) / 1000;
    for (const trunk of trunks) {
      this.#trunks.set(trunk.name, { trunk, counter: new TrunkCounter() });
    }
  }

  readonly listener: SimListener = (event: SimEvent): void => {
    const seconds = this.#seconds();
    let metered = this.#trunks.get(event.trunk);
    if (metered === undefined) {
      const trunk = { name: event.trunk, operator: null };
      metered = { trunk, counter: new TrunkCounter() };
      this.#trunks.set(event.trunk, metered);
    }
    metered.counter.take(event, seconds);
    this.#total.take(event, seconds);
  };

  snapshot(): MeterSnapshot {
    const seconds = this.#seconds();
    const trunks = [...this.#trunks.values()].map(({ trunk, counter }) => ({
      trunk: trunk.name,
      operator: trunk.operator,
      fault: trunk.faultAt?.(seconds) ?? null,
      ...counter.figures(seconds),
    }));
    const faulty = trunks.filter(({ fault }) => fault !== null).length;
    const fault = faulty === 0 ? null : `${faulty} faulty`;
    return { seconds, total: { ...this.#total.figures(seconds), fault }, trunks };
  }
}
