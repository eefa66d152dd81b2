import type { OperatorCallRecord } from "../../engine/model/call-detail-record.ts";
import type { Refusal } from "../sim-event.ts";
import type { CallScript } from "./call-script.ts";
import type { CallParties } from "./live-call.ts";

/** What was decided for a call. */
export interface DecidedCall {
  readonly parties: CallParties;
  /** `null` = it was refused or ignored before one was drawn. */
  readonly script: CallScript | null;
  readonly refusedBecause: Refusal | null;
}

/** Digits of the count of a pair, so that lines sort by it. */
const COUNT_DIGITS = 6;

/** One call as a line: who called whom for the how many-th time, what was decided, what became of it. */
export function transcriptLine(call: DecidedCall, record: OperatorCallRecord): string {
  const { calledNumber, callingNumber, nth } = call.parties;
  const count = String(nth + 1).padStart(COUNT_DIGITS, "0");
  const status = record.status ?? "none";
  const side = record.hangUpSide === null ? "" : ` by ${record.hangUpSide}`;
  const decided = call.script === null ? refusal(call) : scriptText(call.script);
  return `${record.trunk} ${word(calledNumber)} ${word(callingNumber)} ${count} ${decided} -> ${record.result} ${status}${side}`;
}

function refusal({ refusedBecause }: DecidedCall): string {
  return refusedBecause === null ? "ignored" : `refused ${refusedBecause}`;
}

function scriptText(script: CallScript): string {
  const { trying, progress, progressAfter, reliable, final, finalAfter, calleeHangsUpAfter } =
    script;
  const steps: string[] = trying ? ["100"] : [];
  if (progress !== null) steps.push(`${progress}${reliable ? "rel" : ""}@${progressAfter}`);
  if (final !== null) steps.push(`${final}@${finalAfter}`);
  if (calleeHangsUpAfter !== null) steps.push(`BYE@+${calleeHangsUpAfter}`);
  return steps.length === 0 ? "nothing" : steps.join(" ");
}

/** A number from the wire as one word. */
function word(text: string): string {
  return text === "" ? "-" : text.replace(/[^0-9A-Za-z+*#._-]/g, "?");
}
