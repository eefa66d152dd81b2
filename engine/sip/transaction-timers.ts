import { Timers } from "sip.js/lib/core/index.js";

/**
 * The times that everything is counted in (RFC 3261 section 17.1.1.1), read where they are used.
 *
 * WHY they are sip.js's own: its transactions read timers B, F, H, L and M from the same object, which
 * is one per process. Its timers D, I, J and K are 0 as for TCP, and stay so: what must absorb repeats
 * over UDP is kept by `LateRepeats`, not by a transaction.
 */
export const timers: { T1: number; T2: number; TIMER_B: number } = Timers;

/** How long an answer of ours, or a CANCEL, is waited for: 64 × T1, as timers B, F, H and L are. */
export function patience(): number {
  return timers.TIMER_B;
}
