import { type Axis, linearAxis, logAxis } from "./axis.ts";

export interface ChartSeries {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface ChartAxis {
  readonly label: string;
  /** `count` = whole numbers only. */
  readonly scale: "log" | "linear" | "count";
}

export interface LineChart {
  readonly title: string;
  /** Where, when and how: lines below the title. */
  readonly subtitles: readonly string[];
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  /** At most as many as there are colours. */
  readonly series: readonly ChartSeries[];
}

const WIDTH = 720;
const HEIGHT = 440;
const PLOT = { left: 84, right: 560, top: 84, bottom: 380 };

// Told apart also by who sees no red and green, on white and on near-black.
const LIGHT = ["#0b62c4", "#b35900", "#5b3fa8"];
const DARK = ["#6cb6ff", "#f0a04b", "#b9a3f5"];

/** A chart as an SVG file that keeps to the reader's light or dark theme. */
export function drawLineChart({ title, subtitles, x, y, series }: LineChart): string {
  if (series.length > LIGHT.length) throw new Error("more series than colours");
  const points = series.flatMap((one) => one.points);
  const xAxis = axisOf(
    x,
    points.map(([value]) => value),
    PLOT.left,
    PLOT.right,
  );
  const yAxis = axisOf(
    y,
    points.map(([, value]) => value),
    PLOT.bottom,
    PLOT.top,
  );
  const middle = (PLOT.top + PLOT.bottom) / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escaped(title)}">`,
    `<style>${STYLE}</style>`,
    `<rect class="paper" width="${WIDTH}" height="${HEIGHT}"/>`,
    text("title", PLOT.left, 28, "start", title),
    ...subtitles.map((shown, i) => text("quiet", PLOT.left, 47 + 17 * i, "start", shown)),
    ...xAxis.ticks.flatMap((tick) => [
      line(xAxis.at(tick), PLOT.top, xAxis.at(tick), PLOT.bottom),
      text("quiet", xAxis.at(tick), PLOT.bottom + 18, "middle", formatTick(tick)),
    ]),
    ...yAxis.ticks.flatMap((tick) => [
      line(PLOT.left, yAxis.at(tick), PLOT.right, yAxis.at(tick)),
      text("quiet", PLOT.left - 8, yAxis.at(tick) + 4, "end", formatTick(tick)),
    ]),
    text("label", (PLOT.left + PLOT.right) / 2, PLOT.bottom + 44, "middle", x.label),
    `<g transform="rotate(-90 20 ${middle})">${text("label", 20, middle, "middle", y.label)}</g>`,
    ...series.flatMap((one, i) => drawSeries(one, i, xAxis, yAxis)),
    "</svg>\n",
  ].join("\n");
}

function axisOf(
  { scale }: ChartAxis,
  values: readonly number[],
  fromPixel: number,
  toPixel: number,
): Axis {
  const [from, to] = [Math.min(...values), Math.max(...values)];
  if (scale === "log") return logAxis({ from, to, fromPixel, toPixel });
  return linearAxis({ to, fromPixel, toPixel }, scale === "count" ? 1 : 0);
}

function drawSeries({ name, points }: ChartSeries, i: number, x: Axis, y: Axis): string[] {
  const pixels = points.map(([px, py]) => [round(x.at(px)), round(y.at(py))] as const);
  const [lastX, lastY] = pixels.at(-1) ?? [0, 0];
  return [
    `<polyline class="line s${i}" points="${pixels.map(([px, py]) => `${px},${py}`).join(" ")}"/>`,
    ...pixels.map(([px, py]) => `<circle class="dot s${i}" cx="${px}" cy="${py}" r="3.5"/>`),
    text(`name s${i}`, lastX + 10, lastY + 4, "start", name),
  ];
}

const STYLE = `
text { font: 12px system-ui, sans-serif; fill: #24292f; }
.title { font-size: 16px; font-weight: 600; }
.quiet { fill: #57606a; }
.paper { fill: #ffffff; }
.grid { stroke: #d8dee4; stroke-width: 1; }
.line { fill: none; stroke-width: 2; }
${LIGHT.map((colour, i) => colours(colour, i)).join("\n")}
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; }
.quiet { fill: #9198a1; }
.paper { fill: #0d1117; }
.grid { stroke: #30363d; }
${DARK.map((colour, i) => colours(colour, i)).join("\n")}
}
`;

function colours(colour: string, i: number): string {
  return `.line.s${i} { stroke: ${colour}; } .dot.s${i}, .name.s${i} { fill: ${colour}; }`;
}

function line(x1: number, y1: number, x2: number, y2: number): string {
  return `<line class="grid" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`;
}

function text(kind: string, x: number, y: number, anchor: string, shown: string): string {
  return `<text class="${kind}" x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escaped(shown)}</text>`;
}

function round(pixel: number): number {
  return Math.round(pixel * 10) / 10;
}

function escaped(shown: string): string {
  return shown.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

function formatTick(value: number): string {
  return value.toLocaleString("en-US");
}
