import type { TrunkTarget } from "./trunk-targets.ts";

/**
 * How many calls each trunk carries, and whether it may be given another. An operator's
 * `maxConcurrentCalls` and `callsPerSecond` are kept; a gateway's MaxConcurrentSessions only raises an
 * alert and never blocks (documented: New-CsOnlinePSTNGateway).
 *
 * @module
 */

/** Calls that may come at once on a trunk with a rate, besides its rate. */
const SMALLEST_BURST = 2;

/** Keeps the count of one trunk. Times are milliseconds of a clock that never goes back. */
export class TrunkAdmission {
  calls = 0;
  #tokens: number | null = null;
  #at = 0;

  /** Why it may not be given a call now; `null` = it may, and that call is counted. */
  take(target: TrunkTarget, now: number): string | null {
    if (!target.enabled) return "out of service";
    const { maxConcurrentCalls, callsPerSecond } = target;
    if (maxConcurrentCalls !== null && this.calls >= maxConcurrentCalls) {
      return `full: ${maxConcurrentCalls} calls`;
    }
    if (callsPerSecond !== null && !this.#takeToken(callsPerSecond, now)) {
      return `full: ${callsPerSecond} calls a second`;
    }
    this.calls++;
    return null;
  }

  /** A call taken by {@link take} has ended. */
  release(): void {
    this.calls--;
  }

  #takeToken(rate: number, now: number): boolean {
    const burst = Math.max(SMALLEST_BURST, rate);
    const held = this.#tokens ?? burst;
    const tokens = Math.min(burst, held + ((now - this.#at) / 1_000) * rate);
    this.#at = now;
    this.#tokens = tokens >= 1 ? tokens - 1 : tokens;
    return tokens >= 1;
  }
}
