/** What came of loads of calls: tables, and the floors held against them. */

/** One program under one load. */
export interface LoadRow {
  readonly name: string;
  /** Calls begun each second, as the generator counted. */
  readonly callsPerSecond: number;
  /** All rounds together. */
  readonly calls: number;
  readonly failed: number;
  /** CPU time of the program under test, in milliseconds: median of the rounds, and the best. */
  readonly cpuMsPerCall: number;
  readonly minCpuMsPerCall: number;
  /** Most memory resident at one time; `null` = of no interest here. */
  readonly peakMegabytes: number | null;
  readonly rounds: number;
}

export interface LoadTable {
  readonly title: string;
  readonly rows: readonly LoadRow[];
}

/** A figure with its bound: where the floor is above the aim, less is better. */
export interface LoadFloor {
  readonly what: string;
  readonly unit: string;
  /** NaN = was not measured. */
  readonly measured: number;
  readonly floor: number;
  /** `null` = measured against a rival that is not there. */
  readonly aim: number | null;
  readonly better: "more" | "less";
  /** Must be true too: no call failed, say. `null` = nothing else. */
  readonly provided: { readonly what: string; readonly holds: boolean } | null;
}

export interface LoadReport {
  readonly name: string;
  readonly tables: readonly LoadTable[];
  readonly bounds: readonly LoadFloor[];
  /** Whom or what could not be measured here, and why. */
  readonly skipped: readonly string[];
}

export interface LoadFloorResult extends LoadFloor {
  readonly holds: boolean;
  readonly reachesAim: boolean;
}

/** What became of the floors; one whose figure is missing does not hold. */
export function judgeLoadFloors({ bounds }: LoadReport): readonly LoadFloorResult[] {
  return bounds.map((bound) => {
    const within = (limit: number): boolean =>
      bound.better === "less" ? bound.measured <= limit : bound.measured >= limit;
    const provided = bound.provided?.holds ?? true;
    return {
      ...bound,
      holds: within(bound.floor) && provided,
      reachesAim: bound.aim !== null && within(bound.aim) && provided,
    };
  });
}

const COLUMNS = ["calls/s", "calls", "failed", "CPU ms/call (best)", "against first", "peak MB"];
const NAME_WIDTH = 34;
const WIDTHS = [9, 9, 8, 20, 15, 9];

/** A report as tables for people. */
export function formatLoadReport(report: LoadReport): string {
  const lines: string[] = [];
  for (const { title, rows } of report.tables) {
    lines.push(`${report.name}, ${title}`, formatCells("", COLUMNS));
    const first = rows[0]?.cpuMsPerCall ?? Number.NaN;
    for (const row of rows) lines.push(formatCells(row.name, cellsOf(row, first)));
    lines.push("");
  }
  lines.push(...report.skipped.map((what) => `skipped: ${what}`));
  for (const result of judgeLoadFloors(report)) lines.push(formatFloor(report.name, result));
  return lines.join("\n");
}

function formatCells(name: string, cells: readonly string[]): string {
  const padded = cells.map((cell, i) => cell.padStart(WIDTHS[i] ?? 0));
  return `  ${name.padEnd(NAME_WIDTH)}${padded.join("")}`.trimEnd();
}

function cellsOf(row: LoadRow, first: number): readonly string[] {
  return [
    Math.round(row.callsPerSecond).toLocaleString("en-US"),
    row.calls.toLocaleString("en-US"),
    String(row.failed),
    `${row.cpuMsPerCall.toFixed(3)} (${row.minCpuMsPerCall.toFixed(3)})`,
    `${(row.cpuMsPerCall / first).toFixed(2)}x`,
    row.peakMegabytes === null ? "" : String(Math.round(row.peakMegabytes)),
  ];
}

function formatFloor(name: string, result: LoadFloorResult): string {
  const { what, unit, measured, floor, aim, better, provided, holds, reachesAim } = result;
  const bound = better === "less" ? "at most" : "at least";
  const shown = (value: number): string =>
    Math.abs(value) < 100 ? value.toFixed(2) : Math.round(value).toLocaleString("en-US");
  const aimed = aim === null ? "" : `, aim ${shown(aim)} ${reachesAim ? "reached" : "not reached"}`;
  const also = provided === null || provided.holds ? "" : `; but not ${provided.what}`;
  const verdict = holds ? "holds" : "MISSED";
  return `floor ${verdict}: ${name}, ${what}: ${shown(measured)} ${unit} (${bound} ${shown(floor)}${aimed})${also}`;
}
