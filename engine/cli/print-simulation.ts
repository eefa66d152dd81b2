import { type Agreement, agreementLines, agreementRecord } from "./compare-sides.ts";
import { formatLoadSummary, loadSummaryRecord } from "./print-load-summary.ts";
import type { SimulateOptions } from "./simulate-options.ts";
import type { PlacedLoad } from "./simulate-run.ts";

/**
 * Tells what a run came to: as text on stdout, or on stderr where stdout carries records or JSON and the
 * table was asked for; as JSON with `--json`.
 */
export function tellSimulation(
  options: SimulateOptions,
  placed: PlacedLoad,
  agreement: Agreement | null,
): void {
  const { common, sip, summary } = options;
  const isStdoutTaken = common.json || sip.cdr === "-";
  if (common.json && sip.cdr !== "-") process.stdout.write(`${jsonText(placed, agreement)}\n`);
  const text = plainText(placed, agreement);
  if (!isStdoutTaken) process.stdout.write(text);
  else if (summary && !common.quiet) process.stderr.write(text);
}

function plainText(
  { result, badLines, leftOver }: PlacedLoad,
  agreement: Agreement | null,
): string {
  const lines: string[] = [];
  if (badLines > 0) lines.push(`${badLines} line${badLines === 1 ? " was" : "s were"} bad`);
  if (leftOver > 0) lines.push(`${leftOver} transactions or dialogs were left over`);
  if (agreement !== null) lines.push(...agreementLines(agreement));
  return [formatLoadSummary(result), ...lines.map((line) => `${line}\n`)].join("");
}

function jsonText(placed: PlacedLoad, agreement: Agreement | null): string {
  const reconciliation = agreement === null ? null : agreementRecord(agreement);
  const { badLines, leftOver, result } = placed;
  return JSON.stringify(
    { ...loadSummaryRecord(result), badLines, leftOver, reconciliation },
    null,
    2,
  );
}
