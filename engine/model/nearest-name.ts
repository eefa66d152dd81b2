import { nameKey } from "./name-key.ts";

/** Longer names are not compared: a hint is not worth the time they would take. */
const MAX_NAME_LENGTH = 128;
/** Known names beyond this count are not looked at. */
const MAX_NAMES = 20_000;

/** Edits beyond which two names have nothing to do with each other. */
const MAX_EDITS = 4;
/** Shorter names may differ by one edit only, unless more of them differs. */
const SHORT_NAME = 6;
/** More than any edit distance that counts. */
const FAR = MAX_EDITS + 1;

/**
 * The known name that the writer most likely meant ("did you mean"), or `null` when none is near; case
 * aside. Near is what takes few edits (insert, delete, replace, swap neighbours): one, in longer names
 * two, or one for two characters of the part in which the names differ. Of equally near ones the first
 * is taken. A known name that begins with what was written also counts.
 *
 * Cost: O(known × length²), bounded by the constants of this file.
 */
export function nearestName(written: string, known: Iterable<string>): string | null {
  const wanted = nameKey(written);
  if (wanted === "" || wanted.length > MAX_NAME_LENGTH) return null;
  let best: string | null = null;
  let bestDistance = FAR;
  let seen = 0;
  for (const name of known) {
    if (++seen > MAX_NAMES) break;
    const distance = distanceTo(wanted, nameKey(name));
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

function distanceTo(wanted: string, name: string): number {
  if (name.length > MAX_NAME_LENGTH) return FAR;
  if (wanted.length >= 3 && name.startsWith(wanted))
    return Math.min(1, name.length - wanted.length);
  if (Math.abs(wanted.length - name.length) > MAX_EDITS) return FAR;
  const start = commonStart(wanted, name);
  const end = commonEnd(wanted, name, start);
  const a = wanted.slice(start, wanted.length - end);
  const b = name.slice(start, name.length - end);
  const always = wanted.length < SHORT_NAME ? 1 : 2;
  const allowed = Math.max(always, Math.floor(Math.max(a.length, b.length) / 2));
  const distance = editDistance(a, b);
  return distance <= allowed ? distance : FAR;
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

/** Not reaching into the first `start` characters. */
function commonEnd(a: string, b: string, start: number): number {
  const most = Math.min(a.length, b.length) - start;
  let length = 0;
  while (length < most && a.at(-1 - length) === b.at(-1 - length)) length++;
  return length;
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
