import Table from "cli-table3";
import type { RunTotals, TrunkTotals } from "./trunk-totals.ts";

/** One row for each trunk, and their sum. */
export function summaryTable(trunks: readonly string[], totals: RunTotals): string {
  const table = new Table({
    head: [
      "trunk",
      "invited",
      "answered",
      "failed",
      "of these refused",
      "timed out",
      "cancelled",
      "talk s",
    ],
    style: { head: [], border: [], compact: true },
    colAligns: ["left", "right", "right", "right", "right", "right", "right", "right"],
  });
  const rows = trunks.map((trunk) => totals.of(trunk));
  for (const [index, trunk] of trunks.entries()) {
    const row = rows[index];
    if (row !== undefined) table.push([trunk, ...cells(row)]);
  }
  if (rows.length > 1) table.push(["all", ...cells(sumOf(rows))]);
  return table.toString();
}

/** The same as one line of JSON, with what is left over. */
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

function cells(totals: TrunkTotals): string[] {
  const { invited, answered, failed, refused, timedOut, cancelled, talkSeconds } = totals;
  return [
    ...[invited, answered, failed, refused, timedOut, cancelled].map(String),
    talkSeconds.toFixed(1),
  ];
}

function sumOf(rows: readonly TrunkTotals[]): TrunkTotals {
  const sum = (of: (totals: TrunkTotals) => number): number =>
    rows.reduce((total, row) => total + of(row), 0);
  return {
    invited: sum(({ invited }) => invited),
    answered: sum(({ answered }) => answered),
    failed: sum(({ failed }) => failed),
    refused: sum(({ refused }) => refused),
    timedOut: sum(({ timedOut }) => timedOut),
    cancelled: sum(({ cancelled }) => cancelled),
    options: sum(({ options }) => options),
    talkSeconds: sum(({ talkSeconds }) => talkSeconds),
  };
}
