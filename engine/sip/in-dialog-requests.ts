import { ACCEPT_LINE, ALLOW_LINE, SUPPORTED_LINE } from "./allowed-methods.ts";
import type { CallHost } from "./call-host.ts";
import type { Dialog } from "./dialog.ts";
import type { IncomingRequest } from "./incoming-message.ts";
import { ownCopy } from "./late-repeats.ts";
import { randomToken } from "./random-token.ts";
import { ResponseHead, type ResponseParts } from "./response-text.ts";
import { ServerInvite, transactionKey } from "./server-invite.ts";
import type { SipBody } from "./sip-message.ts";
import type { SipFlow } from "./sip-sockets.ts";

/** Of 0 to 10 seconds (RFC 3261 section 14.2). */
const RETRY_AFTER_LINE = "Retry-After: 5\r\n";

/** What a call does when the other end asks for something inside the dialog. */
export interface DialogDuties {
  readonly dialog: Dialog;
  /** Answer to an offer, and what is offered when the other end offers nothing. */
  answerOffer(request: IncomingRequest): SipBody | null;
  /**
   * What an INVITE inside the dialog is refused with as long as the first is not settled (section 14.2): 491 by
   * the end that sent it, 500 by the one that received it; `null` = it is settled. A method, because each
   * object literal with a getter gets a hidden class of its own from V8, which outlives the call.
   */
  unsettled(): 491 | 500 | null;
  /**
   * What an UPDATE with an offer is refused with before the call's first offer is answered (RFC 3311 section
   * 5.2): 491 where that is ours, 500 where it is the other end's; `null` = it is answered.
   */
  unsettledOffer(): 491 | 500 | null;
  /** Our answer to a re-INVITE was never acknowledged: the call is to be hung up (section 14.2). */
  onUnacknowledged(): void;
}

/**
 * Answers to the requests of a dialog other than BYE, ACK and PRACK, the same for both ends of a call.
 *
 * | request | answer |
 * |---|---|
 * | OPTIONS | 200 with what we can do (RFC 3261 section 11) |
 * | INVITE | 200 with our session, repeated until its ACK (section 14.2); 491 while another is open, 500 while ours is not answered |
 * | UPDATE | 200, with our session if it brought an offer; such a one gets 491 while an offer of ours is open, 500 while we have not answered one, 488 where there is no answer (RFC 3311 section 5.2) |
 * | INFO | 200 without effect: none of its packages is supported (RFC 6086) |
 * | any other, REFER too | 405, before it comes here |
 * | sequence number not higher than the last | 500 (section 12.2.2) |
 */
export class InDialogRequests {
  readonly #host: CallHost;
  readonly #duties: DialogDuties;
  #reInvite: ServerInvite | undefined;
  #reInviteCseq = -1;
  /** It came without an offer: ours is open until its ACK. */
  #reInviteOffers = false;

  constructor(host: CallHost, duties: DialogDuties) {
    this.#host = host;
    this.#duties = duties;
  }

  get dialog(): Dialog {
    return this.#duties.dialog;
  }

  receive(request: IncomingRequest, flow: SipFlow): void {
    if (!this.#duties.dialog.inOrder(request)) {
      answerOnce(this.#host, request, flow, { status: 500, lines: RETRY_AFTER_LINE });
      return;
    }
    if (request.method === "INVITE") {
      this.#answerInvite(request, flow);
      return;
    }
    answerOnce(this.#host, request, flow, this.#answerTo(request, flow));
  }

  /** `true` = the ACK was the re-INVITE's. */
  acknowledge(ack: IncomingRequest): boolean {
    if (this.#reInvite === undefined || ack.cseq !== this.#reInviteCseq) return false;
    this.#reInvite.acknowledged();
    this.#reInvite = undefined;
    return true;
  }

  dispose(): void {
    this.#reInvite?.dispose();
    this.#reInvite = undefined;
  }

  #answerTo(request: IncomingRequest, flow: SipFlow): ResponseParts {
    switch (request.method) {
      case "OPTIONS":
        return { status: 200, lines: `${ALLOW_LINE}${ACCEPT_LINE}${SUPPORTED_LINE}` };
      case "UPDATE":
        return this.#answerToUpdate(request, flow);
      default:
        return { status: 200 };
    }
  }

  #answerToUpdate(request: IncomingRequest, flow: SipFlow): ResponseParts {
    const duties = this.#duties;
    let body: SipBody | null = null;
    if (request.body !== null) {
      const crossing = this.#reInvite !== undefined && this.#reInviteOffers;
      const refusal = duties.unsettledOffer() ?? (crossing ? 491 : null);
      if (refusal !== null) return { status: refusal, lines: retryLine(refusal) };
      body = duties.answerOffer(request);
      if (body === null || body.content === "") return { status: 488 };
    }
    duties.dialog.refreshTarget(request);
    const lines = `${contactFor(this.#host, request, flow)}${ALLOW_LINE}`;
    return { status: 200, lines, body };
  }

  #answerInvite(request: IncomingRequest, flow: SipFlow): void {
    const host = this.#host;
    const key = ownCopy(transactionKey(request, "INVITE"));
    const refusal = this.#duties.unsettled() ?? (this.#reInvite === undefined ? null : 491);
    const invite = new ServerInvite(host, key, host.responseFlow(request, flow), {
      onUnacknowledged: () => {
        if (this.#reInvite !== invite) return;
        this.#reInvite = undefined;
        this.#duties.onUnacknowledged();
      },
    });
    host.serverTransactions.set(key, {
      receive: (again) => void invite.receive(again.method === "ACK" ? "ACK" : "INVITE"),
      receiveCancel: () => {},
      expire: () => {},
      dispose: () => invite.dispose(),
    });
    const head = new ResponseHead(request, "", host.product);
    if (refusal !== null) {
      invite.refuse(refusal, head.text({ status: refusal, lines: retryLine(refusal) }));
      return;
    }
    this.#duties.dialog.refreshTarget(request);
    this.#reInvite = invite;
    this.#reInviteCseq = request.cseq;
    this.#reInviteOffers = request.body === null;
    const lines = `${contactFor(host, request, flow)}${ALLOW_LINE}${SUPPORTED_LINE}`;
    const body = this.#duties.answerOffer(request);
    invite.answer(200, head.text({ status: 200, lines, body }));
  }
}

/** Whom 500 refuses may try again; 491 says so by itself. */
function retryLine(refusal: 491 | 500): string {
  return refusal === 500 ? RETRY_AFTER_LINE : "";
}

/** Our Contact line in an answer: of the scheme that the request came for (RFC 3261 sections 12.1.1 and 12.2.2). */
export function contactFor(host: CallHost, request: IncomingRequest, flow: SipFlow): string {
  const isSecure = flow.transport === "tls" && request.isSecure;
  return host.contactLine(flow, undefined, isSecure);
}

/**
 * Answers a request other than INVITE at once, and the same way when it is repeated: its server
 * transaction (RFC 3261 figure 8) is nothing but the text kept for timer J.
 */
export function answerOnce(
  host: CallHost,
  request: IncomingRequest,
  flow: SipFlow,
  parts: ResponseParts,
): void {
  const tag = request.toTag === "" ? randomToken() : "";
  const text = new ResponseHead(request, tag, host.product).text(parts);
  if (!flow.reliable) host.rememberAnswer(ownCopy(transactionKey(request, request.method)), text);
  host.respond(request, flow, text);
}
