import pc from "picocolors";
import type { CallAttempt, CallDetailRecord, CallQuality } from "../model/call-detail-record.ts";
import { printableLine } from "../model/printable-line.ts";

/**
 * One placed call as lines of text: where it was sent, each attempt with what came of it, how it ended.
 *
 * @module
 */

/** The lines, without line ends; the last one says how it ended. */
export function callLines(record: CallDetailRecord): string[] {
  const lines = [headLine(record)];
  const { policy, usage, route } = record;
  if (route !== null) lines.push(`  route "${route}" of usage "${usage}" in policy "${policy}"`);
  for (const [i, attempt] of record.attempts.entries()) {
    const isAgain = record.attempts[i + 1]?.trunk === attempt.trunk;
    lines.push(...attemptLines(attempt, i + 1, isAgain));
  }
  lines.push(endLine(record));
  return lines.map(printableLine);
}

/** The last line of a record in the colour of how it ended, where it goes to a terminal. */
export function colourOf(
  record: CallDetailRecord,
  { isTTY }: { readonly isTTY?: boolean },
): (text: string) => string {
  if (!pc.isColorSupported || isTTY !== true) return String;
  return record.result === "answered" ? pc.green : pc.red;
}

function headLine(record: CallDetailRecord): string {
  const { dialed, number, kind, user, callerId } = record;
  const typed = number === null || number === dialed ? "" : ` (typed ${dialed})`;
  const shown = callerId === null ? "" : `, shown as ${callerId}`;
  return `${number ?? dialed}${typed} ${kind} by ${user}${shown}`;
}

function attemptLines(attempt: CallAttempt, place: number, isAgain: boolean): string[] {
  const owner = attempt.operator === null ? "" : ` of ${attempt.operator}`;
  const lines = [`${place}. ${attempt.trunk}${owner}: ${progressOf(attempt)}`];
  if (attempt.reason !== null) lines.push(`   reason: ${attempt.reason}`);
  const next = isAgain ? "the same trunk again" : "next trunk";
  if (attempt.failover !== null) lines.push(`   ${next}, because of: ${attempt.failover}`);
  return lines;
}

function progressOf(attempt: CallAttempt): string {
  const ringing =
    attempt.ringingAt === null
      ? ""
      : `ringing after ${between(attempt.invitedAt, attempt.ringingAt)}, `;
  return `${ringing}${outcomeOf(attempt)}`;
}

function outcomeOf(attempt: CallAttempt): string {
  const { outcome, status, phrase, invitedAt, endedAt } = attempt;
  switch (outcome) {
    case "answered":
      return "answered";
    case "rejected":
      return `${said(status, phrase)} after ${between(invitedAt, endedAt)}`;
    case "no-response":
      return `no answer to the INVITE in ${between(invitedAt, endedAt)}`;
    case "transport-failed":
      return `could not be sent${phrase === null ? "" : `: ${phrase}`}`;
    case "cancelled":
      return `given up after ${between(invitedAt, endedAt)}`;
    case "not-attempted":
      return `passed over${phrase === null ? "" : `: ${phrase}`}`;
  }
}

function endLine(record: CallDetailRecord): string {
  const { result, trunk, status, phrase, blockReason, decision } = record;
  switch (result) {
    case "answered":
      return answeredLine(record);
    case "failed":
      return `failed: ${said(status, phrase) || "no trunk could be tried"}`;
    case "timed-out":
      return `timed out${trunk === null ? "" : ` at ${trunk}`}: nobody answered`;
    case "cancelled":
      return "given up by the caller";
    case "not-placed":
      return decision === "blocked"
        ? `not placed: blocked, ${blockReason}`
        : `not placed: the call goes to ${decision === "on-net" ? "a number of the tenant itself" : "Microsoft's own network"}`;
  }
}

function answeredLine(record: CallDetailRecord): string {
  const { trunk, durationSeconds, hangUpSide, postDialDelaySeconds, quality } = record;
  const parts = [`answered by ${trunk}`];
  if (postDialDelaySeconds !== null) {
    parts.push(`post-dial delay ${postDialDelaySeconds.toFixed(3)} s`);
  }
  const end = hangUpSide === null ? "ended by the network" : `hung up by the ${hangUpSide}`;
  parts.push(`${durationSeconds.toFixed(3)} s, ${end}`);
  if (quality !== null) parts.push(qualityText(quality));
  return parts.join("; ");
}

function qualityText(quality: CallQuality): string {
  const { meanOpinionScore, lossRatio, jitterMilliseconds, source } = quality;
  const loss = `${(100 * lossRatio).toFixed(1)} % lost`;
  return `MOS ${meanOpinionScore.toFixed(2)} (${source}: ${loss}, jitter ${jitterMilliseconds.toFixed(1)} ms)`;
}

/** Status and phrase, as far as there are any. */
function said(status: number | null, phrase: string | null): string {
  return [status, phrase].filter((part) => part !== null && part !== "").join(" ");
}

/** Seconds from one time of a record to another. */
function between(from: string, to: string): string {
  return `${((Date.parse(to) - Date.parse(from)) / 1000).toFixed(3)} s`;
}
