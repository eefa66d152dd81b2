import { createColors } from "picocolors";
import type { MeterSnapshot } from "./trunk-meter.ts";
import { duration, formatTrunkTable, percent, rowsOf, type TrunkColumn } from "./trunk-table.ts";

const COLUMNS: readonly TrunkColumn[] = [
  { head: "attempts", cell: ({ attempts }) => String(attempts) },
  { head: "answered", cell: ({ ended }) => String(ended.answered) },
  { head: "failed", cell: ({ ended }) => String(ended.failed) },
  { head: "timed out", cell: ({ ended }) => String(ended["timed-out"]) },
  { head: "cancelled", cell: ({ ended }) => String(ended.cancelled) },
  { head: "refused", cell: ({ refused }) => String(refused) },
  { head: "peak", cell: ({ callsPeak }) => String(callsPeak) },
  { head: "ASR", cell: (figures) => percent(figures.answerSeizureRatio) },
  { head: "NER", cell: (figures) => percent(figures.networkEffectivenessRatio) },
  { head: "PDD p50", cell: ({ postDialDelay }) => duration(postDialDelay.p50) },
  { head: "PDD p99", cell: ({ postDialDelay }) => duration(postDialDelay.p99) },
  {
    head: "MOS",
    cell: ({ speech: { meanOpinionScore: score } }) => (score === null ? "-" : score.toFixed(2)),
  },
];

/** What each trunk did in a run, and a closing line. `answered` + `failed` + `timed out` + `cancelled` = attempts. */
export function formatSummary(snapshot: MeterSnapshot, color: boolean): string {
  const { total, seconds } = snapshot;
  const table = formatTrunkTable(rowsOf(snapshot), COLUMNS, createColors(color));
  const rate = seconds > 0 ? (total.attempts / seconds).toFixed(1) : "0.0";
  const still = total.callsNow === 0 ? "" : `, ${total.callsNow} not ended`;
  const closing = `${total.attempts} calls in ${seconds.toFixed(1)} s (${rate}/s, at most ${total.callsPerSecondPeak} in a second)${still}`;
  return total.attempts === 0 ? `${closing}\n` : `${table}\n${closing}\n`;
}
