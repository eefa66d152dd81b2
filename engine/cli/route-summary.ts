import Table from "cli-table3";
import { DECISION_OUTCOMES } from "../model/decision.ts";
import type { StreamSummary } from "../stream/route-stream.ts";

type SummaryLine = StreamSummary["tally"][number];

/**
 * The table by outcome and operator, most calls first within an outcome, how many calls the tables alone could not
 * decide, and the closing line.
 */
export function formatRouteSummary(summary: StreamSummary, seconds: number): string {
  const table = new Table({
    head: ["outcome", "operator", "reason", "numbers", "share"],
    colAligns: ["left", "left", "left", "right", "right"],
    style: { head: [], border: [] },
    // One line a row: no rules between them.
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  const order = (line: SummaryLine): number => DECISION_OUTCOMES.indexOf(line.outcome);
  const lines = summary.tally
    .filter((line) => line.count > 0)
    .sort((a, b) => order(a) - order(b) || b.count - a.count || (nameOf(a) < nameOf(b) ? -1 : 1));
  for (const { outcome, operator, reason, count } of lines) {
    const share = `${((100 * count) / summary.rows).toFixed(1)} %`;
    table.push([outcome, operator ?? "", reason ?? "", String(count), share]);
  }
  const rate = seconds > 0 ? Math.round(summary.rows / seconds) : summary.rows;
  const closing = `routed ${summary.rows} numbers in ${seconds.toFixed(2)} s (${rate}/s)`;
  if (lines.length === 0) return `${closing}\n`;
  const exact = `decided step by step, not by tables alone: ${summary.exactCalls}`;
  return `${table.toString()}\n${exact}\n${closing}\n`;
}

function nameOf({ operator, reason }: SummaryLine): string {
  return operator ?? reason ?? "";
}
