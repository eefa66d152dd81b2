import { performance } from "node:perf_hooks";

/** Time of one run: milliseconds since its start, which never jump, and the clock time they stand for. */
export class SimClock {
  readonly #startedAt = performance.now();
  readonly #wallTime = Date.now();
  /** The second last told, and what it is written as up to its fraction. */
  #second = Number.NaN;
  #written = "";

  /** Milliseconds since the start, with fractions. */
  now(): number {
    return performance.now() - this.#startedAt;
  }

  /** ISO 8601 with milliseconds, UTC. */
  isoTime(milliseconds: number): string {
    const time = Math.trunc(this.#wallTime + milliseconds);
    const second = Math.floor(time / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#written = new Date(second * 1_000).toISOString().slice(0, -4);
    }
    return `${this.#written}${String(time - second * 1_000).padStart(3, "0")}Z`;
  }
}
