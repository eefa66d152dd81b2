import { ALLOW_LINE, namesOption, SUPPORTED_LINE } from "./allowed-methods.ts";
import type { CallHost, CallOwner, DialogOwner, ServerTransactionOwner } from "./call-host.ts";
import { Dialog } from "./dialog.ts";
import { DialogRequest } from "./dialog-request.ts";
import { answerOnce, contactFor, InDialogRequests } from "./in-dialog-requests.ts";
import type { IncomingRequest } from "./incoming-message.ts";
import { nextHopFlow } from "./next-hop.ts";
import { headerLines } from "./outgoing-text.ts";
import { randomToken } from "./random-token.ts";
import { ReliableProvisionals } from "./reliable-provisional.ts";
import { ResponseHead } from "./response-text.ts";
import { ServerInvite } from "./server-invite.ts";
import type { ServerCall, ServerCallEvents, SipExtras } from "./sip-calls.ts";
import type { SipBody } from "./sip-message.ts";
import type { SipFlow } from "./sip-sockets.ts";
import { patience } from "./transaction-timers.ts";

/** Where a received call stands. */
type Stage = "ringing" | "answered" | "confirmed" | "refused" | "ending" | "ended";

/**
 * A call received by this end.
 *
 * ```
 *  INVITE ──▶ ringing ── answer() ──▶ answered ── ACK ──▶ confirmed
 *               │  │                     │                  │   │
 *      reject() │  │ CANCEL: 487         │ no ACK in        │   │ BYE: 200, onHangUp
 *               ▼  ▼                     │ 64 × T1          │   │
 *             refused                    ▼                  │   │
 *               │                      BYE, ◀── hangUp() ───┘   │
 *               │ ACK, or none           ending                 │
 *               │ in 64 × T1             │ its answer, or none  │
 *               ▼                        ▼ in 64 × T1           ▼
 *             ended ──────────────────▶ ended ◀───────────────────
 * ```
 *
 * `hangUp()` while answered waits for the ACK (RFC 3261 section 15); a BYE of the caller's before its ACK
 * is taken as both. Reliable provisional responses come first: see `ReliableProvisionals`.
 */
export class ReceivedCall implements ServerCall, ServerTransactionOwner, DialogOwner, CallOwner {
  readonly request: IncomingRequest;
  events: ServerCallEvents = {};
  slot = -1;
  readonly #host: CallHost;
  readonly #flow: SipFlow;
  readonly #tag = randomToken();
  readonly #head: ResponseHead;
  readonly #invite: ServerInvite;
  readonly #received = performance.now();
  #silent = true;
  #stage: Stage = "ringing";
  #dialog: Dialog | undefined;
  #inDialog: InDialogRequests | undefined;
  #reliable: ReliableProvisionals | undefined;
  #lastBody: SipBody | null = null;
  #hangUpWanted: SipExtras | null = null;

  constructor(host: CallHost, request: IncomingRequest, flow: SipFlow, key: string) {
    this.#host = host;
    this.request = request;
    this.#flow = flow;
    this.#head = new ResponseHead(request, this.#tag, host.product);
    const back = host.responseFlow(request, flow);
    this.#invite = new ServerInvite(host, key, back, {
      onUnacknowledged: () => this.#unacknowledged(),
    });
    host.serverTransactions.set(key, this);
    host.calls.add(this);
  }

  trying(): void {
    this.#silent = false;
    this.#invite.provisional(100, this.#head.text({ status: 100 }));
  }

  progress(
    status: number,
    extras: SipExtras & { readonly reliable?: boolean; readonly phrase?: string } = {},
  ): void {
    if (this.#stage !== "ringing" || status <= 100 || status > 199) return;
    this.#silent = false;
    this.#openDialog();
    this.#lastBody = extras.body ?? this.#lastBody;
    const lines = `${this.#dialogLines()}${headerLines(extras.headers ?? [])}`;
    const parts = { status, phrase: extras.phrase, lines, body: extras.body };
    if (this.#wantsReliable(extras.reliable === true)) {
      this.#reliable ??= new ReliableProvisionals(this.#host, this.request.cseq, {
        send: (code, text) => this.#invite.provisional(code, text),
        onNeverAcknowledged: () => this.#refuse(504, { headers: [] }),
      });
      this.#reliable.send(this.#head, parts);
      return;
    }
    this.#invite.provisional(status, this.#head.text(parts));
  }

  answer(extras: SipExtras = {}): void {
    if (this.#stage !== "ringing") return;
    if (this.#reliable?.holdsSession === true) {
      this.#reliable.onceAcknowledged(() => this.answer(extras));
      return;
    }
    this.#reliable?.stop();
    this.#openDialog();
    this.#stage = "answered";
    if (this.request.body !== null) this.#settle();
    this.#lastBody = extras.body ?? this.#lastBody;
    const lines = `${this.#dialogLines()}${ALLOW_LINE}${SUPPORTED_LINE}${headerLines(extras.headers ?? [])}`;
    this.#invite.answer(200, this.#head.text({ status: 200, lines, body: extras.body }));
  }

  reject(status: number, extras: SipExtras & { readonly phrase?: string } = {}): void {
    if (status >= 300 && status <= 699) this.#refuse(status, extras);
  }

  hangUp(extras: SipExtras = {}): void {
    if (this.#stage === "answered") this.#hangUpWanted = extras;
    if (this.#stage === "confirmed") this.#sendBye(extras);
  }

  abandon(): void {
    if (this.#stage === "ended") return;
    this.#end();
  }

  dispose(): void {
    this.#stage = "ended";
    this.#release();
  }

  /** A repeat of the INVITE, or the ACK to our refusal. */
  receive(request: IncomingRequest): void {
    const finished = this.#invite.receive(request.method === "ACK" ? "ACK" : "INVITE");
    if (finished) this.#end();
  }

  /** The CANCEL is answered already. */
  receiveCancel(cancel: IncomingRequest): void {
    if (this.#stage !== "ringing") return;
    this.#host.guarded("onCancel", cancel.source, () => this.events.onCancel?.(cancel));
    this.#refuse(487, {});
  }

  /** A caller that heard nothing at all gave up after its timer B, and sends no CANCEL. */
  expire(now: number): void {
    const forgotten = this.#silent && this.#stage === "ringing";
    if (forgotten && now - this.#received > patience()) this.#end();
  }

  owns(request: IncomingRequest): boolean {
    return this.#dialog?.owns(request) === true;
  }

  receiveInDialog(request: IncomingRequest, flow: SipFlow): void {
    switch (request.method) {
      case "ACK":
        this.#acknowledged(request);
        return;
      case "BYE":
        this.#receiveBye(request, flow);
        return;
      case "PRACK":
        this.#receivePrack(request, flow);
        return;
      default:
        this.#inDialog?.receive(request, flow);
    }
  }

  #wantsReliable(asked: boolean): boolean {
    if (namesOption(this.request.headers("Require"), "100rel")) return true;
    return asked && namesOption(this.request.headers("Supported"), "100rel");
  }

  #openDialog(): void {
    if (this.#dialog !== undefined) return;
    const dialog = Dialog.ofServer(this.request, this.#tag);
    this.#dialog = dialog;
    this.#host.dialogs.set(this.#tag, this);
    this.#inDialog = new InDialogRequests(this.#host, {
      dialog,
      answerOffer: (request) => this.#answerOffer(request),
      unsettled: () => (this.#stage === "ringing" ? 500 : null),
      unsettledOffer: () => {
        if (dialog.isSettled) return null;
        return this.request.body === null ? 491 : 500;
      },
      onUnacknowledged: () => this.hangUp(),
    });
  }

  /** What every response that makes or keeps the dialog carries (RFC 3261 section 12.1.1). */
  #dialogLines(): string {
    let lines = contactFor(this.#host, this.request, this.#flow);
    for (const route of this.#dialog?.routeSet ?? []) lines += `Record-Route: ${route}\r\n`;
    return lines;
  }

  #settle(): void {
    if (this.#dialog !== undefined) this.#dialog.isSettled = true;
  }

  #answerOffer(request: IncomingRequest): SipBody | null {
    if (request.body === null || this.events.onOffer === undefined) return this.#lastBody;
    let answer = this.#lastBody;
    this.#host.guarded("onOffer", request.source, () => {
      answer = this.events.onOffer?.(request) ?? answer;
    });
    this.#lastBody = answer;
    return answer;
  }

  #refuse(status: number, extras: SipExtras & { readonly phrase?: string }): void {
    if (this.#stage !== "ringing") return;
    this.#stage = "refused";
    this.#reliable?.stop();
    this.#closeDialog();
    const { phrase, body } = extras;
    const lines = headerLines(extras.headers ?? []);
    this.#invite.refuse(status, this.#head.text({ status, phrase, lines, body }));
  }

  #acknowledged(ack: IncomingRequest): void {
    if (this.#inDialog?.acknowledge(ack) === true) return;
    if (this.#stage !== "answered" || ack.cseq !== this.request.cseq) return;
    this.#invite.acknowledged();
    this.#stage = "confirmed";
    this.#settle();
    this.#host.guarded("onConfirm", ack.source, () => this.events.onConfirm?.(ack));
    if (this.#hangUpWanted !== null) this.hangUp(this.#hangUpWanted);
  }

  #unacknowledged(): void {
    if (this.#stage === "refused") this.#end();
    if (this.#stage !== "answered") return;
    this.#host.guarded("onUnconfirmed", this.request.source, () => this.events.onUnconfirmed?.());
    this.#sendBye(this.#hangUpWanted ?? {});
  }

  #receiveBye(bye: IncomingRequest, flow: SipFlow): void {
    if (this.#dialog?.inOrder(bye) !== true) {
      answerOnce(this.#host, bye, flow, { status: 500 });
      return;
    }
    answerOnce(this.#host, bye, flow, { status: 200 });
    if (this.#stage === "ringing") {
      this.#host.guarded("onCancel", bye.source, () => this.events.onCancel?.(bye));
      this.#refuse(487, {});
      return;
    }
    const crossing = this.#stage === "ending";
    this.#closeDialog();
    if (crossing) return;
    this.#host.guarded("onHangUp", bye.source, () => this.events.onHangUp?.(bye));
    this.#end();
  }

  #receivePrack(prack: IncomingRequest, flow: SipFlow): void {
    if (this.#dialog?.inOrder(prack) !== true) {
      answerOnce(this.#host, prack, flow, { status: 500 });
      return;
    }
    if (this.#reliable?.matches(prack) !== true) {
      answerOnce(this.#host, prack, flow, { status: 481 });
      return;
    }
    const answered = prack.body === null ? null : this.#answerOffer(prack);
    // What answers an offer of ours is no offer: it gets no answer in turn.
    const isAnswer = this.request.body === null && !this.#dialog.isSettled;
    const body = isAnswer ? null : answered;
    if (this.#reliable.sentSession) this.#settle();
    answerOnce(this.#host, prack, flow, { status: 200, body });
    this.#reliable.acknowledged();
  }

  #sendBye(extras: SipExtras): void {
    const dialog = this.#dialog;
    if (dialog === undefined || this.#stage === "ending" || this.#stage === "ended") return;
    this.#stage = "ending";
    this.#invite.dispose();
    const host = this.#host;
    const { routeSet, remoteTarget } = dialog;
    const flow = nextHopFlow(routeSet, remoteTarget, this.#flow, (peer) => host.flowTo(peer));
    const bye = {
      method: "BYE",
      lines: `User-Agent: ${host.product}\r\n${headerLines(extras.headers ?? [])}`,
      body: extras.body ?? null,
    };
    new DialogRequest(host, flow, dialog, bye, () => this.#end());
  }

  #closeDialog(): void {
    this.#host.dialogs.delete(this.#tag);
    this.#inDialog?.dispose();
  }

  #release(): void {
    this.#host.calls.remove(this);
    this.#closeDialog();
    this.#reliable?.stop();
    this.#invite.dispose();
  }

  #end(): void {
    if (this.#stage === "ended") return;
    this.#stage = "ended";
    this.#release();
    this.#host.guarded("onEnd", this.request.source, () => this.events.onEnd?.());
  }
}
