import { randomUUID } from "node:crypto";
import type { Call } from "../model/call.ts";
import type { CallDetailRecord, CallResult } from "../model/call-detail-record.ts";
import type { RouteDecision } from "../model/decision.ts";
import { nameKey } from "../model/name-key.ts";
import type { TrunkRank } from "../route/trunk-ranks.ts";
import { SlotList } from "../sip/slot-list.ts";
import { startClock } from "./call-clock.ts";
import type { CallConduct, Caller, CallerCounts, CallerOptions, CallGround } from "./caller.ts";
import { CallingParties } from "./calling-parties.ts";
import type { InviteAttempt } from "./invite-attempt.ts";
import { type MediaOpener, mediaOpener } from "./open-call-media.ts";
import { TrunkOrder } from "./order-trunks.ts";
import { CallInProgress } from "./place-call.ts";
import type { InviteGround } from "./plan-invite.ts";
import { recordCall } from "./record-call.ts";
import type { DecidedCall, Switchboard } from "./switchboard.ts";
import { HealthWatch } from "./trunk-health.ts";
import { TrunkLines } from "./trunk-lines.ts";
import type { TrunkTarget } from "./trunk-targets.ts";

const DEFAULT_RING_SECONDS = 180;
const DEFAULT_OPTIONS_INTERVAL_SECONDS = 60;
/** All that a call may still have to say ends by itself within this (RFC 3261: 64 × T1), and then some. */
const LAST_WORDS_MILLISECONDS = 40_000;

/** A caller that places calls by a tenant over an endpoint. O(users) once; see {@link Caller}. */
export function createCaller(options: CallerOptions): Caller {
  return new CallDesk(options);
}

/** What calls are placed by, made ready. */
interface Ready extends CallGround {
  readonly people: CallingParties;
  readonly invites: InviteGround;
  readonly ranks: WeakMap<RouteDecision, readonly TrunkRank[]>;
}

const RESULT_COUNTS = {
  answered: "answered",
  failed: "failed",
  "timed-out": "timedOut",
  cancelled: "cancelled",
  "not-placed": "notPlaced",
} as const satisfies Record<CallResult, keyof CallerCounts>;

class CallDesk implements Caller, Switchboard {
  readonly endpoint;
  readonly clock = startClock();
  readonly ringSeconds;
  readonly openMedia: MediaOpener;
  readonly #teamsFqdn: string | null;
  readonly #lines = new TrunkLines();
  readonly #health: HealthWatch;
  readonly #order: TrunkOrder;
  readonly #calls = new SlotList<CallInProgress>();
  readonly #attempts = new SlotList<InviteAttempt>();
  readonly #counts = {
    placed: 0,
    answered: 0,
    failed: 0,
    timedOut: 0,
    cancelled: 0,
    notPlaced: 0,
    attempts: 0,
    failovers: 0,
  };
  #ready: Ready;
  #isDraining = false;
  #drained: Promise<void> | null = null;
  /** Heard when the last call, or what is left of one, has ended. */
  #onIdle: (() => void) | null = null;

  constructor(options: CallerOptions) {
    const { endpoint, seed = 0, ringSeconds = DEFAULT_RING_SECONDS } = options;
    const { optionsIntervalSeconds = DEFAULT_OPTIONS_INTERVAL_SECONDS } = options;
    this.endpoint = endpoint;
    this.ringSeconds = ringSeconds;
    this.openMedia = mediaOpener({
      listened: endpoint.addresses.map(({ host }) => host),
      maxStreams: options.maxMediaStreams ?? 0,
    });
    this.#teamsFqdn = options.teamsFqdn ?? null;
    this.#health = new HealthWatch({
      ...this.clock,
      intervalMilliseconds: optionsIntervalSeconds === null ? null : optionsIntervalSeconds * 1_000,
      ping: (to, timeout, signal) => endpoint.ping(to, timeout, signal),
    });
    this.#order = new TrunkOrder(seed, (name) => this.#health.isDemoted(nameKey(name)));
    this.#ready = this.#makeReady(options);
  }

  adopt(ground: CallGround): void {
    this.#ready = this.#makeReady(ground);
  }

  #makeReady({ tenant, router, targets }: CallGround): Ready {
    this.#lines.adopt(targets);
    this.#health.watch(targets);
    const domain = tenant.tenant.domains[0] ?? this.endpoint.addresses[0]?.host ?? "localhost";
    return {
      tenant,
      router,
      targets,
      people: new CallingParties(tenant),
      invites: { domain, teamsFqdn: this.#teamsFqdn },
      ranks: new WeakMap(),
    };
  }

  place(call: Call, conduct: CallConduct = {}): Promise<CallDetailRecord> {
    this.#counts.placed++;
    const decided = this.#decide(call);
    conduct.onProgress?.({
      kind: "decided",
      decision: decided.decision,
      number: decided.number,
    });
    if (decided.offers.length === 0 || this.#isDraining) {
      return Promise.resolve(this.#notPlaced(decided));
    }
    return new Promise((resolve) => {
      const placed = new CallInProgress(this, decided, conduct, (record) => {
        this.#calls.remove(placed);
        this.#counts[RESULT_COUNTS[record.result]]++;
        resolve(record);
        this.#tellIdle();
      });
      this.#calls.add(placed);
      placed.begin();
    });
  }

  #decide(call: Call): DecidedCall {
    const { router, targets, people, invites, ranks } = this.#ready;
    const placedAt = this.clock.now();
    const decision = router.decide(call);
    const { numberBytes, numberStart, numberEnd } = router;
    const number = String.fromCharCode(...numberBytes.subarray(numberStart, numberEnd));
    let ofDecision = ranks.get(decision);
    if (ofDecision === undefined) {
      ofDecision = router.trunkRanks(call);
      ranks.set(decision, ofDecision);
    }
    return {
      call,
      revision: router.revision,
      decision,
      number: number === "" ? null : number,
      offers: this.#order.take(ofDecision),
      targets,
      parties: people.of(call, number),
      ground: invites,
      placedAt,
    };
  }

  #notPlaced(decided: DecidedCall): CallDetailRecord {
    this.#counts.notPlaced++;
    const notes = {
      ...decided,
      id: randomUUID(),
      endedAt: this.clock.now(),
      result: "not-placed",
      attempts: [],
      quality: null,
    } as const;
    return recordCall(notes, this.clock);
  }

  counts(): CallerCounts {
    let talking = 0;
    for (const call of this.#calls.items()) if (call.isTalking) talking++;
    return { ...this.#counts, inFlight: this.#calls.size, talking };
  }

  load(): ReturnType<Caller["load"]> {
    return this.#lines.load();
  }

  health(): ReturnType<Caller["health"]> {
    return this.#health.report();
  }

  refusalOf(target: TrunkTarget): string | null {
    return this.#lines.of(target).take(target, this.clock.now());
  }

  onSent(attempt: InviteAttempt, isAgain: boolean): void {
    this.#counts.attempts++;
    this.#attempts.add(attempt);
    if (isAgain) this.#lines.of(attempt.target).calls++;
  }

  onOver(attempt: InviteAttempt): void {
    if (!this.#attempts.remove(attempt)) return;
    this.#lines.of(attempt.target).release();
    this.#tellIdle();
  }

  onFailover(): void {
    this.#counts.failovers++;
  }

  drain(graceSeconds: number): Promise<void> {
    this.#isDraining = true;
    this.#drained ??= this.#drainOnce(graceSeconds);
    return this.#drained;
  }

  async #drainOnce(graceSeconds: number): Promise<void> {
    await this.#idle(graceSeconds * 1_000);
    for (const call of this.#calls.items()) call.giveUp();
    for (const attempt of this.#attempts.items()) {
      // WHY: from who has said nothing by the end of the grace, nothing is waited for.
      if (!attempt.isHeard) attempt.abandon();
    }
    await this.#idle(LAST_WORDS_MILLISECONDS);
    this.close();
  }

  close(): void {
    this.#isDraining = true;
    this.#health.close();
    for (const call of this.#calls.items()) call.abandon();
    for (const attempt of this.#attempts.items()) attempt.abandon();
  }

  /** Resolves when nothing is left of any call, or after the time given. */
  async #idle(milliseconds: number): Promise<void> {
    if (this.#isIdle()) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => this.#onIdle?.(), milliseconds);
      this.#onIdle = () => {
        clearTimeout(timer);
        this.#onIdle = null;
        resolve();
      };
    });
  }

  #isIdle(): boolean {
    return this.#calls.size === 0 && this.#attempts.size === 0;
  }

  #tellIdle(): void {
    if (this.#onIdle !== null && this.#isIdle()) this.#onIdle();
  }
}
