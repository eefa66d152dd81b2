import type { SipPeer } from "./sip-peer.ts";

/**
 * SIP messages as the floors above see them: read-only, headers by any spelling of their name (compact
 * forms too). Nothing here is sip.js's.
 *
 * @module
 */

/** A message body with its Content-Type. */
export interface SipBody {
  readonly contentType: string;
  readonly content: string;
}

interface SipMessage {
  /** First value of a header as it stands; `undefined` = it is not there. */
  header(name: string): string | undefined;
  /** All its values, lists split at their commas; empty = it is not there. */
  headers(name: string): readonly string[];
  readonly callId: string;
  /** `null` = none. */
  readonly body: SipBody | null;
}

export interface SipRequest extends SipMessage {
  readonly method: string;
  /** The Request-URI as it stands. */
  readonly requestUri: string;
  /** User part of the Request-URI without parameters, or the number of a tel URI; `""` = none. */
  readonly calledUser: string;
  /** User part of the From URI; `""` = none. */
  readonly callingUser: string;
  readonly source: SipPeer;
}

export interface SipResponse extends SipMessage {
  readonly status: number;
  readonly phrase: string;
}

/** Header name and value, in the order in which they are written. */
export type SipHeaders = readonly (readonly [name: string, value: string])[];
