import Table from "cli-table3";
import type { LoadResult } from "../call/call-load.ts";
import type { LoadFigures, LoadSummary, TrunkFigures } from "../call/load-summary.ts";
import { printableLine } from "../model/printable-line.ts";

/**
 * What a load of calls came to: a table by operator and trunk, and the same as plain data.
 *
 * @module
 */

const HEAD = [
  "operator",
  "trunk",
  "INVITEs",
  "answered",
  "failed",
  "timed out",
  "failed over",
  "ASR",
  "NER",
  "PDD p50",
  "PDD p99",
];

/** The table by operator and trunk, what was not placed and why, and the closing line. */
export function formatLoadSummary(result: LoadResult): string {
  const { summary } = result;
  const lines = summary.trunks.length > 0 ? [trunkTable(summary)] : [];
  const passedOver = summary.trunks.filter(({ notAttempted }) => notAttempted > 0);
  for (const { trunk, notAttempted } of passedOver) {
    lines.push(`${trunk} was passed over ${notAttempted} times, being full or out of service`);
  }
  const notPlaced = [...summary.notPlaced].sort(([, one], [, other]) => other - one);
  for (const [why, count] of notPlaced) lines.push(`not placed: ${count} ${why}`);
  if (result.heldBack > 0) {
    lines.push(`${result.heldBack} calls were begun late: ${result.peakInFlight} were in progress`);
  }
  return `${[...lines, closingLine(result)].join("\n")}\n`;
}

function trunkTable({ calls, trunks }: LoadSummary): string {
  const table = new Table({
    head: HEAD,
    colAligns: HEAD.map((_, column) => (column < 2 ? "left" : "right")),
    style: { head: [], border: [] },
    // One line a row: no rules between them.
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  for (const figures of trunks) {
    table.push([
      printableLine(figures.operator ?? "(gateway)"),
      printableLine(figures.trunk),
      ...cells(figures),
    ]);
  }
  // WHY: a call that failed over sent several.
  const attempts = trunks.reduce((sum, figures) => sum + figures.attempts, 0);
  table.push(["all calls", "", ...cells({ ...calls, attempts })]);
  return table.toString();
}

function cells(figures: LoadFigures): string[] {
  const { attempts, answered, failed, timedOut, failovers, postDialDelayMs } = figures;
  return [
    ...[attempts, answered, failed, timedOut, failovers].map(String),
    percent(figures.answerSeizureRatio),
    percent(figures.networkEffectivenessRatio),
    milliseconds(postDialDelayMs?.p50),
    milliseconds(postDialDelayMs?.p99),
  ];
}

function percent(ratio: number | null): string {
  return ratio === null ? "" : `${(100 * ratio).toFixed(1)} %`;
}

function milliseconds(value: number | undefined): string {
  return value === undefined ? "" : `${Math.round(value)} ms`;
}

function closingLine({ placed, seconds, peakInFlight, summary }: LoadResult): string {
  const { answered, failed, timedOut, cancelled } = summary.calls;
  const notPlaced = [...summary.notPlaced.values()].reduce((sum, count) => sum + count, 0);
  const rate = seconds > 0 ? (placed / seconds).toFixed(1) : String(placed);
  const parts = [`answered ${answered}`, `failed ${failed}`, `timed out ${timedOut}`];
  if (cancelled > 0) parts.push(`given up ${cancelled}`);
  if (notPlaced > 0) parts.push(`not placed ${notPlaced}`);
  const how = `in ${seconds.toFixed(2)} s (${rate}/s, at most ${peakInFlight} at a time)`;
  return `placed ${placed} calls ${how}: ${parts.join(" + ")}`;
}

/** The result as plain data, as `--json` prints it; see docs/schema/load-summary.schema.json. */
export function loadSummaryRecord(result: LoadResult): Readonly<Record<string, unknown>> {
  const { summary, ...run } = result;
  return {
    ...run,
    calls: figuresRecord(summary.calls),
    notPlaced: Object.fromEntries(summary.notPlaced),
    trunks: summary.trunks.map(trunkRecord),
  };
}

function trunkRecord({ trunk, operator, notAttempted, ...figures }: TrunkFigures): object {
  return { trunk, operator, notAttempted, ...figuresRecord(figures) };
}

function figuresRecord({ statuses, ...figures }: LoadFigures): object {
  return { ...figures, statuses: Object.fromEntries(statuses) };
}
