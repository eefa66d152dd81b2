import { type ChartSeries, drawLineChart } from "./line-chart.ts";
import type { RoutesPoint, ScaleReport } from "./scale-report.ts";

/** A file to keep. */
export interface Chart {
  readonly name: string;
  readonly svg: string;
}

/**
 * Draws what grows.
 *
 * @param where - Machine and date.
 */
export function scaleCharts({ points, throughput, notes }: ScaleReport, where: string): Chart[] {
  const routes = { label: "routes of the policy", scale: "log" } as const;
  const series = (name: string, of: (point: RoutesPoint) => number): ChartSeries => ({
    name,
    points: points.map((point) => [point.routes, of(point)]),
  });
  const decisions = drawLineChart({
    title: "CPU time of a decision",
    subtitles: [where],
    x: routes,
    y: { label: "nanoseconds", scale: "log" },
    series: [
      series("router, all rules", ({ routerNs }) => routerNs),
      series("table", ({ tableNs }) => tableNs),
    ],
  });
  const bytes = drawLineChart({
    title: "Size of a policy's table",
    subtitles: [where],
    x: routes,
    y: { label: "bytes", scale: "log" },
    series: [series("table", ({ tableBytes }) => tableBytes)],
  });
  const workers = drawLineChart({
    title: "Plain lines routed in a second, at 1000 routes",
    subtitles: [where, ...notes],
    x: { label: "workers (0 = in place)", scale: "count" },
    y: { label: "lines a second", scale: "linear" },
    series: [
      {
        name: "plain lines",
        points: throughput.map(({ workers: count, linesPerSecond }) => [count, linesPerSecond]),
      },
    ],
  });
  return [
    { name: "scale-decisions.svg", svg: decisions },
    { name: "scale-table-bytes.svg", svg: bytes },
    { name: "scale-workers.svg", svg: workers },
  ];
}
