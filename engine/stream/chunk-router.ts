/**
 * Routes one chunk of whole records: reads each, decides it, writes its row. The same code runs in a
 * worker and inline, so that the number of workers cannot change a byte.
 *
 * @module
 */
import { CALL_KINDS } from "../model/call.ts";
import { refusedOutline } from "../route/outline.ts";
import type { Router } from "../route/router.ts";
import { kindIndex, readFlag } from "./call-fields.ts";
import { type Caller, CallerCache, UNKNOWN_KIND } from "./caller-cache.ts";
import { DecisionRows } from "./decision-rows.ts";
import type { DialedRecord, RecordReader } from "./dialed-record.ts";
import { FaultLog } from "./fault-log.ts";
import { IndexCache } from "./index-cache.ts";
import type { InputFault, InputFaultCode } from "./input-fault.ts";
import { decodeForShow } from "./input-text.ts";
import { LinesReader } from "./lines-reader.ts";
import type { OutputBytes } from "./output-bytes.ts";
import { placeInChunk } from "./place-in-chunk.ts";
import { PlainLines } from "./plain-lines.ts";
import { readerFor } from "./reader-for.ts";
import {
  type FieldFault,
  fieldFault,
  notDialable,
  originalCallerOf,
  positionOf,
  textOf,
  unknownSite,
  unknownUser,
} from "./record-faults.ts";
import type { RowFormat } from "./row-format.ts";
import { rowFormatOf } from "./row-formats.ts";
import type { CallDefaults, StreamSetup } from "./stream-setup.ts";
import { ChunkTally, type TallyLine } from "./tally.ts";

/** What came of one chunk besides its rows. */
export interface ChunkReport {
  readonly rows: number;
  readonly lines: number;
  /** See {@link Router.exactCalls}. */
  readonly exactCalls: number;
  readonly tally: readonly TallyLine[];
  readonly faults: readonly InputFault[];
  readonly faultCounts: readonly (readonly [InputFaultCode, number])[];
}

const encoder = new TextEncoder();
const MALFORMED = refusedOutline("INPUT_MALFORMED");
const UNKNOWN_USER = refusedOutline("USER_UNKNOWN");
const UNDIALABLE = refusedOutline("NUMBER_NOT_DIALABLE");

/** See the module comment. */
export class ChunkRouter {
  readonly #router: Router;
  readonly #reader: RecordReader;
  readonly #format: RowFormat;
  readonly #rows: DecisionRows;
  readonly #tally = new ChunkTally();
  readonly #callers: CallerCache;
  readonly #gateways: IndexCache;
  readonly #sites: IndexCache;
  readonly #defaults: CallDefaults;
  readonly #defaultCaller: Caller;
  readonly #defaultKind: number;
  /** Index of the router; -1 = none. */
  readonly #defaultGateway: number;
  readonly #defaultSite: number;
  /** Who called where the record cannot be read: known only when no record names its user. */
  readonly #unreadCaller: Caller;
  readonly #unreadKind: number;
  /** `null` = not all records differ in the number alone. */
  readonly #plain: PlainLines | null;
  readonly #faults: FaultLog;
  #chunk = new Uint8Array(0);
  #view: DataView = new DataView(this.#chunk.buffer);

  constructor(router: Router, setup: StreamSetup) {
    this.#router = router;
    this.#reader = readerFor(setup.input);
    this.#format = rowFormatOf(setup.output);
    this.#rows = new DecisionRows(this.#format, router, this.#tally);
    this.#callers = new CallerCache(this.#format, (upn) => router.callerIndex(upn));
    this.#gateways = new IndexCache((identity) => router.gatewayIndex(identity));
    this.#sites = new IndexCache((identity) => router.siteIndex(identity));
    this.#defaults = setup.defaults;
    this.#defaultCaller = this.#callers.callerFor(setup.defaults.user);
    this.#defaultKind = CALL_KINDS.indexOf(setup.defaults.kind);
    const { ingressTrunk, site } = setup.defaults;
    this.#defaultSite = site === null ? -1 : router.siteIndex(site);
    this.#defaultGateway = ingressTrunk === null ? -1 : router.gatewayIndex(ingressTrunk);
    const isLines = setup.input.format === "lines";
    this.#unreadCaller = isLines ? this.#defaultCaller : this.#callers.callerFor(null);
    this.#unreadKind = isLines ? this.#defaultKind : UNKNOWN_KIND;
    this.#plain = isLines ? this.#plainLines(setup.defaults) : null;
    this.#faults = new FaultLog(setup.allFaults);
  }

  #plainLines({ kind, hideCallerId, originalCaller }: CallDefaults): PlainLines | null {
    const { index: caller, user } = this.#defaultCaller;
    if (caller < 0 || originalCaller !== null) return null;
    return new PlainLines(this.#router, this.#format, this.#tally, {
      caller,
      gateway: this.#defaultGateway,
      site: this.#defaultSite,
      kind,
      hideCallerId,
      callerPart: this.#format.formatCaller(user, kind),
    });
  }

  /** Routes the records of the chunk in order and appends a row each to `out`. */
  route(chunk: Uint8Array, out: OutputBytes): ChunkReport {
    const reader = this.#reader;
    this.#chunk = chunk as Uint8Array<ArrayBuffer>;
    this.#view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    reader.open(chunk);
    this.#rows.open(chunk, this.#view);
    const exactBefore = this.#router.exactCalls;
    const isPlain = this.#plain !== null && reader instanceof LinesReader;
    const rows = isPlain ? this.#routeLines(this.#plain, reader, out) : this.#routeRecords(out);
    const { faults, counts } = this.#faults.take();
    const tally = this.#tally.take();
    const exactCalls = this.#router.exactCalls - exactBefore;
    return { rows, lines: reader.lines, exactCalls, tally, faults, faultCounts: counts };
  }

  /** Routes all records of the chunk and gives how many there were. */
  #routeRecords(out: OutputBytes): number {
    const reader = this.#reader;
    let rows = 0;
    for (; reader.next(); rows++) this.#routeRecord(reader.record, out);
    return rows;
  }

  /** The same for lines, of which nearly all are plain. */
  #routeLines(plain: PlainLines, reader: LinesReader, out: OutputBytes): number {
    plain.open(this.#chunk, this.#view);
    for (;;) {
      const at = plain.route(out, reader.at);
      reader.skip(at, plain.routed);
      if (!reader.next()) return reader.lines;
      this.#routeRecord(reader.record, out);
    }
  }

  #routeRecord(record: DialedRecord, out: OutputBytes): void {
    const { fault } = record;
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
    const wrong = fieldFault(record, kindAt, hide);
    if (wrong !== null) {
      this.#fieldFault(record, wrong);
      this.#write(out, MALFORMED, record, caller, kindAt);
    } else if (caller.index < 0) {
      this.#fieldFault(record, unknownUser(record, caller.user));
      this.#write(out, UNKNOWN_USER, record, caller, kindAt);
    } else {
      this.#decide(record, caller, kindAt, hide === true, out);
    }
  }

  #decide(
    record: DialedRecord,
    caller: Caller,
    kindAt: number,
    hide: boolean,
    out: OutputBytes,
  ): void {
    const { bytes, dialed } = record;
    const kind = CALL_KINDS[kindAt] ?? this.#defaults.kind;
    const gateway = this.#gatewayOf(record);
    const { start, end } = dialed;
    const site = this.#siteOf(record);
    const originalCaller = originalCallerOf(record, this.#defaults.originalCaller);
    if (originalCaller !== null) {
      const decision = this.#router.decide({
        dialed: decodeForShow(bytes.subarray(start, end)),
        user: caller.user ?? "",
        kind,
        site: textOf(record, record.site) ?? this.#defaults.site,
        ingressTrunk: textOf(record, record.ingressTrunk) ?? this.#defaults.ingressTrunk,
        hideCallerId: hide,
        originalCaller,
      });
      if (decision.reason === "NUMBER_NOT_DIALABLE") this.#fieldFault(record, notDialable(record));
      this.#putCall(out, record, caller, kindAt);
      this.#rows.putDecision(out, decision);
      return;
    }
    const outline = this.#router.outlineBytes(
      caller.index,
      kind,
      hide,
      bytes,
      start,
      end,
      gateway,
      site,
    );
    if (outline === UNDIALABLE) this.#fieldFault(record, notDialable(record));
    this.#putCall(out, record, caller, kindAt);
    this.#rows.put(out, outline);
  }

  /** Writes the part of a row before the decision. */
  #putCall(out: OutputBytes, record: DialedRecord, caller: Caller, kindAt: number): void {
    const { start, end } = record.dialed;
    this.#rows.putNumbers(out, record.bytes, start, end);
    out.putPart(this.#callers.part(caller, kindAt));
  }

  #gatewayOf({ bytes, ingressTrunk: { start, end } }: DialedRecord): number {
    return end <= start ? this.#defaultGateway : this.#gateways.find(bytes, start, end);
  }

  /** Index of the router; -1 = none, or none that the tenant has. */
  #siteOf(record: DialedRecord): number {
    const { start, end } = record.site;
    if (end <= start) return this.#defaultSite;
    const site = this.#sites.find(record.bytes, start, end);
    if (site < 0) this.#fieldFault(record, unknownSite(record));
    return site;
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

  #fieldFault(record: DialedRecord, fault: FieldFault): void {
    const at = positionOf(record, fault.field, this.#chunk);
    this.#fault(record, fault.code, fault.what, fault.hint, at, fault.user);
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
    outline: number,
    record: DialedRecord | null,
    caller: Caller,
    kindAt: number,
  ): void {
    const shown = encoder.encode(record === null ? "" : (textOf(record, record.dialed) ?? ""));
    this.#format.putDialed(out, shown, 0, shown.length);
    this.#format.putNumber(out, shown, 0, 0);
    out.putPart(this.#callers.part(caller, kindAt));
    this.#rows.put(out, outline);
  }
}
