/**
 * How SIPp 3.6 writes times and rates in its statistics.
 *
 * @module
 */

const SIGNIFICANT_DIGITS = 6;

/** `2026-01-01⇥00:00:00.250000⇥1767225600.250000`, tabs between; from milliseconds since 1970. */
export function formatMoment(milliseconds: number): string {
  const microseconds = Math.floor(milliseconds * 1000);
  const [day = "", time = ""] = new Date(Math.floor(microseconds / 1000)).toISOString().split("T");
  const fraction = String(microseconds % 1_000_000).padStart(6, "0");
  const seconds = Math.floor(microseconds / 1_000_000);
  return `${day}\t${time.slice(0, 8)}.${fraction}\t${seconds}.${fraction}`;
}

/** `00:01:05`. */
export function formatClock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

/** `00:01:05:250000`: whole milliseconds, in microseconds. */
export function formatDuration(milliseconds: number): string {
  const whole = Math.round(milliseconds);
  return `${formatClock(whole)}:${String((whole % 1000) * 1000).padStart(6, "0")}`;
}

/** Calls a second with six digits, without zeros at the end; 0 of no time. */
export function formatRate(calls: number, milliseconds: number): string {
  if (milliseconds <= 0) return "0";
  return String(Number(((calls * 1000) / milliseconds).toPrecision(SIGNIFICANT_DIGITS)));
}
