import type {
  CallQuality,
  OperatorCallRecord,
  OperatorCallResult,
} from "../../engine/model/call-detail-record.ts";
import { isDelivered } from "../../engine/model/call-effect.ts";
import type { Refusal, SimEvent } from "../sim-event.ts";
import { type CallMeasure, eachMeasure } from "./call-measures.ts";
import { type SpreadFigures, ValueSpread } from "./value-spread.ts";

/** How speech got through on average; `null` = of no call. */
export interface SpeechFigures {
  /** Calls whose packets were looked at, and those whose quality was computed from the trunk's profile. */
  readonly measured: number;
  readonly synthesised: number;
  readonly meanOpinionScore: number | null;
  readonly lossRatio: number | null;
  readonly jitterSeconds: number | null;
}

/** What one trunk did so far. */
export interface TrunkFigures {
  /** INVITEs received. */
  readonly attempts: number;
  /** Not ended yet. */
  readonly callsNow: number;
  readonly callsPeak: number;
  /** INVITEs in the last full second, and in the busiest one. */
  readonly callsPerSecond: number;
  readonly callsPerSecondPeak: number;
  /** Calls that ended, by how. */
  readonly ended: Readonly<Record<OperatorCallResult, number>>;
  /** Answer-seizure ratio: answers over calls that were answered or ended; `null` = of none. */
  readonly answerSeizureRatio: number | null;
  /** Network effectiveness ratio over calls that were answered or ended. */
  readonly networkEffectivenessRatio: number | null;
  readonly refused: number;
  readonly refusals: Readonly<Partial<Record<Refusal, number>>>;
  /** Calls that ended unanswered by the final status sent; `none` = no response was. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly options: { readonly answered: number; readonly unanswered: number };
  /** Messages that could not be read, connections that broke, and the like. */
  readonly wireFaults: number;
  /** In seconds. */
  readonly postDialDelay: SpreadFigures;
  readonly answerDelay: SpreadFigures;
  readonly callDuration: SpreadFigures;
  readonly speech: SpeechFigures;
}

/** Counts the events of one trunk, or of all together. */
export class TrunkCounter {
  readonly #spreads: Readonly<Record<CallMeasure, ValueSpread>> = {
    postDialDelay: new ValueSpread(),
    answerDelay: new ValueSpread(),
    callDuration: new ValueSpread(),
  };
  readonly #ended = { answered: 0, failed: 0, "timed-out": 0, cancelled: 0 };
  readonly #refusals = new Map<Refusal, number>();
  readonly #statuses = new Map<string, number>();
  readonly #options = { answered: 0, unanswered: 0 };
  readonly #speech = { measured: 0, synthesised: 0, score: 0, loss: 0, jitter: 0 };
  #wireFaults = 0;
  #attempts = 0;
  #answers = 0;
  #effective = 0;
  #now = 0;
  #peak = 0;
  /** Refused, and their `ended` is still to come. */
  #refusedNow = 0;
  #refused = 0;
  #second = -1;
  #inSecond = 0;
  #inLastSecond = 0;
  #inBusiest = 0;

  /** `seconds` since the start of the run. */
  take(event: SimEvent, seconds: number): void {
    // WHY: a call is in the count of calls at once once it is let in, and that shows in what follows it.
    if (event.kind !== "refused") this.#peak = Math.max(this.#peak, this.#now);
    this.#count(event, seconds);
    eachMeasure(event, (measure, milliseconds) => this.#spreads[measure].record(milliseconds));
  }

  figures(seconds: number): TrunkFigures {
    this.#peak = Math.max(this.#peak, this.#now);
    this.#turnTo(Math.floor(seconds));
    const ended = { ...this.#ended };
    return {
      attempts: this.#attempts,
      callsNow: this.#now,
      callsPeak: this.#peak,
      callsPerSecond: this.#inLastSecond,
      callsPerSecondPeak: Math.max(this.#inBusiest, this.#inSecond),
      ended,
      ...this.#ratios(),
      refused: this.#refused,
      refusals: Object.fromEntries([...this.#refusals].sort()),
      statuses: Object.fromEntries([...this.#statuses].sort()),
      options: { ...this.#options },
      wireFaults: this.#wireFaults,
      postDialDelay: this.#spreads.postDialDelay.figures(),
      answerDelay: this.#spreads.answerDelay.figures(),
      callDuration: this.#spreads.callDuration.figures(),
      speech: this.#speechFigures(),
    };
  }

  #count(event: SimEvent, seconds: number): void {
    switch (event.kind) {
      case "invited":
        this.#attempts++;
        this.#now++;
        this.#turnTo(Math.floor(seconds));
        this.#inSecond++;
        break;
      case "refused":
        this.#now--;
        this.#refusedNow++;
        this.#refused++;
        add(this.#refusals, event.because);
        break;
      case "answered":
        this.#answers++;
        break;
      case "ended":
        this.#end(event.record);
        break;
      case "options":
        this.#options[event.status === null ? "unanswered" : "answered"]++;
        break;
      case "fault":
        this.#wireFaults++;
        break;
      case "ringing":
        break;
    }
  }

  #end(record: OperatorCallRecord): void {
    if (this.#refusedNow > 0) this.#refusedNow--;
    else this.#now--;
    this.#ended[record.result]++;
    const { result, status, ringingAt } = record;
    const isEffective = isDelivered({ result, status, hasRung: ringingAt !== null });
    // An answer that nobody acknowledged was counted when it was sent.
    if (record.answeredAt !== null && record.result !== "answered") this.#answers--;
    if (isEffective && result !== "answered") this.#effective++;
    if (record.result !== "answered") add(this.#statuses, String(record.status ?? "none"));
    if (record.quality !== null) this.#hear(record.quality);
  }

  #hear(quality: CallQuality): void {
    this.#speech[quality.source]++;
    this.#speech.score += quality.meanOpinionScore;
    this.#speech.loss += quality.lossRatio;
    this.#speech.jitter += quality.jitterMilliseconds / 1000;
  }

  #ratios(): Pick<TrunkFigures, "answerSeizureRatio" | "networkEffectivenessRatio"> {
    const { failed, cancelled, "timed-out": timedOut } = this.#ended;
    const settled = this.#answers + failed + cancelled + timedOut;
    if (settled === 0) return { answerSeizureRatio: null, networkEffectivenessRatio: null };
    return {
      answerSeizureRatio: this.#answers / settled,
      networkEffectivenessRatio: (this.#answers + this.#effective) / settled,
    };
  }

  #speechFigures(): SpeechFigures {
    const { measured, synthesised, score, loss, jitter } = this.#speech;
    const calls = measured + synthesised;
    return {
      measured,
      synthesised,
      meanOpinionScore: calls === 0 ? null : score / calls,
      lossRatio: calls === 0 ? null : loss / calls,
      jitterSeconds: calls === 0 ? null : jitter / calls,
    };
  }

  #turnTo(second: number): void {
    if (second <= this.#second) return;
    this.#inBusiest = Math.max(this.#inBusiest, this.#inSecond);
    this.#inLastSecond = second === this.#second + 1 ? this.#inSecond : 0;
    this.#inSecond = 0;
    this.#second = second;
  }
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
