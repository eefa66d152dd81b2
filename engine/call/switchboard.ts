import type { MediaProfile } from "../media/sdp.ts";
import type { Call } from "../model/call.ts";
import type { CallQuality } from "../model/call-detail-record.ts";
import type { RouteDecision } from "../model/decision.ts";
import type { SipEndpoint } from "../sip/sip-endpoint.ts";
import type { CallClock } from "./call-clock.ts";
import type { InviteAttempt } from "./invite-attempt.ts";
import type { TrunkOffer } from "./order-trunks.ts";
import type { InviteGround, InviteParties } from "./plan-invite.ts";
import type { TrunkTarget, TrunkTargets } from "./trunk-targets.ts";

/**
 * What a call in progress needs of whoever places it, and what it tells back.
 *
 * @module
 */

/** The sound of one call. */
export interface CallMedia {
  /** SDP of a new offer of ours, for one INVITE. */
  offer(profile: MediaProfile): string;
  /** The last of them again, for who asks during the call. */
  offerAgain(): string;
  /** Sound begins; `null` = the answer had no SDP. */
  start(answer: string | null): void;
  /** Our answer to an offer that the other end makes while the call lasts. */
  answer(offer: string): string;
  /** It ends; how it got through, `null` = nobody listened. */
  stop(): CallQuality | null;
}

/** What all calls of a caller have in common. */
export interface Switchboard {
  readonly endpoint: SipEndpoint;
  readonly clock: CallClock;
  readonly ringSeconds: number;
  /** Why a trunk may not be given a call now; `null` = it may, and is taken to have it. */
  refusalOf(target: TrunkTarget): string | null;
  /** An attempt goes out, its trunk having been asked; `isAgain` = the same trunk's second. */
  onSent(attempt: InviteAttempt, isAgain: boolean): void;
  /** Nothing is left of one that was sent. */
  onOver(attempt: InviteAttempt): void;
  onFailover(): void;
  /** @param peerHost - Where the call goes first: our address is one that it can reach. */
  openMedia(peerHost: string): CallMedia | Promise<CallMedia>;
}

/** One call as decided, with its trunks in order. */
export interface DecidedCall {
  readonly call: Call;
  readonly revision: string;
  readonly decision: RouteDecision;
  /** After normalisation; `null` = not dialable. */
  readonly number: string | null;
  readonly offers: readonly TrunkOffer[];
  readonly targets: TrunkTargets;
  readonly parties: Omit<InviteParties, "callerId">;
  readonly ground: InviteGround;
  readonly placedAt: number;
}
