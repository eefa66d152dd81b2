import { nameKey } from "./name-key.ts";

/** Longer names are not compared: a hint is not worth the time they would take. */
const MAX_NAME_LENGTH = 128;
/** Known names beyond this count are not looked at. */
const MAX_NAMES = 20_000;

/**
 * The known name that the writer most likely meant ("did you mean"), or `null` when none is near: at
 * most one edit in three characters (insert, delete, replace, swap neighbours), case aside; of equally
 * near ones the first. A known name that begins with what was written also counts.
 *
 * Cost: O(known × length²), bounded by the constants of this file.
 */
export function nearestName(written: string, known: Iterable<string>): string | null {
  const wanted = nameKey(written);
  if (wanted === "" || wanted.length > MAX_NAME_LENGTH) return null;
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  let seen = 0;
  for (const name of known) {
    if (++seen > MAX_NAMES) break;
    const distance = distanceTo(wanted, nameKey(name), bestDistance);
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** `did you mean "X"?`, or `null` when nothing is near: for the hint of a problem. */
export function didYouMean(written: string, known: Iterable<string>): string | null {
  const name = nearestName(written, known);
  return name === null ? null : `did you mean "${name}"?`;
}

function distanceTo(wanted: string, name: string, limit: number): number {
  if (name.length > MAX_NAME_LENGTH) return limit;
  if (wanted.length >= 3 && name.startsWith(wanted))
    return Math.min(1, name.length - wanted.length);
  if (Math.abs(wanted.length - name.length) >= limit) return limit;
  return editDistance(wanted, name);
}

/** Optimal string alignment distance: three rows of the usual table. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
