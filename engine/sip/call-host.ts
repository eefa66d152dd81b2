import type { LoggerFactory } from "sip.js/lib/core/index.js";
import type { ChurningTable } from "./churning-table.ts";
import type { DigestAnswer } from "./digest-answer.ts";
import type { IncomingRequest, IncomingResponse } from "./incoming-message.ts";
import type { LateRepeats } from "./late-repeats.ts";
import type { SipPeer } from "./sip-peer.ts";
import type { SipFlow } from "./sip-sockets.ts";
import type { SlotList, Slotted } from "./slot-list.ts";

/** Who takes what belongs to an INVITE received: repeats, the ACK to a refusal, CANCEL. */
export interface ServerTransactionOwner {
  receive(request: IncomingRequest): void;
  receiveCancel(cancel: IncomingRequest): void;
  /** Ends what nobody waits for any more; asked now and then. */
  expire(now: number): void;
  dispose(): void;
}

/** Who takes the responses to a request sent. */
export interface ClientTransactionOwner {
  receive(response: IncomingResponse): void;
  dispose(): void;
}

/** A call, as long as anything of it is left. */
export interface CallOwner extends Slotted {
  /** Forgets it at once; sends nothing, tells nobody. */
  dispose(): void;
}

/** Who takes the requests inside a dialog. */
export interface DialogOwner {
  /** Is it of one of the dialogs under this tag? */
  owns(request: IncomingRequest): boolean;
  receiveInDialog(request: IncomingRequest, flow: SipFlow): void;
}

/** What a finished INVITE of ours answers a repeated 2xx or refusal with. */
export interface LateAck {
  readonly text: string;
  readonly flow: SipFlow;
  readonly toTag: string;
}

/** What calls and transactions need of their endpoint. */
export interface CallHost {
  readonly product: string;
  readonly loggerFactory: LoggerFactory;
  /** INVITEs received, by transaction key. */
  readonly serverTransactions: ChurningTable<ServerTransactionOwner>;
  /** Requests sent, by branch and method. */
  readonly clientTransactions: ChurningTable<ClientTransactionOwner>;
  readonly calls: SlotList<CallOwner>;
  /** By our tag. */
  readonly dialogs: ChurningTable<DialogOwner>;
  readonly lateAcks: LateRepeats<LateAck>;
  flowTo(peer: SipPeer): SipFlow;
  /** Hands over a message; a failure is reported by `onFault`, and told `failed`. */
  send(flow: SipFlow, text: string, failed?: () => void): void;
  /** Sends a response where RFC 3261 section 18.2.2 says. */
  respond(request: IncomingRequest, flow: SipFlow, text: string): void;
  /** Keeps an answer for repeats of its request; `""` = repeats are only absorbed. */
  rememberAnswer(key: string, text: string): void;
  /** Where the responses to a request go. */
  responseFlow(request: IncomingRequest, flow: SipFlow): SipFlow;
  countRepeat(): void;
  /** Answers the challenges to one request of ours; `null` = we have no credentials. */
  digestAnswer(): DigestAnswer | null;
  fault(what: string, peer: SipPeer | null): void;
  /** Runs a listener of the floors above; what it throws is reported. */
  guarded(what: string, peer: SipPeer | null, run: () => void): void;
  /** `SIP/2.0/UDP 192.0.2.1:5060` of what leaves by a flow. */
  sentVia(flow: SipFlow): string;
  /** Our Contact header line for the other end of a flow. */
  contactLine(flow: SipFlow, host?: string, isSecure?: boolean): string;
}
