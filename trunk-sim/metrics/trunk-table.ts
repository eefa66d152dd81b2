import Table from "cli-table3";
import type { Colors } from "picocolors/types.js";
import { printableLine } from "../../engine/model/printable-line.ts";
import type { MeterRow, MeterSnapshot } from "./trunk-meter.ts";

type Paint = (text: string) => string;

/** One column: its heading, what it shows of a row, and a colour where a value calls for one. */
export interface TrunkColumn {
  readonly head: string;
  readonly cell: (figures: MeterRow) => string;
  readonly paint?: (figures: MeterRow, colors: Colors) => Paint | null;
}

export interface TrunkTableRow {
  readonly name: string;
  readonly figures: MeterRow;
}

/** Rows by trunk, and, for more than one, a last one of all together. */
export function rowsOf({ trunks, total }: MeterSnapshot): readonly TrunkTableRow[] {
  const rows = trunks.map((row) => ({ name: printableLine(row.trunk), figures: row }));
  return rows.length === 1 ? rows : [...rows, { name: "all", figures: total }];
}

/** The table as text without a line feed at its end. */
export function formatTrunkTable(
  rows: readonly TrunkTableRow[],
  columns: readonly TrunkColumn[],
  colors: Colors,
): string {
  const table = new Table({
    head: ["trunk", ...columns.map(({ head }) => head)],
    colAligns: ["left", ...columns.map(() => "right" as const)],
    style: { head: [], border: [] },
    // One line a row: no rules between them.
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  for (const { name, figures } of rows) {
    const cells = columns.map(({ cell, paint }) => {
      const text = cell(figures);
      return paint?.(figures, colors)?.(text) ?? text;
    });
    table.push([name, ...cells]);
  }
  return table.toString();
}

/** `97.3 %`; a dash where there is nothing to say. */
export function percent(ratio: number | null): string {
  return ratio === null ? "-" : `${(100 * ratio).toFixed(1)} %`;
}

/** Milliseconds below ten seconds, then seconds; a dash where there is nothing to say. */
export function duration(seconds: number | null): string {
  if (seconds === null) return "-";
  return seconds < 10 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`;
}
