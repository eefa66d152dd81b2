import type { SipBody, SipHeaders, SipRequest, SipResponse } from "./sip-message.ts";

/**
 * Calls over SIP, from either end, as the floors above see them. An endpoint makes them; see
 * `sip-endpoint.ts`.
 *
 * @module
 */

/** What goes along with a response or request that an end sends of its own. */
export interface SipExtras {
  readonly headers?: SipHeaders;
  readonly body?: SipBody;
}

/** What an INVITE says. Via, Call-ID, CSeq, tags, Contact, Max-Forwards and Content-Length are added. */
export interface OutgoingInvite {
  /** `sip:+442079460123@127.0.0.1:5073;user=phone`, or `sips:`. */
  readonly requestUri: string;
  /** `"Megan" <sip:+14255550101@contoso.com>` without a tag. */
  readonly from: string;
  readonly to: string;
  /** Host of our Contact where it must be a name (an FQDN); our own address when left out. */
  readonly contactHost?: string;
  readonly headers: SipHeaders;
  readonly body: SipBody | null;
}

/** What the caller's end hears of a call it placed, in this order. */
export interface ClientCallEvents {
  /** 101 to 199; reliable ones (RFC 3262) are acknowledged before this. 100 is heard by `onTrying`. */
  onProgress?(response: SipResponse): void;
  onTrying?(): void;
  /**
   * A 2xx; it is acknowledged before this. One that crosses our CANCEL is told too, as the other end has
   * answered then; the call is hung up at once, and `onEnd` follows.
   */
  onAnswer?(response: SipResponse): void;
  /** A final response of 300 or more. */
  onReject?(response: SipResponse): void;
  /** No response came (RFC 3261 timer B), or it could not be sent; `what` is for people. */
  onFail?(failure: "timeout" | "transport", what: string): void;
  /** The other end hung up; its BYE is answered. */
  onHangUp?(bye: SipRequest): void;
  /** Offer of a re-INVITE or UPDATE → our answer; without it the call's last body is sent again. */
  onOffer?(request: SipRequest): SipBody;
  /** The last event: nothing of the call is left on this end but what absorbs late repeats. */
  onEnd?(): void;
}

/** A call placed by this end. */
export interface ClientCall {
  readonly callId: string;
  /** Gives up a call that is not answered yet (CANCEL as soon as it may be sent; RFC 3261 section 9.1). */
  cancel(extras?: SipExtras): void;
  /** Ends an answered call (BYE). No effect on any other. */
  hangUp(extras?: SipExtras): void;
  /** Forgets the call at once, sends nothing; no event follows but `onEnd`. */
  abandon(): void;
}

/** What the called end hears. */
export interface ServerCallEvents {
  /** The caller gave up; 487 is sent. */
  onCancel?(cancel: SipRequest): void;
  /** The answer was acknowledged. */
  onConfirm?(ack: SipRequest): void;
  /** Our answer was never acknowledged (64 × T1); the call is ended by a BYE. */
  onUnconfirmed?(): void;
  onHangUp?(bye: SipRequest): void;
  onOffer?(request: SipRequest): SipBody;
  onEnd?(): void;
}

/**
 * A call received by this end. Nothing is sent unless asked for, not even 100; one that nothing was sent to in
 * 64 × T1 ends then, as its caller has given up.
 */
export interface ServerCall {
  readonly request: SipRequest;
  events: ServerCallEvents;
  /** 100. */
  trying(): void;
  /** 101 to 199; `reliable` asks for PRACK and repeats until it comes (only when the caller supports 100rel). */
  progress(
    status: number,
    extras?: SipExtras & { readonly reliable?: boolean; readonly phrase?: string },
  ): void;
  /** 200 with the body given. Repeated until acknowledged. */
  answer(extras?: SipExtras): void;
  /** 300 to 699. */
  reject(status: number, extras?: SipExtras & { readonly phrase?: string }): void;
  /** Ends an answered call (BYE). */
  hangUp(extras?: SipExtras): void;
  /** Forgets the call at once, sends nothing. Repeats of its INVITE stay unanswered. */
  abandon(): void;
}
