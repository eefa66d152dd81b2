import { suite } from "uvu";
import * as assert from "uvu/assert";
import { drawLineChart, type LineChart } from "../../bench/line-chart.ts";

const chart: LineChart = {
  title: "Size & time <of a table>",
  subtitles: ["here, today"],
  x: { label: "routes", scale: "log" },
  y: { label: "bytes", scale: "log" },
  series: [
    {
      name: "table",
      points: [
        [10, 1000],
        [100, 10_000],
        [1000, 100_000],
      ],
    },
  ],
};

const charts = suite("line chart");

charts("points that grow by a power stand on a straight line", () => {
  const found = /points="([^"]+)"/.exec(drawLineChart(chart))?.[1] ?? "";
  const points = found.split(" ").map((point) => point.split(",").map(Number));
  assert.equal(points, [
    [84, 380],
    [322, 232],
    [560, 84],
  ]);
});

charts("names, labels and marks are written, and no text breaks the markup", () => {
  const drawn = drawLineChart(chart);
  for (const shown of [
    "Size &amp; time &lt;of a table>",
    "here, today",
    "routes",
    "bytes",
    "table",
  ])
    assert.ok(drawn.includes(`>${shown}</text>`), shown);
  for (const tick of ["10", "1,000", "100,000"]) assert.ok(drawn.includes(`>${tick}</text>`), tick);
});

charts("there are colours for light and for dark", () => {
  const drawn = drawLineChart(chart);
  assert.match(drawn, /@media \(prefers-color-scheme: dark\)/);
  assert.is([...drawn.matchAll(/\.line\.s0 /g)].length, 2);
});

charts("more series than can be told apart are refused", () => {
  const series = ["a", "b", "c", "d"].map((name) => ({ name, points: [[1, 1]] as const }));
  assert.throws(() => drawLineChart({ ...chart, series }), "more series than colours");
});

charts.run();
