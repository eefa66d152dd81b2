import { printableLine } from "../model/printable-line.ts";

/**
 * The Reason header (RFC 3326): why a call was refused or ended, in the words of SIP or of ISDN.
 *
 * @module
 */

const MAX_REASONS = 4;
const MAX_TEXT_LENGTH = 80;
/** Those of standards and of our own failures are shorter. */
const MAX_PHRASE_LENGTH = 160;
const REASON = /^([A-Za-z0-9.!%*_+`'~-]{1,20})[ \t]*(;.*)?$/;
const CAUSE = /;[ \t]*cause[ \t]*=[ \t]*(\d{1,3})[ \t]*(?:;|$)/i;
const TEXT = /;[ \t]*text[ \t]*=[ \t]*"((?:[^"\\]|\\.){0,400})"/i;

/**
 * The reasons among some header values, each as `Q.850;cause=16;text="Normal call clearing"`, with `, `
 * between; `null` = none can be read. Parameters that RFC 3326 does not name are left out, long texts cut.
 */
export function readReasons(values: readonly string[]): string | null {
  const reasons = values.slice(0, MAX_REASONS).flatMap((value) => readReason(value) ?? []);
  return reasons.length === 0 ? null : reasons.join(", ");
}

/** A reason phrase of anybody's as one short line of text; `null` = it says nothing. */
export function readPhrase(phrase: string | null): string | null {
  const line = printableLine(phrase ?? "").trim();
  if (line.length <= MAX_PHRASE_LENGTH) return line === "" ? null : line;
  return `${line.slice(0, MAX_PHRASE_LENGTH - 1)}…`;
}

function readReason(value: string): string | null {
  const [, protocol, parameters = ""] = REASON.exec(value.trim()) ?? [];
  if (protocol === undefined) return null;
  const cause = CAUSE.exec(parameters)?.[1];
  const text = TEXT.exec(parameters)?.[1]
    ?.replace(/\\(.)/g, "$1")
    .replace(/["\\\p{Cc}]/gu, "")
    .slice(0, MAX_TEXT_LENGTH);
  if (cause === undefined && text === undefined) return null;
  const words = [protocol];
  if (cause !== undefined) words.push(`cause=${Number(cause)}`);
  if (text !== undefined) words.push(`text="${text}"`);
  return words.join(";");
}

/** What the caller's end says when it hangs up. */
export const NORMAL_CLEARING = 'Q.850;cause=16;text="Normal call clearing"';
/** When the trunk left the INVITE without an answer. */
export const NO_RESPONSE = 'SIP;cause=408;text="No response in time"';
/** When nobody picked up. */
export const NO_ANSWER = 'Q.850;cause=19;text="No answer from user"';
/** When the caller gave up. */
export const GIVEN_UP = 'SIP;cause=487;text="Caller gave up"';
