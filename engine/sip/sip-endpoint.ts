import type { DigestAlgorithm } from "./digest-words.ts";
import type { ClientCall, ClientCallEvents, OutgoingInvite, ServerCall } from "./sip-calls.ts";
import type { SipHeaders, SipRequest } from "./sip-message.ts";
import type { ListenAddress, SipPeer } from "./sip-peer.ts";

/**
 * One end of SIP: its listening addresses, transactions and dialogs. Made by `openSipEndpoint` in
 * `open-sip-endpoint.ts`.
 *
 * @module
 */

/** Certificates of a TLS end, all PEM. */
export interface TlsIdentity {
  readonly certificate: string;
  readonly key: string;
  /** Certificates that the other end's must lead to; the system's when left out. */
  readonly trusted?: string;
  /** As server: connections without a trusted client certificate are refused. */
  readonly requireClientCertificate: boolean;
}

/** What is done to one message on its way. All times in milliseconds. */
export type WireFate =
  | { readonly deliver: "now" }
  | { readonly deliver: "never" }
  | { readonly deliver: "later"; readonly afterMilliseconds: number }
  | { readonly deliver: "twice" }
  /** Breaks the TCP or TLS connection instead; a UDP message is lost. */
  | { readonly deliver: "reset" };

/** Hears each message at the socket, in the order of the wire. */
export type WireTap = (
  direction: "received" | "sent",
  message: string,
  peer: SipPeer,
  local: ListenAddress,
) => void;

/** Names and passwords. `passwordOf` for callers that we challenge, `login` for when we are challenged. */
export interface DigestCredentials {
  readonly realm: string;
  passwordOf?(user: string): string | undefined;
  /** Hashes that callers may use, the better one first; SHA-256 and MD5 when left out (RFC 8760). */
  readonly algorithms?: readonly DigestAlgorithm[];
  readonly login?: { readonly user: string; readonly password: string };
}

/** What to answer an OPTIONS with; `null` = nothing at all. */
export interface OptionsAnswer {
  readonly status: number;
  readonly headers?: SipHeaders;
}

export interface SipEndpointOptions {
  readonly listen: readonly ListenAddress[];
  /** Server and User-Agent header. */
  readonly product: string;
  readonly tls?: TlsIdentity;
  readonly digest?: DigestCredentials;
  /** Messages a second from one source address past which they are dropped; none when left out. */
  readonly messagesPerSecondPerSource?: number;
  /** An INVITE outside a dialog; without it they are answered 480. */
  onInvite?(call: ServerCall): void;
  /**
   * An INVITE was refused by 401, which is not the end of its call: `asked` = it came without credentials or
   * with outdated ones, `wrong` = with wrong ones. The next of the same Call-ID comes here or to `onInvite`,
   * if any comes.
   */
  onChallenge?(request: SipRequest, because: "asked" | "wrong"): void;
  /** OPTIONS outside a dialog; 200 when left out. */
  onOptions?(request: SipRequest): OptionsAnswer | null;
  /** Asked of every message before it is read (received) or handed to the socket (sent). */
  fateOf?(direction: "received" | "sent", message: string, peer: SipPeer): WireFate;
  readonly tap?: WireTap;
  /** One line for a log: what was wrong on the wire, and from where. */
  onFault?(what: string, peer: SipPeer | null): void;
}

/** What an endpoint holds right now, and what it has counted. */
export interface EndpointCounts {
  /** Transactions that still expect something or may have to repeat something. */
  readonly transactions: number;
  readonly dialogs: number;
  readonly sockets: number;
  /** Finished transactions kept only to answer late repeats (RFC 3261 timers D, I, J). */
  readonly absorbed: number;
  readonly messagesReceived: number;
  readonly messagesSent: number;
  readonly retransmissionsSent: number;
  readonly malformed: number;
  /** Responses that belong to no request of ours; dropped. */
  readonly unmatched: number;
  /** Messages dropped because their source sent too many, and requests refused before a call was made of them. */
  readonly refused: number;
}

/** How an OPTIONS went. */
export type PingResult =
  | { readonly answered: true; readonly status: number; readonly milliseconds: number }
  | { readonly answered: false; readonly what: string };

export interface SipEndpoint {
  readonly addresses: readonly ListenAddress[];
  invite(to: SipPeer, invite: OutgoingInvite, events: ClientCallEvents): ClientCall;
  /** Sends OPTIONS and waits at most `timeoutMilliseconds`, or until `signal` is aborted. */
  ping(to: SipPeer, timeoutMilliseconds: number, signal?: AbortSignal): Promise<PingResult>;
  counts(): EndpointCounts;
  /** Closes the sockets and forgets everything at once. */
  close(): Promise<void>;
}
