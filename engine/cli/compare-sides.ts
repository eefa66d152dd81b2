import { createReadStream } from "node:fs";
import { access, constants } from "node:fs/promises";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import {
  CallReconciliation,
  type Finding,
  isConserved,
  type Reconciliation,
  type SideCounts,
} from "../exchange/reconcile-calls.ts";
import type {
  CallDetailRecord,
  OperatorCallRecord,
  OperatorCallResult,
} from "../model/call-detail-record.ts";
import { EngineError } from "../model/engine-error.ts";
import { whyUnreadable } from "../model/file-failure.ts";
import { printableLine } from "../model/printable-line.ts";
import { type Problem, problem } from "../model/problem.ts";

/**
 * Holds the caller's records against those that the operators' side wrote, call by call.
 *
 * @module
 */

/** Findings that are told one by one; all are counted. */
const MAX_FINDINGS_TOLD = 20;
/** What is told first: what cannot both be true, then what one side lacks, then what losses explain. */
const TELLING_ORDER: readonly Finding["kind"][] = [
  "result-differs",
  "duplicate",
  "only-at-caller",
  "only-at-operator",
  "duration-differs",
  "unheard",
];
/** How long records of a trunk-sim that still runs may take to reach its file. */
const LATE_SECONDS = 3;
const LOOK_AGAIN_SECONDS = 0.25;

/** What both sides say, and the first of what they do not agree on. */
export interface Agreement {
  readonly reconciliation: Reconciliation;
  readonly findings: readonly Finding[];
  /** Every INVITE that arrived is on both sides, once, with the same result. */
  readonly isComplete: boolean;
}

/**
 * Whether the operators' file, if there is one, can be read: asked before any call, since after a long
 * run it would be too late to say so.
 *
 * @problem FILE_UNREADABLE
 */
export async function checkOperatorFile(file: string | null): Promise<readonly Problem[]> {
  if (file === null) return [];
  try {
    await access(file, constants.R_OK);
    return [];
  } catch (error) {
    const what = `${file} cannot be read: ${whyUnreadable(error)}`;
    const hint = "name the file that trunk-sim writes, by its --cdr";
    return [problem("FILE_UNREADABLE", what, hint)];
  }
}

/**
 * Compares with a file of records, which may still be written to: what is missing is waited for a little.
 *
 * @param since - Records of calls received before this moment are somebody else's; milliseconds.
 * @throws EngineError `ENGINE_FILE_UNREADABLE`
 */
export async function compareSides(
  records: readonly CallDetailRecord[],
  operatorFile: string,
  since: number,
): Promise<Agreement> {
  const until = Date.now() + LATE_SECONDS * 1000;
  for (;;) {
    const agreement = await compareOnce(records, operatorFile, since);
    const { total } = agreement.reconciliation;
    const isAllThere = total.findings.matched === total.caller.sent && agreement.isComplete;
    if (isAllThere || Date.now() > until) return agreement;
    await sleep(LOOK_AGAIN_SECONDS * 1000);
  }
}

async function compareOnce(
  records: readonly CallDetailRecord[],
  operatorFile: string,
  since: number,
): Promise<Agreement> {
  const found = new Map(TELLING_ORDER.map((kind) => [kind, [] as Finding[]]));
  const comparison = new CallReconciliation((finding) => {
    const alike = found.get(finding.kind);
    if (alike !== undefined && alike.length < MAX_FINDINGS_TOLD) alike.push(finding);
  });
  for (const record of records) comparison.addCall(record);
  for await (const record of operatorRecords(operatorFile)) {
    if (Date.parse(record.receivedAt) >= since) comparison.addOperatorRecord(record);
  }
  const reconciliation = comparison.finish();
  const findings = [...found.values()].flat().slice(0, MAX_FINDINGS_TOLD);
  const { total } = reconciliation;
  // WHY lengths may differ: on a lossy trunk a BYE takes seconds to come through.
  const { matched, unheard, "duration-differs": longer } = total.findings;
  const isComplete = isConserved(total) && matched + unheard + longer === total.caller.sent;
  return { reconciliation, findings, isComplete };
}

/** One record a line; a last line that is still being written is left for the next look. */
async function* operatorRecords(file: string): AsyncGenerator<OperatorCallRecord> {
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  let bad: string | null = null;
  try {
    for await (const line of lines) {
      if (bad !== null) throw notRecords(file, bad);
      const record = parseRecord(line);
      if (record === null) bad = line;
      else yield record;
    }
  } catch (error) {
    if (error instanceof EngineError) throw error;
    const message = `${file} cannot be read: ${whyUnreadable(error)}`;
    throw new EngineError("ENGINE_FILE_UNREADABLE", message, { cause: error });
  }
}

function parseRecord(line: string): OperatorCallRecord | null {
  try {
    const value = JSON.parse(line) as Partial<OperatorCallRecord> | null;
    const isRecord =
      typeof value?.callId === "string" &&
      typeof value.receivedAt === "string" &&
      typeof value.result === "string" &&
      Object.hasOwn(OPERATOR_RESULTS, value.result);
    return isRecord ? (value as OperatorCallRecord) : null;
  } catch {
    return null;
  }
}

const OPERATOR_RESULTS: Readonly<Record<OperatorCallResult, true>> = {
  answered: true,
  failed: true,
  "timed-out": true,
  cancelled: true,
};

function notRecords(file: string, line: string): EngineError {
  const what = `${file} holds a line that is no call record of trunk-sim: ${line.slice(0, 80)}`;
  return new EngineError("ENGINE_FILE_UNREADABLE", what);
}

/** The sentence that says whether every call sent was accounted for, and what was not, a line each. */
export function agreementLines({ reconciliation, findings, isComplete }: Agreement): string[] {
  const { caller, operator, findings: counts } = reconciliation.total;
  const lines = findings.map(
    ({ kind, trunk, callId, what }) => `${kind} ${trunk} ${callId}: ${what}`,
  );
  const told = Object.entries(counts).filter(([kind]) => kind !== "matched");
  const more = told.reduce((sum, [, count]) => sum + count, 0) - findings.length;
  if (more > 0) lines.push(`and ${more} more`);
  if (counts.unheard > 0) {
    const whose = counts.unheard === 1 ? "INVITE never reached its" : "INVITEs never reached their";
    lines.push(`${counts.unheard} ${whose} trunk`);
  }
  const longer = counts["duration-differs"];
  const lengths = longer === 0 ? "" : `, but for the length of ${longer}`;
  const verdict = isComplete
    ? `both sides agree on every call${counts.unheard > 0 ? " that arrived" : ""}${lengths}`
    : `the operators' side: ${conservation(operator)}`;
  return [...lines.map(printableLine), `${conservation(caller)}; ${verdict}`];
}

/** `sent N = answered A + failed F + timed out T`. */
function conservation({ sent, answered, failed, timedOut, cancelled }: SideCounts): string {
  const parts = [`answered ${answered}`, `failed ${failed}`, `timed out ${timedOut}`];
  if (cancelled > 0) parts.push(`given up ${cancelled}`);
  return `sent ${sent} = ${parts.join(" + ")}`;
}

/** The comparison as plain data, for `--json`. */
export function agreementRecord({ reconciliation, findings, isComplete }: Agreement): object {
  return { agree: isComplete, ...reconciliation.total, differences: findings };
}
