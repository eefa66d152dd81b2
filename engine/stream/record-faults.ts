/**
 * What can be wrong with a record whose fields were read, in words for the person who wrote it. Deciding
 * a stream and placing its calls say the same of the same line.
 *
 * @module
 */
import { CALL_KINDS } from "../model/call.ts";
import { readOriginalCaller } from "../model/original-caller.ts";
import { UNKNOWN_KIND } from "./caller-cache.ts";
import type { DialedRecord, FieldRange } from "./dialed-record.ts";
import type { InputFaultCode } from "./input-fault.ts";
import { decodeForShow, isPlainText, whyNotText } from "./input-text.ts";

/** What is wrong with one field of a record. */
export interface FieldFault {
  readonly code: InputFaultCode;
  readonly field: FieldRange;
  readonly what: string;
  readonly hint: string;
  /** The user that is not known, so that a near name can be offered; else `null`. */
  readonly user: string | null;
}

/**
 * The first thing that keeps a record from being used; `null` = nothing, and nothing was allocated.
 *
 * @param kindAt - Place of the call's kind in {@link CALL_KINDS}, or `UNKNOWN_KIND`.
 * @param hide - `null` = the field says neither yes nor no.
 */
export function fieldFault(
  record: DialedRecord,
  kindAt: number,
  hide: boolean | null,
): FieldFault | null {
  const { bytes, dialed, kind, hideCallerId } = record;
  if (dialed.end <= dialed.start) {
    return malformed(dialed, "the line holds no number", "write a number, or take it out");
  }
  if (!isPlainText(bytes, dialed.start, dialed.end)) {
    const why = whyNotText(bytes.subarray(dialed.start, dialed.end));
    if (why !== null) {
      return malformed(dialed, `the number holds ${why}`, "save the input as UTF-8 text");
    }
  }
  if (kindAt === UNKNOWN_KIND) {
    const what = `kind ${quoted(record, kind)} is not known`;
    return malformed(kind, what, `write one of ${CALL_KINDS.join(", ")}`);
  }
  if (hide === null) {
    const what = `hide_caller_id ${quoted(record, hideCallerId)} says neither yes nor no`;
    return malformed(hideCallerId, what, "write true or false");
  }
  return originalCallerFault(record);
}

function originalCallerFault(record: DialedRecord): FieldFault | null {
  const text = textOf(record, record.originalCaller);
  if (text === null || text.trim() === "" || readOriginalCaller(text) !== null) return null;
  const what = `original_caller ${clipped(text)} is no number with its country code`;
  return malformed(record.originalCaller, what, "write it as +14255550123, or anonymous");
}

/** Who called first, as the record says, else by default; for a record without faults. */
export function originalCallerOf(record: DialedRecord, byDefault: string | null): string | null {
  const text = textOf(record, record.originalCaller);
  return (text === null ? null : readOriginalCaller(text)) ?? byDefault;
}

function malformed(field: FieldRange, what: string, hint: string): FieldFault {
  return { code: "INPUT_MALFORMED", field, what, hint, user: null };
}

/** The report about a number that normalisation cannot make anything of. */
export function notDialable(record: DialedRecord): FieldFault {
  const field = record.dialed;
  const what = `${quoted(record, field)} is no number that can be dialed`;
  const hint = "write up to 20 digits, * or #, behind a + for an international number";
  return { code: "NUMBER_NOT_DIALABLE", field, what, hint, user: null };
}

/** The report about a caller who is nobody of the tenant; `null` = the line names nobody. */
export function unknownUser(record: DialedRecord, user: string | null): FieldFault {
  const code = "USER_UNKNOWN";
  const field = record.user;
  if (user === null) {
    const hint = "fill in the user column, or give --user for all such lines";
    return { code, field, what: "the line names no user", hint, user };
  }
  const hint = "name a user of the tenant by the user principal name";
  return { code, field, what: `user ${clipped(user)} is not in the tenant`, hint, user };
}

/** The report about a network site that the tenant does not have: the call is decided as if at none. */
export function unknownSite(record: DialedRecord): FieldFault {
  const field = record.site;
  const what = `network site ${quoted(record, field)} is not in the tenant`;
  const hint = "name a network site of the tenant, or leave the field empty";
  return { code: "SITE_UNKNOWN", field, what, hint, user: null };
}

/** Where a field stands in the chunk; the record's start when its text was unescaped. */
export function positionOf(record: DialedRecord, field: FieldRange, chunk: Uint8Array): number {
  return record.bytes === chunk && field.start >= 0 ? field.start : record.start;
}

/** The text of a field; `null` = the record lacks it, or it is empty. */
export function textOf(record: DialedRecord, { start, end }: FieldRange): string | null {
  return end <= start ? null : decodeForShow(record.bytes.subarray(start, end));
}

function quoted(record: DialedRecord, field: FieldRange): string {
  return clipped(textOf(record, field) ?? "");
}

/** In quotes, not longer than a line of a terminal bears. */
function clipped(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
