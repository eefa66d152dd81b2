/**
 * The clock of a caller. Durations are differences of `now`, which never goes back, whatever is done to
 * the time of day; times of day are those of the start plus what has passed since.
 */
export interface CallClock {
  /** Milliseconds, with fractions. */
  now(): number;
  /** ISO 8601 with milliseconds, UTC. */
  toIso(at: number): string;
}

export function startClock(): CallClock {
  const epoch = Date.now() - performance.now();
  return {
    now: () => performance.now(),
    toIso: (at) => new Date(epoch + at).toISOString(),
  };
}
