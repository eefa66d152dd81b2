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
  let second = Number.NaN;
  let upToSecond = "";
  return {
    now: () => performance.now(),
    toIso(at) {
      const time = Math.floor(epoch + at);
      const milliseconds = time % 1_000;
      // WHY: a record has some ten times, nearly all of the same few seconds; Date is slow.
      if (time - milliseconds !== second) {
        second = time - milliseconds;
        upToSecond = new Date(second).toISOString().slice(0, -4);
      }
      return `${upToSecond}${String(milliseconds).padStart(3, "0")}Z`;
    },
  };
}
