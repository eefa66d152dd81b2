import { performance } from "node:perf_hooks";

/** Time of one run: milliseconds since its start, which never jump, and the clock time they stand for. */
export class SimClock {
  readonly #startedAt = performance.now();
  readonly #wallTime = Date.now();

  /** Milliseconds since the start, with fractions. */
  now(): number {
    return performance.now() - this.#startedAt;
  }

  /** ISO 8601 with milliseconds, UTC. */
  isoTime(milliseconds: number): string {
    return new Date(this.#wallTime + milliseconds).toISOString();
  }
}
