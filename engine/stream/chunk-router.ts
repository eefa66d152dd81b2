/**
 * Routes one chunk of whole records: reads each, decides it, writes its row. The same code runs in a
 * worker and inline, so that the number of workers cannot change a byte.
 *
 * @module
 */
import { CALL_KINDS } from "../model/call.ts";
import type { RouteDecision } from "../model/decision.ts";
import type { Router } from "../route/create-router.ts";
import { kindIndex, readFlag } from "./call-fields.ts";
import { type Caller, CallerCache, UNKNOWN_KIND } from "./caller-cache.ts";
import { CsvReader } from "./csv-reader.ts";
import { blockedInput, DecisionRows } from "./decision-rows.ts";
import type { DialedRecord, FieldRange, RecordReader } from "./dialed-record.ts";
import { FaultLog } from "./fault-log.ts";
import type { InputFault, InputFaultCode } from "./input-fault.ts";
import { decodeForShow, isPlainText, whyNotText } from "./input-text.ts";
import { LinesReader } from "./lines-reader.ts";
import { NdjsonReader } from "./ndjson-reader.ts";
import type { OutputBytes } from "./output-bytes.ts";
import { placeInChunk } from "./place-in-chunk.ts";
import type { RowFormat } from "./row-format.ts";
import { rowFormatOf } from "./row-formats.ts";
import type { CallDefaults, InputSetup, StreamSetup } from "./stream-setup.ts";
import type { TallyLine } from "./tally.ts";

/** What came of one chunk besides its rows. */
export interface ChunkReport {
  readonly rows: number;
  readonly lines: number;
  readonly tally: readonly TallyLine[];
  readonly faults: readonly InputFault[];
  readonly faultCounts: readonly (readonly [InputFaultCode, number])[];
}

const encoder = new TextEncoder();
const MALFORMED = blockedInput("INPUT_MALFORMED");
const UNKNOWN_USER = blockedInput("USER_UNKNOWN");

function readerFor(input: InputSetup): RecordReader {
  if (input.format === "csv") return new CsvReader(input.layout);
  return input.format === "ndjson" ? new NdjsonReader() : new LinesReader();
}

/** See the module comment. */
export class ChunkRouter {
  readonly #router: Router;
  readonly #reader: RecordReader;
  readonly #format: RowFormat;
  readonly #rows: DecisionRows;
  readonly #callers: CallerCache;
  readonly #defaults: CallDefaults;
  readonly #defaultCaller: Caller;
  readonly #defaultKind: number;
  /** Index of the router; -1 = none. */
  readonly #defaultGateway: number;
  /** Who called where the record cannot be read: known only when no record names its user. */
  readonly #unreadCaller: Caller;
  readonly #unreadKind: number;
  readonly #faults: FaultLog;
  #chunk = new Uint8Array(0);

  constructor(router: Router, setup: StreamSetup) {
    this.#router = router;
    this.#reader = readerFor(setup.input);
    this.#format = rowFormatOf(setup.output);
    this.#rows = new DecisionRows(this.#format, router.revision);
    this.#callers = new CallerCache(this.#format, (upn) => router.callerIndex(upn));
    this.#defaults = setup.defaults;
    this.#defaultCaller = this.#callers.callerFor(setup.defaults.user);
    this.#defaultKind = CALL_KINDS.indexOf(setup.defaults.kind);
    const { ingressTrunk } = setup.defaults;
    this.#defaultGateway = ingressTrunk === null ? -1 : router.gatewayIndex(ingressTrunk);
    const isLines = setup.input.format === "lines";
    this.#unreadCaller = isLines ? this.#defaultCaller : this.#callers.callerFor(null);
    this.#unreadKind = isLines ? this.#defaultKind : UNKNOWN_KIND;
    this.#faults = new FaultLog(setup.allFaults);
  }

  /** Routes the records of the chunk in order and appends a row each to `out`. */
  route(chunk: Uint8Array, out: OutputBytes): ChunkReport {
    const reader = this.#reader;
    this.#chunk = chunk as Uint8Array<ArrayBuffer>;
    reader.open(chunk);
    let rows = 0;
    for (; reader.next(); rows++) this.#routeRecord(reader.record, out);
    const { faults, counts } = this.#faults.take();
    const tally = this.#rows.tally.take();
    return { rows, lines: reader.lines, tally, faults, faultCounts: counts };
  }

  #routeRecord(record: DialedRecord, out: OutputBytes): void {
    const { fault, dialed } = record;
    if (fault !== null) {
      this.#fault(record, fault.code, fault.what, fault.hint, fault.at);
      this.#write(out, MALFORMED, null, this.#unreadCaller, this.#unreadKind);
      return;
    }
    const caller = this.#callerOf(record);
    const { kind } = record;
    const kindAt =
      kind.end <= kind.start ? this.#defaultKind : kindIndex(record.bytes, kind.start, kind.end);
    const hide = this.#hideCallerId(record);
    if (!this.#isSound(record, kindAt, hide)) {
      this.#write(out, MALFORMED, record, caller, kindAt);
    } else if (caller.index < 0) {
      this.#unknownUser(record, caller);
      this.#write(out, UNKNOWN_USER, record, caller, kindAt);
    } else {
      const decision = this.#decide(record, caller, kindAt, hide === true);
      const row = this.#rows.rowOf(decision);
      row.tally.count++;
      if (decision.reason === "NUMBER_NOT_DIALABLE") this.#notDialable(record);
      this.#format.putDialed(out, record.bytes, dialed.start, dialed.end);
      const { numberBytes, numberStart, numberEnd } = this.#router;
      this.#format.putNumber(out, numberBytes, numberStart, numberEnd);
      out.put(this.#callers.part(caller, kindAt));
      out.put(row.bytes);
    }
  }

  #decide(record: DialedRecord, caller: Caller, kindAt: number, hide: boolean): RouteDecision {
    const { bytes, dialed } = record;
    const kind = CALL_KINDS[kindAt] ?? this.#defaults.kind;
    const site = textOf(record, record.site) ?? this.#defaults.site;
    const ingressTrunk = textOf(record, record.ingressTrunk);
    if (site === null) {
      const gateway =
        ingressTrunk === null ? this.#defaultGateway : this.#router.gatewayIndex(ingressTrunk);
      const { start, end } = dialed;
      return this.#router.decideBytes(caller.index, kind, hide, bytes, start, end, gateway);
    }
    return this.#router.decide({
      dialed: decodeForShow(bytes.subarray(dialed.start, dialed.end)),
      user: caller.user ?? "",
      kind,
      site,
      ingressTrunk: ingressTrunk ?? this.#defaults.ingressTrunk,
      hideCallerId: hide,
    });
  }

  #callerOf(record: DialedRecord): Caller {
    const { start, end } = record.user;
    return end <= start ? this.#defaultCaller : this.#callers.find(record.bytes, start, end);
  }

  /** `null` = the field says neither yes nor no. */
  #hideCallerId(record: DialedRecord): boolean | null {
    const { start, end } = record.hideCallerId;
    return end <= start ? this.#defaults.hideCallerId : readFlag(record.bytes, start, end);
  }

  /** Whether the fields can be used; reports the first one that cannot. */
  #isSound(record: DialedRecord, kindAt: number, hide: boolean | null): boolean {
    const { bytes, dialed, kind, hideCallerId } = record;
    if (dialed.end <= dialed.start) {
      this.#malformed(record, dialed, "the line holds no number", "write a number, or take it out");
      return false;
    }
    if (!isPlainText(bytes, dialed.start, dialed.end)) {
      const why = whyNotText(bytes.subarray(dialed.start, dialed.end));
      if (why !== null) {
        this.#malformed(record, dialed, `the number holds ${why}`, "save the input as UTF-8 text");
        return false;
      }
    }
    if (kindAt === UNKNOWN_KIND) {
      const what = `kind ${quoted(record, kind)} is not known`;
      this.#malformed(record, kind, what, `write one of ${CALL_KINDS.join(", ")}`);
      return false;
    }
    if (hide === null) {
      const what = `hide_caller_id ${quoted(record, hideCallerId)} says neither yes nor no`;
      this.#malformed(record, hideCallerId, what, "write true or false");
      return false;
    }
    return true;
  }

  #malformed(record: DialedRecord, field: FieldRange, what: string, hint: string): void {
    this.#fault(record, "INPUT_MALFORMED", what, hint, this.#positionOf(record, field));
  }

  #notDialable(record: DialedRecord): void {
    const hint = "write up to 20 digits, * or #, behind a + for an international number";
    const at = this.#positionOf(record, record.dialed);
    const what = `${quoted(record, record.dialed)} is no number that can be dialed`;
    this.#fault(record, "NUMBER_NOT_DIALABLE", what, hint, at);
  }

  #unknownUser(record: DialedRecord, caller: Caller): void {
    const at = this.#positionOf(record, record.user);
    if (caller.user === null) {
      const hint = "fill in the user column, or give --user for all such lines";
      this.#fault(record, "USER_UNKNOWN", "the line names no user", hint, at);
      return;
    }
    const what = `user ${clipped(caller.user)} is not in the tenant`;
    const hint = "name a user of the tenant by the user principal name";
    this.#fault(record, "USER_UNKNOWN", what, hint, at, caller.user);
  }

  /** Where a field stands in the chunk; the record's start when its text was unescaped. */
  #positionOf(record: DialedRecord, field: FieldRange): number {
    return record.bytes === this.#chunk && field.start >= 0 ? field.start : record.start;
  }

  #fault(
    record: DialedRecord,
    code: InputFaultCode,
    what: string,
    hint: string,
    at: number,
    user: string | null = null,
  ): void {
    this.#faults.add(code, () => {
      const { line, column } = placeInChunk(this.#chunk, record.start, at);
      return { code, what, hint, line: record.line + line, column, user };
    });
  }

  /** Writes the row of a record that is not decided, with what is known of it. */
  #write(
    out: OutputBytes,
    decision: RouteDecision,
    record: DialedRecord | null,
    caller: Caller,
    kindAt: number,
  ): void {
    const row = this.#rows.rowOf(decision);
    row.tally.count++;
    const shown = encoder.encode(record === null ? "" : (textOf(record, record.dialed) ?? ""));
    this.#format.putDialed(out, shown, 0, shown.length);
    this.#format.putNumber(out, shown, 0, 0);
    out.put(this.#callers.part(caller, kindAt));
    out.put(row.bytes);
  }
}

function textOf(record: DialedRecord, { start, end }: FieldRange): string | null {
  return end <= start ? null : decodeForShow(record.bytes.subarray(start, end));
}

function quoted(record: DialedRecord, field: FieldRange): string {
  return clipped(textOf(record, field) ?? "");
}

/** In quotes, not longer than a line of a terminal bears. */
function clipped(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
