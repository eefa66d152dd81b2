import type { SimEvent, SimListener } from "../sim-event.ts";
import { TrunkCounter, type TrunkFigures } from "./trunk-counter.ts";

export interface MeteredTrunk {
  readonly name: string;
  /** Operator id; `null` = of none. */
  readonly operator: string | null;
}

export interface TrunkRow extends TrunkFigures {
  readonly trunk: string;
  readonly operator: string | null;
}

/** All figures at one moment; plain data, as views show it and JSON prints it. */
export interface MeterSnapshot {
  /** Seconds since the meter was made. */
  readonly seconds: number;
  /** Of all trunks together; percentiles are those of all calls, the peak that of all calls at once. */
  readonly total: TrunkFigures;
  /** In the order in which the meter was given them. */
  readonly trunks: readonly TrunkRow[];
}

/**
 * Counts what every simulated trunk does. Give `listener` to the simulator, ask for a `snapshot` at any
 * time. A trunk that was not named beforehand is added at its first event.
 */
export class TrunkMeter {
  readonly #trunks = new Map<string, { readonly operator: string | null; counter: TrunkCounter }>();
  readonly #total = new TrunkCounter();
  readonly #seconds: () => number;

  /** `now`: milliseconds of a clock that never jumps; left out: that of the process. */
  constructor(trunks: readonly MeteredTrunk[], now: () => number = () => performance.now()) {
    const startedAt = now();
    this.#seconds = () => (now() - startedAt) / 1000;
    for (const { name, operator } of trunks) {
      this.#trunks.set(name, { operator, counter: new TrunkCounter() });
    }
  }

  readonly listener: SimListener = (event: SimEvent): void => {
    const seconds = this.#seconds();
    let trunk = this.#trunks.get(event.trunk);
    if (trunk === undefined) {
      trunk = { operator: null, counter: new TrunkCounter() };
      this.#trunks.set(event.trunk, trunk);
    }
    trunk.counter.take(event, seconds);
    if (event.kind !== "fault") this.#total.take(event, seconds);
  };

  snapshot(): MeterSnapshot {
    const seconds = this.#seconds();
    const trunks = [...this.#trunks].map(([trunk, { operator, counter }]) => ({
      trunk,
      operator,
      ...counter.figures(seconds),
    }));
    const faulty = trunks.filter(({ fault }) => fault !== null).length;
    const fault = faulty === 0 ? null : `${faulty} faulty`;
    return { seconds, total: { ...this.#total.figures(seconds), fault }, trunks };
  }
}
