import type { RunTotals } from "./trunk-totals.ts";

/** What each trunk did as one line of JSON, with what is left over. */
export function summaryJson(
  trunks: readonly string[],
  totals: RunTotals,
  leftOver: { readonly transactions: number; readonly dialogs: number },
): string {
  const listed = trunks.map((name) => {
    const row = totals.of(name);
    return { name, ...row, talkSeconds: Math.round(row.talkSeconds * 1_000) / 1_000 };
  });
  return `${JSON.stringify({ trunks: listed, leftOver })}\n`;
}
