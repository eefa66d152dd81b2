import type { PolicyTable } from "../engine/compile/policy-table.ts";
import { createRouteMatcher } from "../engine/compile/route-matcher.ts";
import type { SampleNumbers } from "./sample-numbers.ts";

/** Which of two equal gateways takes a call depends on its number. */
const GATEWAY_NUMBER = /sbc\d+/;

/**
 * What follows the number in the rows of each label of the table: what most of its rows have. Labels that
 * no number has get nothing.
 *
 * @param rows - The row of each number.
 */
export function rowEnds(
  table: PolicyTable,
  { bytes, offsets, strings }: SampleNumbers,
  rows: readonly string[],
): readonly string[] {
  const matcher = createRouteMatcher(table);
  const counts = table.matchSets.map(() => new Map<string, number>());
  strings.forEach((number, i) => {
    const label = matcher.match(bytes, offsets[i] ?? 0, offsets[i + 1] ?? 0);
    const end = (rows[i] ?? "").slice(number.length);
    const ofLabel = counts[label];
    ofLabel?.set(end, (ofLabel.get(end) ?? 0) + 1);
  });
  return counts.map((ofLabel) => {
    const [most] = [...ofLabel].sort(([, a], [, b]) => b - a);
    return most?.[0] ?? "";
  });
}

/** How many rows differ by more than which of equal gateways they name. */
export function countDifferentRows(rows: readonly string[], others: readonly string[]): number {
  const same = (row: string): string => row.replace(GATEWAY_NUMBER, "sbc");
  return rows.filter((row, i) => same(row) !== same(others[i] ?? "")).length;
}
