import { setMaxListeners } from "node:events";
import type { TrunkHealth } from "../model/trunk-health.ts";
import type { PingResult } from "../sip/sip-endpoint.ts";
import type { SipPeer } from "../sip/sip-peer.ts";
import type { TrunkTarget } from "./trunk-targets.ts";

/**
 * Asks every trunk and gateway regularly whether it is there, by OPTIONS, and tells which have not
 * answered lately:
 *
 * ```
 *             OPTIONS answered by anything but 503
 *   healthy <---------------------------------------- demoted
 *           ---------------------------------------->
 *             no answer within three intervals of the last (or of the first OPTIONS)
 * ```
 * (documented: Microsoft, direct-routing-monitor-and-troubleshoot: an SBC is demoted that has not
 * answered for three regular intervals, each a minute.) Any status shows that somebody is there; 503 says
 * itself that no calls are wanted (RFC 3261 section 21.5.4), and so is no answer here (assumed). One with SendSipOptions off is not asked and
 * counts as healthy (assumed: nothing is known of it). Whoever asks for the health pays for a clock and
 * a comparison.
 *
 * @module
 */

/** Intervals without an answer after which a trunk is demoted. */
const INTERVALS_TO_DEMOTION = 3;
/** What a trunk answers OPTIONS with that wants no calls. */
const OUT_OF_SERVICE = 503;
/** No answer is waited for longer than this. */
const MAX_WAIT_MILLISECONDS = 32_000;

export interface HealthOptions {
  /** `null` = nobody is asked, all are healthy. */
  readonly intervalMilliseconds: number | null;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** That clock's time as ISO 8601, UTC. */
  toIso(at: number): string;
  ping(to: SipPeer, timeoutMilliseconds: number, signal: AbortSignal): Promise<PingResult>;
}

interface Watched {
  target: TrunkTarget;
  /** First OPTIONS, or last answer. */
  heardAt: number;
  lastAnswerAt: number | null;
  lastStatus: number | null;
  lastFailure: string | null;
  isAsking: boolean;
}

/** Watches the trunks it is given. */
export class HealthWatch {
  readonly #options: HealthOptions;
  #watched = new Map<string, Watched>();
  #timer: NodeJS.Timeout | null = null;
  readonly #closing = new AbortController();

  constructor(options: HealthOptions) {
    this.#options = options;
    // One OPTIONS for each trunk may be waiting.
    setMaxListeners(0, this.#closing.signal);
  }

  /**
   * Watches these and no others, by the key under which they are asked for; what is known of those that
   * stay is kept. New ones are asked at once.
   */
  watch(targets: ReadonlyMap<string, TrunkTarget>): void {
    const before = this.#watched;
    const now = this.#options.now();
    this.#watched = new Map();
    for (const [key, target] of targets) {
      const known = before.get(key);
      // WHY: of one that was not asked, silence until now says nothing.
      const wasAsked = known !== undefined && this.#isPolled(known.target);
      const isSame = wasAsked && isSamePeer(known.target.peer, target.peer);
      const watched = isSame ? known : { ...UNHEARD, target, heardAt: now };
      watched.target = target;
      this.#watched.set(key, watched);
      if (!isSame) this.#ask(watched);
    }
    const { intervalMilliseconds } = this.#options;
    if (intervalMilliseconds === null || this.#timer !== null || this.#closing.signal.aborted)
      return;
    this.#timer = setInterval(() => this.#askAll(), intervalMilliseconds);
    // WHY: watching alone must not keep the process alive.
    this.#timer.unref();
  }

  /** Whether a trunk is to be tried after the healthy ones. Unknown ones are not. */
  isDemoted(key: string): boolean {
    const watched = this.#watched.get(key);
    if (watched === undefined || !this.#isPolled(watched.target)) return false;
    const interval = this.#options.intervalMilliseconds ?? Number.POSITIVE_INFINITY;
    return this.#options.now() - watched.heardAt > interval * INTERVALS_TO_DEMOTION;
  }

  report(): readonly TrunkHealth[] {
    return [...this.#watched].map(([key, { target, lastAnswerAt, lastStatus, lastFailure }]) => ({
      trunk: target.name,
      operator: target.operator,
      condition: this.isDemoted(key) ? "demoted" : "healthy",
      polled: this.#isPolled(target),
      lastAnswerAt: lastAnswerAt === null ? null : this.#options.toIso(lastAnswerAt),
      lastStatus,
      lastFailure,
    }));
  }

  /** Asks no more, and waits for no answer. What is known stays. */
  close(): void {
    this.#closing.abort();
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #isPolled(target: TrunkTarget): boolean {
    return this.#options.intervalMilliseconds !== null && target.sendSipOptions && target.enabled;
  }

  #askAll(): void {
    for (const watched of this.#watched.values()) this.#ask(watched);
  }

  #ask(watched: Watched): void {
    const { intervalMilliseconds, ping } = this.#options;
    if (intervalMilliseconds === null || this.#closing.signal.aborted || watched.isAsking) return;
    if (!this.#isPolled(watched.target)) return;
    watched.isAsking = true;
    const wait = Math.min(intervalMilliseconds, MAX_WAIT_MILLISECONDS);
    ping(watched.target.peer, wait, this.#closing.signal).then(
      (result) => this.#hear(watched, result),
      (error: unknown) => this.#hear(watched, { answered: false, what: String(error) }),
    );
  }

  #hear(watched: Watched, result: PingResult): void {
    watched.isAsking = false;
    if (!result.answered) {
      watched.lastFailure = result.what;
      return;
    }
    watched.lastStatus = result.status;
    if (result.status === OUT_OF_SERVICE) {
      watched.lastFailure = `OPTIONS answered ${OUT_OF_SERVICE}`;
      return;
    }
    const now = this.#options.now();
    watched.heardAt = now;
    watched.lastAnswerAt = now;
    watched.lastFailure = null;
  }
}

const UNHEARD = { lastAnswerAt: null, lastStatus: null, lastFailure: null, isAsking: false };

function isSamePeer(a: SipPeer, b: SipPeer): boolean {
  return a.transport === b.transport && a.host === b.host && a.port === b.port;
}
