import type { OperatorCallRecord } from "../../engine/model/call-detail-record.ts";
import type { SimEvent, SimListener } from "../sim-event.ts";
import { formatClock, formatDuration, formatMoment, formatRate } from "./sipp-format.ts";

/** Counters that SIPp writes twice each, `(P)` since the row before and `(C)` since the start, in its order. */
const FAILURES = [
  "FailedCannotSendMessage",
  "FailedMaxUDPRetrans",
  "FailedTcpConnect",
  "FailedTcpClosed",
  "FailedUnexpectedMessage",
  "FailedCallRejected",
  "FailedCmdNotSent",
  "FailedRegexpDoesntMatch",
  "FailedRegexpShouldntMatch",
  "FailedRegexpHdrNotFound",
  "FailedOutboundCongestion",
  "FailedTimeoutOnRecv",
  "FailedTimeoutOnSend",
  "FailedTestDoesntMatch",
  "FailedTestShouldntMatch",
  "FailedStrcmpDoesntMatch",
  "FailedStrcmpShouldntMatch",
] as const;

type Failure = (typeof FAILURES)[number];

/** Not counted here: always 0. */
const UNCOUNTED = [
  "OutOfCallMsgs",
  "DeadCallMsgs",
  "Retransmissions",
  "AutoAnswered",
  "Warnings",
  "FatalErrors",
  "WatchdogMajor",
  "WatchdogMinor",
] as const;

/** SIPp's own bounds, in milliseconds: the last column of each counts what is at or above the last bound. */
const RESPONSE_TIMES = [10, 20, 30, 40, 50, 100, 150, 200];
const CALL_LENGTHS = [10, 50, 100, 500, 1000, 5000, 10_000];

const both = (name: string): string[] => [`${name}(P)`, `${name}(C)`];

/** Column names as SIPp 3.6 writes them. */
export const SIPP_COLUMNS: readonly string[] = [
  "StartTime",
  "LastResetTime",
  "CurrentTime",
  ...both("ElapsedTime"),
  "TargetRate",
  ...both("CallRate"),
  ...both("IncomingCall"),
  ...both("OutgoingCall"),
  "TotalCallCreated",
  "CurrentCall",
  ...both("SuccessfulCall"),
  ...both("FailedCall"),
  ...FAILURES.flatMap(both),
  ...UNCOUNTED.flatMap(both),
  ...both("ResponseTime1"),
  ...both("ResponseTime1StDev"),
  ...both("CallLength"),
  ...both("CallLengthStDev"),
  ...repartition("ResponseTimeRepartition1", RESPONSE_TIMES),
  ...repartition("CallLengthRepartition", CALL_LENGTHS),
];

/** SIPp's own interval (`-fd`), in milliseconds. */
const USUAL_INTERVAL = 60_000;

/**
 * Writes what all trunks do together as SIPp writes its statistics (`-trace_stat`), so that what reads
 * those reads these: one line of column names, then a row now, after each interval and at the end.
 * Differences: times of day are UTC, as all of ours, and `TargetRate` is 0, for nobody is called.
 *
 * Here `ResponseTime1` is the time to the answer and `CallLength` that from the INVITE to the end. A call
 * that was refused counts under `FailedCallRejected`, one that was cancelled under
 * `FailedUnexpectedMessage` (that is what a CANCEL is to SIPp's own server), one whose answer was never
 * acknowledged under `FailedMaxUDPRetrans`, and one that was left without an answer under
 * `FailedTimeoutOnRecv`.
 */
export class SippStatistics {
  readonly #write: (text: string) => void;
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #whole = new Tally();
  #period = new Tally();
  #periodAt: number;
  #current = 0;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  /** `now`: milliseconds since 1970, with fractions. Left out: the system's clock. */
  constructor(
    write: (text: string) => void,
    now: () => number = () => performance.timeOrigin + performance.now(),
  ) {
    this.#write = write;
    this.#now = now;
    this.#startedAt = now();
    this.#periodAt = this.#startedAt;
    write(`${SIPP_COLUMNS.join(";")};\n`);
    this.writeRow();
  }

  readonly listener: SimListener = (event: SimEvent): void => {
    if (event.kind === "invited") this.#current++;
    if (event.kind === "ended") this.#current--;
    this.#whole.take(event);
    this.#period.take(event);
  };

  /** Writes rows until `stop`. */
  start(everyMilliseconds: number = USUAL_INTERVAL): void {
    this.#timer ??= setInterval(() => this.writeRow(), everyMilliseconds);
  }

  /** Writes the last row. Again: nothing. */
  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    clearInterval(this.#timer);
    this.writeRow();
  }

  /** One row, with which a new period begins. */
  writeRow(): void {
    const now = this.#now();
    const [period, whole] = [this.#period, this.#whole];
    const periodMilliseconds = now - this.#periodAt;
    const wholeMilliseconds = now - this.#startedAt;
    const counts = (of: (tally: Tally) => number): string[] => [`${of(period)}`, `${of(whole)}`];
    const times = (of: (tally: Tally) => number): string[] => [
      formatDuration(of(period)),
      formatDuration(of(whole)),
    ];
    const cells = [
      formatMoment(this.#startedAt),
      formatMoment(this.#periodAt),
      formatMoment(now),
      formatClock(periodMilliseconds),
      formatClock(wholeMilliseconds),
      "0",
      formatRate(period.invited, periodMilliseconds),
      formatRate(whole.invited, wholeMilliseconds),
      ...counts((tally) => tally.invited),
      ...counts(() => 0),
      `${whole.invited}`,
      `${this.#current}`,
      ...counts((tally) => tally.successful),
      ...counts((tally) => tally.failed),
      ...FAILURES.flatMap((failure) => counts((tally) => tally.failures.get(failure) ?? 0)),
      ...UNCOUNTED.flatMap(() => counts(() => 0)),
      ...times((tally) => tally.responseTime.mean),
      ...times((tally) => tally.responseTime.deviation),
      ...times((tally) => tally.callLength.mean),
      ...times((tally) => tally.callLength.deviation),
      "",
      ...whole.responseTime.repartition,
      "",
      ...whole.callLength.repartition,
    ];
    this.#write(`${cells.join(";")};\n`);
    this.#period = new Tally();
    this.#periodAt = now;
  }
}

/** Counts of a period, or of the whole run. */
class Tally {
  invited = 0;
  successful = 0;
  failed = 0;
  readonly failures = new Map<Failure, number>();
  readonly responseTime = new Times(RESPONSE_TIMES);
  readonly callLength = new Times(CALL_LENGTHS);

  take(event: SimEvent): void {
    if (event.kind === "invited") this.invited++;
    else if (event.kind === "answered") this.responseTime.take(event.milliseconds);
    else if (event.kind === "ended") this.#end(event.record);
  }

  #end(record: OperatorCallRecord): void {
    this.callLength.take(Date.parse(record.endedAt) - Date.parse(record.receivedAt));
    const failure = failureOf(record);
    if (failure === null) {
      this.successful++;
      return;
    }
    this.failed++;
    this.failures.set(failure, (this.failures.get(failure) ?? 0) + 1);
  }
}

function failureOf({ result, answeredAt }: OperatorCallRecord): Failure | null {
  switch (result) {
    case "answered":
      return null;
    case "failed":
      return "FailedCallRejected";
    case "cancelled":
      return "FailedUnexpectedMessage";
    case "timed-out":
      return answeredAt === null ? "FailedTimeoutOnRecv" : "FailedMaxUDPRetrans";
  }
}

/** Mean, standard deviation (Welford) and counts below bounds, in milliseconds. */
class Times {
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #count = 0;
  #mean = 0;
  #squares = 0;

  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#counts = [...bounds.map(() => 0), 0];
  }

  get mean(): number {
    return this.#mean;
  }

  get deviation(): number {
    return this.#count === 0 ? 0 : Math.sqrt(this.#squares / this.#count);
  }

  get repartition(): readonly string[] {
    return this.#counts.map(String);
  }

  take(milliseconds: number): void {
    this.#count++;
    const from = milliseconds - this.#mean;
    this.#mean += from / this.#count;
    this.#squares += from * (milliseconds - this.#mean);
    const below = this.#bounds.findIndex((bound) => milliseconds < bound);
    const at = below === -1 ? this.#bounds.length : below;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }
}

function repartition(name: string, bounds: readonly number[]): string[] {
  const last = bounds.at(-1) ?? 0;
  return [name, ...bounds.map((bound) => `${name}_<${bound}`), `${name}_>=${last}`];
}
