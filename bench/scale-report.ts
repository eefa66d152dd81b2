/** How figures grow: with the number of routes, and with the number of workers. */

/** At so many routes. */
export interface RoutesPoint {
  readonly routes: number;
  /** CPU time of a decision in nanoseconds: the table alone, and the router with all rules. */
  readonly tableNs: number;
  readonly routerNs: number;
  /** What threads share: the typed arrays of the policy's table. */
  readonly tableBytes: number;
  /** CPU time of compiling the table. */
  readonly compileMs: number;
}

/** With so many workers; 0 = in place. */
export interface WorkersPoint {
  readonly workers: number;
  readonly linesPerSecond: number;
}

export interface ScaleReport {
  readonly name: string;
  readonly points: readonly RoutesPoint[];
  readonly throughput: readonly WorkersPoint[];
  /** What there is to say of the throughput. */
  readonly notes: readonly string[];
}

/** A report as tables for people. */
export function formatScaleReport({ points, throughput, notes }: ScaleReport): string {
  const row = (cells: readonly string[]): string => cells.map((cell) => cell.padStart(14)).join("");
  return [
    row(["routes", "table ns", "router ns", "table bytes", "compile ms"]),
    ...points.map(({ routes, tableNs, routerNs, tableBytes, compileMs }) =>
      row([
        routes.toLocaleString("en-US"),
        tableNs.toFixed(1),
        routerNs.toFixed(1),
        tableBytes.toLocaleString("en-US"),
        compileMs.toFixed(0),
      ]),
    ),
    "",
    row(["workers", "lines/s"]),
    ...throughput.map(({ workers, linesPerSecond }) =>
      row([String(workers), Math.round(linesPerSecond).toLocaleString("en-US")]),
    ),
    ...notes.map((note) => `throughput: ${note}`),
  ].join("\n");
}
