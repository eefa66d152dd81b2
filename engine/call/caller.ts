import type { Call } from "../model/call.ts";
import type { CallAttempt, CallDetailRecord } from "../model/call-detail-record.ts";
import type { RouteDecision } from "../model/decision.ts";
import type { Tenant } from "../model/tenant.ts";
import type { TrunkHealth } from "../model/trunk-health.ts";
import type { Router } from "../route/router.ts";
import type { SipEndpoint } from "../sip/sip-endpoint.ts";
import type { TrunkTargets } from "./trunk-targets.ts";

/**
 * Who places calls: each is decided, offered to its trunks in order until one takes it, held, hung up,
 * and recorded. Made by `createCaller` in `create-caller.ts`.
 *
 * @module
 */

/** By what calls are placed. */
export interface CallGround {
  readonly tenant: Tenant;
  /** Made of the same tenant. */
  readonly router: Router;
  /** From `trunkTargets(tenant, …)`. */
  readonly targets: TrunkTargets;
}

export interface CallerOptions extends CallGround {
  /** Listening on each transport that the targets use. The caller does not close it. */
  readonly endpoint: SipEndpoint;
  /** Shuffles the gateways of a route; 0 when left out. */
  readonly seed?: number;
  /** How long a call may ring before the caller gives up; 180 when left out. */
  readonly ringSeconds?: number;
  /**
   * Time from one OPTIONS to the next on each trunk; 60 when left out, `null` = none is sent and every
   * trunk counts as healthy. The first goes out at once; nobody waits for its answer.
   */
  readonly optionsIntervalSeconds?: number | null;
  /**
   * Our FQDN in From and Contact of calls to gateways; whoever hangs up must be able to resolve it. Left
   * out: From carries Microsoft's, Contact our address.
   */
  readonly teamsFqdn?: string;
  /** Calls with RTP at one time: their quality is measured. 0 when left out. */
  readonly maxMediaStreams?: number;
}

/** What happens to a call, for whoever shows it while it happens. */
export type CallProgress =
  | { readonly kind: "decided"; readonly decision: RouteDecision; readonly number: string | null }
  | { readonly kind: "invited"; readonly trunk: string; readonly callId: string }
  | { readonly kind: "ringing"; readonly trunk: string; readonly status: number }
  | { readonly kind: "answered"; readonly trunk: string }
  | { readonly kind: "attempt-ended"; readonly attempt: CallAttempt };

/** How the caller behaves in one call. */
export interface CallConduct {
  /** From the answer until the caller hangs up; `null` or left out = until the other end does. */
  readonly holdSeconds?: number | null;
  /** When aborted, the caller gives up a call that is not answered, and hangs up one that is. */
  readonly signal?: AbortSignal;
  onProgress?(progress: CallProgress): void;
}

/** Calls and attempts of a caller since it was made. `placed` = sum of the results + `inFlight`. */
export interface CallerCounts {
  readonly placed: number;
  readonly inFlight: number;
  /** Of those in flight: answered. */
  readonly talking: number;
  readonly answered: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly cancelled: number;
  readonly notPlaced: number;
  /** INVITEs sent. */
  readonly attempts: number;
  /** Attempts after which the next trunk was tried. */
  readonly failovers: number;
}

/** What one trunk or gateway carries right now. */
export interface TrunkLoad {
  readonly trunk: string;
  readonly operator: string | null;
  /** Attempts that have not ended. */
  readonly calls: number;
  /** `null` = no limit. */
  readonly maxConcurrentCalls: number | null;
}

export interface Caller {
  /**
   * Places one call and resolves when it is over; never rejects because of what a trunk does. The record
   * waits up to 2 s for the last answers to a CANCEL or BYE; a trunk that never said anything may keep
   * its INVITE longer, which only `drain` waits for. A caller that drains places none: the record says
   * `not-placed`.
   */
  place(call: Call, conduct?: CallConduct): Promise<CallDetailRecord>;
  counts(): CallerCounts;
  /** All trunks and gateways that have been, or may be, sent a call. */
  load(): readonly TrunkLoad[];
  health(): readonly TrunkHealth[];
  /**
   * New calls go by another tenant. Those in progress live on, also over trunks that are disabled or
   * gone (documented for Enabled=false: Microsoft, Set-CsOnlinePSTNGateway).
   */
  adopt(ground: CallGround): void;
  /**
   * Takes no more calls and waits for those in progress. After the grace, unanswered ones are cancelled
   * and the others hung up. Resolves when nothing is left of any call; then the caller is closed.
   */
  drain(graceSeconds: number): Promise<void>;
  /** Stops polling and abandons what is still in progress; its records say how far it came. */
  close(): void;
}
