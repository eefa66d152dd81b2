import type { Call } from "../model/call.ts";
import type { CallDetailRecord } from "../model/call-detail-record.ts";
import type { Caller } from "./caller.ts";
import type { LoadSummary } from "./load-summary.ts";

/**
 * A load of calls, as `runLoad` in `run-load.ts` places it, and what came of it.
 *
 * @module
 */

export interface LoadOptions {
  readonly caller: Caller;
  readonly calls: AsyncIterable<Call> | Iterable<Call>;
  /**
   * Calls begun each second, however long earlier ones take (open-loop). A delay is caught up, but never
   * by more than a tenth of a second's calls at once.
   */
  readonly callsPerSecond: number;
  /** Past it, beginning waits for calls to end; the result tells for how many. */
  readonly maxCallsInFlight: number;
  /** From answer to hang-up, of the nth call (from 0); `null` = the other end hangs up. */
  holdSeconds(nth: number): number | null;
  /** Hears every record, in the order in which calls end. A promise is waited for: back-pressure. */
  onRecord(record: CallDetailRecord): void | Promise<void>;
  /**
   * When aborted, no call is begun any more; those in progress end as they would. Drain the caller to
   * end them sooner.
   */
  readonly signal?: AbortSignal;
}

export interface LoadResult {
  /** Calls begun; each has one record. */
  readonly placed: number;
  /** From the first call to the last record. */
  readonly seconds: number;
  /** Begun later than due because `maxCallsInFlight` were in progress. */
  readonly heldBack: number;
  /** Most calls in progress at one time. */
  readonly peakInFlight: number;
  readonly summary: LoadSummary;
}
