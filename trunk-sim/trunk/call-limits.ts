/** Calls that a trunk without a limit of its own holds at most: memory is never without limit. */
export const MAX_HELD_CALLS = 100_000;

/** Which limit a call passed. */
export type PassedLimit = "calls-per-second" | "concurrent-calls";

/**
 * A trunk's limits: calls at the same time, and calls a second by a token bucket that holds
 * max(2, calls a second) tokens and begins full. `null` = no limit. Cost: constant.
 */
export class CallLimits {
  readonly #maxConcurrentCalls: number;
  readonly #callsPerSecond: number | null;
  readonly #burst: number;
  #tokens: number;
  #filledAt: number;
  #held = 0;

  constructor(maxConcurrentCalls: number | null, callsPerSecond: number | null, now: number) {
    this.#maxConcurrentCalls = maxConcurrentCalls ?? MAX_HELD_CALLS;
    this.#callsPerSecond = callsPerSecond;
    this.#burst = Math.max(2, callsPerSecond ?? 0);
    this.#tokens = this.#burst;
    this.#filledAt = now;
  }

  /** Calls held at present. */
  get held(): number {
    return this.#held;
  }

  /** Takes a call in, to be given back by `release`, or says what is in its way. Milliseconds. */
  admit(now: number): PassedLimit | null {
    if (!this.#takeToken(now)) return "calls-per-second";
    if (this.#held >= this.#maxConcurrentCalls) return "concurrent-calls";
    this.#held += 1;
    return null;
  }

  release(): void {
    this.#held -= 1;
  }

  #takeToken(now: number): boolean {
    if (this.#callsPerSecond === null) return true;
    const earned = (Math.max(0, now - this.#filledAt) / 1_000) * this.#callsPerSecond;
    this.#tokens = Math.min(this.#burst, this.#tokens + earned);
    this.#filledAt = now;
    // WHY: sums of fractions miss a whole by some 1e-12.
    if (this.#tokens < 1 - 1e-9) return false;
    this.#tokens -= 1;
    return true;
  }
}
