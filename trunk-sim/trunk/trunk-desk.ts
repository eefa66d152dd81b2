import type { OperatorCallRecord } from "../../engine/model/call-detail-record.ts";
import type { ServerCall } from "../../engine/sip/sip-calls.ts";
import type { OptionsAnswer, WireFate } from "../../engine/sip/sip-endpoint.ts";
import type { SipHeaders, SipRequest } from "../../engine/sip/sip-message.ts";
import { SlotList } from "../../engine/sip/slot-list.ts";
import { type ActiveFaults, FaultTimeline } from "../fault/fault-timeline.ts";
import { WireFaults } from "../fault/wire-faults.ts";
import type { Transcript } from "../report/transcript.ts";
import { type Draw, keyedRandom } from "../scenario/call-random.ts";
import type { TrunkProfile } from "../scenario/trunk-profile.ts";
import type { SimListener } from "../sim-event.ts";
import { CallLimits } from "./call-limits.ts";
import { drawScript, NO_SCRIPT_FAULTS, planFor, type ScriptFaults } from "./call-script.ts";
import { CallerIdPolice, callingNumberOf } from "./caller-id-police.ts";
import { CHALLENGED, ChallengedCalls, type ChallengedCallsOwner } from "./challenged-calls.ts";
import {
  type CallParties,
  type CallRefusal,
  CLEARED_AFTER_MILLISECONDS,
  LiveCall,
  type LiveCallOwner,
} from "./live-call.ts";
import { PairCounts } from "./pair-counts.ts";
import { NO_CIRCUIT } from "./reject-reason.ts";
import type { SimClock } from "./sim-clock.ts";
import type { SpeechDesk, StreamRoom } from "./speech-desk.ts";
import { transcriptLine } from "./transcript-line.ts";

/** What all trunks of one run share. */
export interface SimRun {
  readonly seed: number;
  readonly clock: SimClock;
  readonly listener: SimListener;
  readonly transcript: Transcript | null;
  readonly streams: StreamRoom;
}

/** Seconds after which a caller may try a trunk again that takes no calls at present. */
const RETRY_AFTER: SipHeaders = [["Retry-After", "30"]];

/**
 * Decides what becomes of everything that reaches one trunk. In this order: a trunk that is switched off
 * or going down refuses, then its faults have their say, then its limits, then the caller ID, then the
 * offer; what is left is played by a script.
 */
export class TrunkDesk implements LiveCallOwner, ChallengedCallsOwner {
  readonly clock: SimClock;
  readonly trunk: string;
  readonly operator: string | null;
  readonly clearedAfterMilliseconds = CLEARED_AFTER_MILLISECONDS;
  readonly #profile: TrunkProfile;
  readonly #run: SimRun;
  readonly #speech: SpeechDesk;
  readonly #limits: CallLimits;
  readonly #police: CallerIdPolice | null;
  readonly #timeline: FaultTimeline;
  readonly #wire: WireFaults;
  readonly #pairs = new PairCounts();
  readonly #calls = new SlotList<LiveCall>();
  readonly #challenged = new ChallengedCalls(this);
  #options = 0;
  #draining = false;

  constructor(profile: TrunkProfile, run: SimRun, speech: SpeechDesk) {
    this.clock = run.clock;
    this.trunk = profile.name;
    this.operator = profile.operator;
    this.#profile = profile;
    this.#run = run;
    this.#speech = speech;
    const { maxConcurrentCalls, callsPerSecond } = profile;
    this.#limits = new CallLimits(maxConcurrentCalls, callsPerSecond, run.clock.now());
    this.#police = profile.policeCallerId ? new CallerIdPolice(profile.ownedNumbers) : null;
    this.#timeline = new FaultTimeline(profile.faults);
    this.#wire = new WireFaults(`${run.seed}\n${profile.name}`);
  }

  /** Calls that have not ended. */
  get held(): number {
    return this.#calls.size;
  }

  onInvite(call: ServerCall): void {
    const challenged = this.#challenged.take(call.request.callId);
    if (challenged === "told") {
      call.reject(503, { headers: RETRY_AFTER });
      return;
    }
    const parties = challenged ?? this.#partiesOf(call);
    const { calledNumber, callingNumber, nth } = parties;
    const live = new LiveCall(this, call, parties);
    this.#calls.add(live);
    this.#run.listener({ kind: "invited", trunk: this.trunk });
    const draw = keyedRandom(
      `${this.#run.seed}\n${this.trunk}\n${calledNumber}\n${callingNumber}\n${nth}`,
    );
    this.#decide(live, call, draw);
  }

  /** An INVITE was answered by 401, for want of the right credentials. */
  onChallenge(request: SipRequest): void {
    this.#challenged.add(request);
  }

  countOf(calledNumber: string, callingNumber: string): number {
    return this.#pairs.next(calledNumber, callingNumber);
  }

  onNeverAdmitted(parties: CallParties, record: OperatorCallRecord): void {
    const { trunk } = this;
    const refusedBecause = "credentials";
    this.#run.transcript?.add(transcriptLine({ parties, script: null, refusedBecause }, record));
    this.#run.listener({ kind: "invited", trunk });
    this.#run.listener({ kind: "refused", trunk, status: CHALLENGED, because: refusedBecause });
    this.#run.listener({ kind: "ended", trunk, record });
  }

  onOptions(): OptionsAnswer | null {
    const status = this.#optionsStatus();
    this.#run.listener({ kind: "options", trunk: this.trunk, status });
    return status === null ? null : { status };
  }

  fateOf(direction: "received" | "sent", message: string): WireFate {
    return this.#wire.fateOf(this.#faults(), direction, message);
  }

  /** Whether `fateOf` ever does anything: only then an endpoint needs to ask. */
  get hasWireFaults(): boolean {
    return this.#profile.faults.some(
      ({ kind }) => kind.startsWith("packet-") || kind === "tcp-reset",
    );
  }

  /** From now on every call is refused. */
  drain(): void {
    this.#draining = true;
  }

  /** Calls whose credentials are still waited for have failed. */
  stopWaiting(): void {
    this.#challenged.end();
  }

  /** Ends all calls: BYE to those answered, 503 to the others; and {@link stopWaiting}. */
  stopCalls(): void {
    this.stopWaiting();
    for (const call of this.#calls.items()) call.stop(RETRY_AFTER);
  }

  onRinging(_: LiveCall, milliseconds: number): void {
    this.#run.listener({ kind: "ringing", trunk: this.trunk, milliseconds });
  }

  onAnswered(_: LiveCall, milliseconds: number): void {
    this.#run.listener({ kind: "answered", trunk: this.trunk, milliseconds });
  }

  onEnded(call: LiveCall, record: OperatorCallRecord): void {
    this.#calls.remove(call);
    if (call.isAdmitted) this.#limits.release();
    this.#run.transcript?.add(transcriptLine(call, record));
    this.#run.listener({ kind: "ended", trunk: this.trunk, record });
  }

  #partiesOf({ request }: ServerCall): CallParties {
    const calledNumber = request.calledUser;
    const callingNumber = callingNumberOf(request);
    return { calledNumber, callingNumber, nth: this.countOf(calledNumber, callingNumber) };
  }

  #decide(live: LiveCall, call: ServerCall, draw: Draw): void {
    const faults = this.#faults();
    const silent = hits(faults, "silence", draw());
    const storm = hits(faults, "503-storm", draw());
    const scriptFaults = scriptFaultsOf(faults, draw(), draw(), draw());
    const closed = this.#closed();
    if (closed === null && silent) {
      live.ignore();
      return;
    }
    const status = storm ? (faults["503-storm"]?.status ?? 503) : null;
    const refused = closed ?? (status === null ? null : { status, because: "fault" as const });
    const verdict = refused ?? this.#admit(live) ?? this.#disagreement(call);
    if (verdict !== null) {
      const { because } = verdict;
      this.#run.listener({ kind: "refused", trunk: this.trunk, status: verdict.status, because });
      live.refuse(verdict);
      return;
    }
    const plan = planFor(this.#profile, live.parties.calledNumber);
    live.begin(drawScript(plan, scriptFaults, draw));
    const speech = this.#speech.speechFor(call.request.body, draw);
    if (speech instanceof Promise) void speech.then((opened) => live.play(opened));
    else live.play(speech);
  }

  #closed(): CallRefusal | null {
    if (!this.#profile.enabled) return { status: 503, because: "disabled" };
    if (!this.#draining) return null;
    return { status: 503, because: "draining", headers: RETRY_AFTER };
  }

  /** Takes the call in, or says which limit or rule it breaks. */
  #admit(live: LiveCall): CallRefusal | null {
    const because = this.#limits.admit(this.clock.now());
    if (because !== null) {
      return { status: 503, because, headers: RETRY_AFTER, cause: NO_CIRCUIT };
    }
    live.isAdmitted = true;
    const why = this.#police?.refusal(live.parties.callingNumber) ?? null;
    return why === null ? null : { status: 403, because: "caller-id", headers: warning(399, why) };
  }

  #disagreement({ request }: ServerCall): CallRefusal | null {
    const refused = this.#speech.refusal(request.body);
    if (refused === null) return null;
    const { status, why } = refused;
    return { status, because: "offer", headers: status === 415 ? ACCEPT : warning(304, why) };
  }

  #optionsStatus(): number | null {
    const faults = this.#faults();
    const draw = keyedRandom(`${this.#run.seed}\n${this.trunk}\nOPTIONS\n${this.#options++}`);
    if (hits(faults, "options-loss", draw()) || hits(faults, "silence", draw())) return null;
    return this.#profile.enabled && !this.#draining ? this.#profile.optionsStatus : 503;
  }

  #faults(): ActiveFaults {
    return this.#timeline.activeAt(this.clock.now() / 1_000);
  }
}

const ACCEPT: SipHeaders = [["Accept", "application/sdp"]];

function hits(faults: ActiveFaults, kind: keyof ActiveFaults, drawn: number): boolean {
  const fault = faults[kind];
  return fault !== undefined && drawn < fault.share;
}

/** Three draws whatever the faults are, so that one that is on changes nothing else of a call. */
function scriptFaultsOf(
  faults: ActiveFaults,
  slow: number,
  silent: number,
  fails: number,
): ScriptFaults {
  const { "slow-answers": slowBy, "180-then-503": fails503 } = faults;
  if (slowBy === undefined && fails503 === undefined && !faults["100-then-silence"]) {
    return NO_SCRIPT_FAULTS;
  }
  return {
    slowBy: slowBy !== undefined && slow < slowBy.share ? slowBy.seconds : null,
    silentAfterTrying: hits(faults, "100-then-silence", silent),
    fails503After: fails503 !== undefined && fails < fails503.share ? fails503.seconds : null,
  };
}

/** A Warning header (RFC 3261 section 20.43): a code and a text for people. */
function warning(code: number, text: string): SipHeaders {
  return [["Warning", `${code} trunk-sim "${text.replace(/["\\\r\n]/g, "'")}"`]];
}
