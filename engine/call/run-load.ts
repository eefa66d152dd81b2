import type { Call } from "../model/call.ts";
import type { CallDetailRecord } from "../model/call-detail-record.ts";
import type { LoadOptions, LoadResult } from "./call-load.ts";
import { LoadTally } from "./load-tally.ts";

/** What a delay may put off before it is forgiven: bounds what is begun at once. */
const MAX_LAG_MILLISECONDS = 100;
/** How long calls are begun without reading what comes in. */
const MAX_BURST_MILLISECONDS = 5;
/** Records that wait for a slow listener before no more calls are begun. */
const MAX_WAITING_RECORDS = 256;

/**
 * Places a load of calls, open-loop: the nth call is due at n / rate, however long earlier ones take.
 *
 * ```
 *   due   |  |  |  |  |  |  |  |  |        a stall of ours puts calls off ...
 *   begun |  |        ||||  |  |  |        ... they are begun together, at most those of 100 ms
 * ```
 * What falls due in a longer stall, or while `maxCallsInFlight` are in progress, is not caught up: the
 * schedule moves, and the result's `placed / seconds` tells the rate that was kept. Without such stalls
 * the schedule never drifts, since every call's time is counted from the same start. Resolves when every
 * call begun has its record.
 *
 * @throws What `calls` or `onRecord` throw; calls in progress then have ended all the same.
 */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const run = new LoadRun(options);
  const started = performance.now();
  try {
    await run.begin();
  } finally {
    await run.finish();
  }
  return run.result((performance.now() - started) / 1_000);
}

class LoadRun {
  readonly #options: LoadOptions;
  readonly #tally = new LoadTally();
  readonly #interval: number;
  readonly #waiting: CallDetailRecord[] = [];
  #isWriting = false;
  #failure: { readonly error: unknown } | null = null;
  #placed = 0;
  #inFlight = 0;
  #peakInFlight = 0;
  #heldBack = 0;
  /** When sockets and timers last had their turn. */
  #yielded = 0;
  /** Wakes whoever waits: for time, for a call to end, for a record to be taken. */
  #wake: (() => void) | null = null;
  readonly #onAbort = (): void => this.#wake?.();

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#interval = 1_000 / options.callsPerSecond;
  }

  async begin(): Promise<void> {
    const { signal, calls } = this.#options;
    signal?.addEventListener("abort", this.#onAbort);
    const iterator = iteratorOf(calls);
    let due = performance.now();
    this.#yielded = due;
    try {
      for (;;) {
        const call = await this.#next(iterator);
        if (call === null) return;
        due = await this.#turn(due);
        if (this.#isStopped()) return;
        this.#place(call);
        due += this.#interval;
      }
    } finally {
      // WHY not waited for: a reader that waits for its next line does not end before that comes.
      Promise.resolve(iterator.return?.()).catch(() => {});
    }
  }

  /** The next call; `null` = there is none, or no more are begun. */
  #next(iterator: Iterator<Call> | AsyncIterator<Call>): Promise<Call | null> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        if (this.#isStopped()) resolve(null);
        else this.#wake = stop;
      };
      stop();
      const take = ({ done, value }: IteratorResult<Call>): void => {
        // WHY only then: a call that comes after the end was asked for must not keep `finish` asleep.
        if (this.#wake === stop) this.#wake = null;
        resolve(done === true ? null : value);
      };
      Promise.resolve(iterator.next()).then(take, reject);
    });
  }

  /** Waits for the time of a call, and for room; gives the time at which it was due. */
  async #turn(planned: number): Promise<number> {
    const { maxCallsInFlight } = this.#options;
    if (this.#inFlight >= maxCallsInFlight) this.#heldBack++;
    while (this.#isFull(maxCallsInFlight) && !this.#isStopped()) await this.#sleep(null);
    while (performance.now() < planned && !this.#isStopped()) {
      await this.#sleep(planned - performance.now());
    }
    if (performance.now() - this.#yielded > MAX_BURST_MILLISECONDS) await this.#breathe();
    return Math.max(planned, performance.now() - MAX_LAG_MILLISECONDS);
  }

  /** Lets everything else have its turn: sockets, timers. */
  async #breathe(): Promise<void> {
    await new Promise(setImmediate);
    this.#yielded = performance.now();
  }

  #isFull(maxCallsInFlight: number): boolean {
    return this.#inFlight >= maxCallsInFlight || this.#waiting.length >= MAX_WAITING_RECORDS;
  }

  #isStopped(): boolean {
    return this.#options.signal?.aborted === true || this.#failure !== null;
  }

  #place(call: Call): void {
    const { caller, holdSeconds } = this.#options;
    const nth = this.#placed++;
    this.#inFlight++;
    this.#peakInFlight = Math.max(this.#peakInFlight, this.#inFlight);
    caller.place(call, { holdSeconds: holdSeconds(nth) }).then(
      (record) => this.#take(record),
      (error: unknown) => this.#fail(error),
    );
  }

  #take(record: CallDetailRecord): void {
    this.#tally.add(record);
    this.#waiting.push(record);
    if (!this.#isWriting) void this.#write();
  }

  /** Hands records over one by one; a call is in flight until its record has been taken. */
  async #write(): Promise<void> {
    this.#isWriting = true;
    for (let record = this.#waiting.shift(); record !== undefined; record = this.#waiting.shift()) {
      try {
        const taken = this.#options.onRecord(record);
        if (taken !== undefined) await taken;
      } catch (error) {
        this.#failure ??= { error };
      }
      this.#inFlight--;
      this.#wake?.();
    }
    this.#isWriting = false;
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#inFlight--;
    this.#wake?.();
  }

  /** Waits until every call begun has its record. */
  async finish(): Promise<void> {
    while (this.#inFlight > 0) await this.#sleep(null);
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    if (this.#failure !== null) throw this.#failure.error;
  }

  result(seconds: number): LoadResult {
    return {
      placed: this.#placed,
      seconds,
      heldBack: this.#heldBack,
      peakInFlight: this.#peakInFlight,
      summary: this.#tally.summary(),
    };
  }

  /** Until woken, or until the time has passed; `null` = until woken. */
  #sleep(milliseconds: number | null): Promise<void> {
    return new Promise((resolve) => {
      const timer =
        milliseconds === null ? undefined : setTimeout(() => this.#wake?.(), milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = null;
        this.#yielded = performance.now();
        resolve();
      };
    });
  }
}

function iteratorOf(calls: LoadOptions["calls"]): Iterator<Call> | AsyncIterator<Call> {
  return Symbol.asyncIterator in calls ? calls[Symbol.asyncIterator]() : calls[Symbol.iterator]();
}
