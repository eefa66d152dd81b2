import { judgeLoadFloors } from "./load-report.ts";
import { judgeFloors } from "./report.ts";
import type { Report, Results } from "./results-file.ts";

/** One figure of a result. */
interface Figure {
  readonly what: string;
  readonly unit: string;
  readonly value: number;
}

/** What two results have in common, side by side, and what only one of them has. */
export function compareResults(before: Results, after: Results): string {
  const lines = [`before: ${machineOf(before)}`, `after:  ${machineOf(after)}`];
  const names = new Set([...before.reports, ...after.reports].map(({ name }) => name));
  for (const name of names) {
    const [old, now] = [before, after].map(({ reports }) =>
      reports.find((report) => report.name === name),
    );
    if (old === undefined || now === undefined) {
      lines.push("", `${name}: only in ${old === undefined ? "after" : "before"}`);
    } else {
      lines.push("", row(name, "before", "after", "after/before"));
      lines.push(...compareFigures(figuresOf(old), figuresOf(now)));
    }
  }
  return lines.join("\n");
}

function machineOf({ machine }: Results): string {
  return `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`;
}

function compareFigures(before: readonly Figure[], after: readonly Figure[]): string[] {
  const lines = after.map(({ what, unit, value }) => {
    const old = before.find((figure) => isSame(figure, { what, unit }));
    const ratio = old === undefined ? "" : (value / old.value).toFixed(2);
    const was = old === undefined ? "" : shown(old.value, unit);
    return row(`  ${what}`, was, shown(value, unit), ratio);
  });
  const gone = before.filter((figure) => !after.some((other) => isSame(figure, other)));
  return [
    ...lines,
    ...gone.map(({ what, unit, value }) => row(`  ${what}`, shown(value, unit), "", "")),
  ];
}

function isSame(one: Omit<Figure, "value">, other: Omit<Figure, "value">): boolean {
  return one.what === other.what && one.unit === other.unit;
}

/** Times first, then the ratios that floors are about, which compare also between machines. */
function figuresOf(report: Report): Figure[] {
  if ("points" in report) {
    return report.points.flatMap(({ routes, tableNs, routerNs, tableBytes }) => [
      { what: `${routes} routes, table`, unit: "ns", value: tableNs },
      { what: `${routes} routes, router`, unit: "ns", value: routerNs },
      { what: `${routes} routes, table`, unit: "bytes", value: tableBytes },
    ]);
  }
  if ("tables" in report) {
    const rows = report.tables.flatMap(({ title, rows: ofTable }) =>
      ofTable.map(({ name, cpuMsPerCall }) => ({
        what: `${title}, ${name}`,
        unit: "ms",
        value: cpuMsPerCall,
      })),
    );
    const bounds = judgeLoadFloors(report).map(({ what, unit, measured }) => ({
      what,
      unit,
      value: measured,
    }));
    return [...rows, ...bounds];
  }
  const timings = report.questions.flatMap(({ title, timings: ofQuestion }) =>
    ofQuestion.map(({ name, nsPerDecision }) => ({
      what: `${title}, ${name}`,
      unit: "ns",
      value: nsPerDecision,
    })),
  );
  const floors = judgeFloors(report).map((floor) => ({
    what: `${floor.question}, ${floor.candidate} / ${floor.rival}`,
    unit: "atLeast" in floor ? "x as fast" : "x the time",
    value: floor.measured,
  }));
  return [...timings, ...floors];
}

function shown(value: number, unit: string): string {
  const digits = Math.abs(value) < 100 ? 2 : 0;
  const number = value.toLocaleString("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return unit.startsWith("x") ? `${number}${unit}` : `${number} ${unit}`;
}

function row(what: string, before: string, after: string, ratio: string): string {
  return `${what.padEnd(76)}${before.padStart(18)}${after.padStart(18)}${ratio.padStart(14)}`.trimEnd();
}
