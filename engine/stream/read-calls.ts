/**
 * Reads the calls of a stream one by one, for whoever places them and does not only decide them. The
 * same readers, the same places and the same words as when the stream is routed.
 *
 * @module
 */
import { CALL_KINDS, type Call } from "../model/call.ts";
import { CHUNK_BYTES, IDLE_FLUSH_MS } from "./budgets.ts";
import { kindIndex, readFlag } from "./call-fields.ts";
import type { DialedRecord, RecordReader } from "./dialed-record.ts";
import { FaultLog } from "./fault-log.ts";
import { inputChunks } from "./input-chunks.ts";
import type { OpenedInput } from "./input-head.ts";
import { placeInChunk } from "./place-in-chunk.ts";
import { readerFor } from "./reader-for.ts";
import { chunkCapacity, RecordCutter } from "./record-chunks.ts";
import {
  type FieldFault,
  fieldFault,
  originalCallerOf,
  positionOf,
  textOf,
  unknownSite,
  unknownUser,
} from "./record-faults.ts";
import type { StreamProblems } from "./stream-problems.ts";
import type { CallDefaults } from "./stream-setup.ts";

/** WHY: calls are placed at hundreds a second, not at millions; a quarter of a chunk is hours of them. */
const READ_BYTES = CHUNK_BYTES / 4;

/** An input whose calls are wanted. */
export interface CallReading {
  readonly input: OpenedInput;
  /** What a call is where its record does not say. */
  readonly defaults: CallDefaults;
  /** Whether a user is somebody of the tenant. */
  readonly knowsUser: (userPrincipalName: string) => boolean;
  readonly knowsSite: (identity: string) => boolean;
  /** Told what is wrong with records, in input order. */
  readonly problems: StreamProblems;
  readonly stop: AbortSignal;
}

/**
 * The calls of an input in its order, as fast as they are asked for. A malformed record gives no call; a
 * call of an unknown user is told and given, since deciding blocks it with that reason.
 */
export async function* readCalls(reading: CallReading): AsyncGenerator<Call> {
  const { input, problems, stop } = reading;
  const { setup, rest } = input;
  const takeBuffer = (): Uint8Array<ArrayBuffer> => new Uint8Array(chunkCapacity(READ_BYTES));
  const cutter = new RecordCutter(READ_BYTES, setup.format === "csv", takeBuffer);
  const reader = readerFor(setup);
  const faults = new FaultLog(false);
  for await (const chunk of inputChunks(rest, cutter, IDLE_FLUSH_MS, stop)) {
    reader.open(chunk);
    while (reader.next()) {
      const call = callOf(reading, reader, chunk, faults);
      if (call !== null) yield call;
    }
    const taken = faults.take();
    problems.add({
      lines: reader.lines,
      faults: taken.faults,
      faultCounts: taken.counts,
    });
  }
}

/** The call that a record asks for; `null` = it cannot be read. */
function callOf(
  { defaults, knowsUser, knowsSite }: CallReading,
  { record }: RecordReader,
  chunk: Uint8Array,
  faults: FaultLog,
): Call | null {
  const tell = (fault: FieldFault, at: number): void =>
    faults.add(fault.code, () => {
      const { line, column } = placeInChunk(chunk, record.start, at);
      const { code, what, hint, user } = fault;
      return { code, what, hint, line: record.line + line, column, user };
    });
  if (record.fault !== null) {
    tell({ ...record.fault, field: record.dialed, user: null }, record.fault.at);
    return null;
  }
  const kindAt = kindOf(record, defaults);
  const hide = hideOf(record, defaults);
  const wrong = fieldFault(record, kindAt, hide);
  if (wrong !== null) {
    tell(wrong, positionOf(record, wrong.field, chunk));
    return null;
  }
  const user = textOf(record, record.user) ?? defaults.user;
  if (user === null || !knowsUser(user.trim())) {
    tell(unknownUser(record, user), positionOf(record, record.user, chunk));
  }
  const site = textOf(record, record.site);
  if (site !== null && !knowsSite(site)) {
    tell(unknownSite(record), positionOf(record, record.site, chunk));
  }
  return {
    dialed: textOf(record, record.dialed) ?? "",
    user: user?.trim() ?? "",
    kind: CALL_KINDS[kindAt] ?? defaults.kind,
    site: site ?? defaults.site,
    ingressTrunk: textOf(record, record.ingressTrunk) ?? defaults.ingressTrunk,
    hideCallerId: hide === true,
    originalCaller: originalCallerOf(record, defaults.originalCaller),
  };
}

function kindOf({ bytes, kind }: DialedRecord, defaults: CallDefaults): number {
  if (kind.end <= kind.start) return CALL_KINDS.indexOf(defaults.kind);
  return kindIndex(bytes, kind.start, kind.end);
}

function hideOf({ bytes, hideCallerId }: DialedRecord, defaults: CallDefaults): boolean | null {
  const { start, end } = hideCallerId;
  return end <= start ? defaults.hideCallerId : readFlag(bytes, start, end);
}
