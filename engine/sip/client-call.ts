import { ALLOW_LINE, namesOption, SUPPORTED_LINE } from "./allowed-methods.ts";
import type { CallHost, CallOwner, DialogOwner } from "./call-host.ts";
import { ClientInvite } from "./client-invite.ts";
import { ClientRequest } from "./client-request.ts";
import { Dialog } from "./dialog.ts";
import { DialogRequest } from "./dialog-request.ts";
import type { DigestAnswer } from "./digest-answer.ts";
import { answerOnce, InDialogRequests } from "./in-dialog-requests.ts";
import type { IncomingRequest, IncomingResponse } from "./incoming-message.ts";
import { isSips, nextHopFlow } from "./next-hop.ts";
import { headerLines, oneLine, RequestText } from "./outgoing-text.ts";
import { randomToken } from "./random-token.ts";
import type { ClientCall, ClientCallEvents, OutgoingInvite, SipExtras } from "./sip-calls.ts";
import { MAX_FORKS, MAX_OPEN_PRACKS } from "./sip-limits.ts";
import type { SipBody, SipHeaders } from "./sip-message.ts";
import type { SipFlow } from "./sip-sockets.ts";
import { patience } from "./transaction-timers.ts";
import { newBranch } from "./unique-branches.ts";

/** Where a placed call stands. */
type Stage = "calling" | "cancelling" | "answered" | "ending" | "ended";

/**
 * A call placed by this end.
 *
 * ```
 *            INVITE ──▶ calling ── 2xx: ACK, onAnswer ──▶ answered
 *                       │  │ │                             │    │
 *              cancel() │  │ └─ 3xx–6xx: ACK, onReject     │    │ BYE: 200,
 *                       ▼  │    401, 407: again with       │    │ onHangUp
 *              cancelling  │    digest, once               │    │
 *   CANCEL as soon as a    │                    hangUp():  │    │
 *   1xx came               │ timer B:           BYE        ▼    │
 *     │   │  │             │ onFail             ending          │
 *     │   │  └─ 2xx: ACK,  │                     │ its answer,  │
 *     │   │     onAnswer, BYE ─▶ ending          │ or none in   │
 *     │   └─ 487: onReject │                     │ 64 × T1      │
 *     │ 64 × T1: onFail    ▼                     ▼              ▼
 *     └────────────────▶ ended ◀─────────────────────────────────
 * ```
 *
 * A 2xx that crosses our CANCEL has made the call, so it is told, and hung up at once (RFC 3261 section
 * 9.1). Further 2xx of a forked INVITE are acknowledged and hung up (13.2.2.4), by the endpoint.
 */
export class PlacedCall implements ClientCall, DialogOwner, CallOwner {
  readonly callId = randomToken();
  slot = -1;
  readonly #host: CallHost;
  readonly #plan: OutgoingInvite;
  readonly #events: ClientCallEvents;
  readonly #flow: SipFlow;
  readonly #digest: DigestAnswer | null;
  readonly #tag = randomToken();
  #stage: Stage = "calling";
  #cseq = 1;
  #invite: ClientInvite;
  /** Early dialogs by the other end's tag (a fork makes several); after a 2xx only that one. */
  #dialogs: Dialog[] = [];
  /** Headers that answered the challenge to the INVITE. */
  #credentials: SipHeaders = [];
  #inDialog: InDialogRequests | undefined;
  #cancelExtras: SipExtras = {};
  #cancelSent = false;
  /** PRACKs and a CANCEL: of no use once the call is over. */
  readonly #requests = new Set<ClientRequest | DialogRequest>();
  #giveUp: NodeJS.Timeout | undefined;
  #lastBody: SipBody | null;

  constructor(host: CallHost, flow: SipFlow, plan: OutgoingInvite, events: ClientCallEvents) {
    this.#host = host;
    this.#flow = flow;
    this.#plan = plan;
    this.#events = events;
    this.#digest = host.digestAnswer();
    this.#lastBody = plan.body;
    host.calls.add(this);
    this.#invite = this.#sendInvite();
  }

  cancel(extras: SipExtras = {}): void {
    if (this.#stage !== "calling") return;
    this.#stage = "cancelling";
    this.#cancelExtras = extras;
    this.#sendCancel();
  }

  hangUp(extras: SipExtras = {}): void {
    if (this.#stage === "answered") this.#sendBye(extras);
  }

  abandon(): void {
    this.#end();
  }

  dispose(): void {
    this.#stage = "ended";
    this.#release();
  }

  owns(request: IncomingRequest): boolean {
    return this.#dialogs.some((dialog) => dialog.owns(request));
  }

  receiveInDialog(request: IncomingRequest, flow: SipFlow): void {
    if (request.method === "ACK") {
      this.#inDialog?.acknowledge(request);
      return;
    }
    if (request.method === "BYE") {
      this.#receiveBye(request, flow);
      return;
    }
    this.#requestsOf(request).receive(request, flow);
  }

  #sendInvite(): ClientInvite {
    const { requestUri, from, to, headers, body, contactHost } = this.#plan;
    const host = this.#host;
    const given = headers.map(([name]) => name.toLowerCase());
    let lines = host.contactLine(this.#flow, contactHost, isSips(requestUri));
    if (!given.includes("allow")) lines += ALLOW_LINE;
    if (!given.includes("supported")) lines += SUPPORTED_LINE;
    if (!given.includes("user-agent")) lines += `User-Agent: ${host.product}\r\n`;
    lines += headerLines(headers) + headerLines(this.#credentials);
    const request = new RequestText({
      method: "INVITE",
      requestUri: oneLine(requestUri),
      sentVia: host.sentVia(this.#flow),
      branch: newBranch(),
      routeSet: [],
      from: `${oneLine(from)};tag=${this.#tag}`,
      to: oneLine(to),
      callId: this.callId,
      cseq: this.#cseq,
      lines,
      body,
    });
    return new ClientInvite(host, this.#flow, request, {
      onResponse: (response) => this.#receive(response),
      onTimeout: () => this.#fail("timeout", "no response came in 64 × T1 (RFC 3261 timer B)"),
      onTransportError: (what) => this.#fail("transport", what),
    });
  }

  #receive(response: IncomingResponse): void {
    if (this.#stage === "ended") return;
    if (response.status < 200) this.#receiveProvisional(response);
    else if (response.status < 300) this.#receiveAnswer(response);
    else this.#receiveRefusal(response);
  }

  #receiveProvisional(response: IncomingResponse): void {
    if (this.#stage === "cancelling") this.#sendCancel();
    if (response.status === 100) {
      this.#tell("onTrying", () => this.#events.onTrying?.());
      return;
    }
    if (response.toTag !== "") {
      if (this.#isForkTooMany(response)) return;
      const dialog = this.#dialogOf(response);
      if (!this.#acknowledgeProvisional(response, dialog)) return;
    }
    this.#tell("onProgress", () => this.#events.onProgress?.(response));
  }

  /** PRACK (RFC 3262 section 4). `false` = a repeat, or out of order: not to be told. */
  #acknowledgeProvisional(response: IncomingResponse, dialog: Dialog): boolean {
    const rseq = Number(response.header("RSeq") ?? "");
    if (!(rseq > 0) || !namesOption(response.headers("Require"), "100rel")) return true;
    if (dialog.rseq >= 0 && rseq !== dialog.rseq + 1) return false;
    // Not taken: the other end repeats it until a PRACK comes.
    if (this.#requests.size >= MAX_OPEN_PRACKS) return false;
    dialog.rseq = rseq;
    if (response.body !== null) dialog.isSettled = true;
    const lines = `RAck: ${rseq} ${response.cseq} INVITE\r\n`;
    this.#request(dialog, "PRACK", lines, {}, () => {});
    return true;
  }

  #receiveAnswer(response: IncomingResponse): void {
    clearTimeout(this.#giveUp);
    const dialog = this.#dialogOf(response);
    dialog.confirmRoute(response);
    dialog.isSettled = true;
    this.#dialogs = [dialog];
    this.#host.dialogs.set(this.#tag, this);
    this.#acknowledge(dialog, response);
    const crossed = this.#stage === "cancelling";
    this.#stage = "answered";
    this.#tell("onAnswer", () => this.#events.onAnswer?.(response));
    if (crossed) this.hangUp(this.#cancelExtras);
  }

  #acknowledge(dialog: Dialog, response: IncomingResponse): void {
    const flow = this.#flowOf(dialog);
    const sentVia = this.#host.sentVia(flow);
    // The ACK has the credentials of its INVITE (RFC 3261 section 13.2.2.4).
    const lines = headerLines(this.#credentials);
    const ack = dialog.request({ method: "ACK", sentVia, lines }, response.cseq).toString();
    this.#host.send(flow, ack);
    this.#invite.keepAck(ack, flow, response.toTag);
  }

  #receiveRefusal(response: IncomingResponse): void {
    const credentials =
      this.#stage === "calling"
        ? this.#digest?.answer(response, "INVITE", this.#plan.requestUri)
        : null;
    if (credentials != null) {
      this.#cseq++;
      this.#closeDialogs();
      this.#credentials = [credentials];
      this.#invite = this.#sendInvite();
      return;
    }
    this.#tell("onReject", () => this.#events.onReject?.(response));
    this.#end();
  }

  #receiveBye(bye: IncomingRequest, flow: SipFlow): void {
    const dialog = this.#dialogs.find((candidate) => candidate.owns(bye));
    if (dialog?.inOrder(bye) !== true) {
      answerOnce(this.#host, bye, flow, { status: 500 });
      return;
    }
    if (this.#stage === "calling" || this.#stage === "cancelling") {
      // The called end must not hang up an early dialog (RFC 3261 section 15).
      answerOnce(this.#host, bye, flow, { status: 403 });
      return;
    }
    answerOnce(this.#host, bye, flow, { status: 200 });
    this.#closeDialogs();
    if (this.#stage === "ending") return;
    this.#tell("onHangUp", () => this.#events.onHangUp?.(bye));
    this.#end();
  }

  #requestsOf(request: IncomingRequest): InDialogRequests {
    const dialog = this.#dialogs.find((candidate) => candidate.owns(request)) ?? this.#dialogs[0];
    if (this.#inDialog !== undefined && this.#inDialog.dialog === dialog) return this.#inDialog;
    if (dialog === undefined) throw new Error("a request came for a call without a dialog");
    this.#inDialog = new InDialogRequests(this.#host, {
      dialog,
      answerOffer: (offer) => this.#answerOffer(offer),
      unsettled: () => (this.#stage === "answered" ? null : 491),
      unsettledOffer: () => {
        if (dialog.isSettled) return null;
        return this.#plan.body === null ? 500 : 491;
      },
      onUnacknowledged: () => this.hangUp(),
    });
    return this.#inDialog;
  }

  #answerOffer(request: IncomingRequest): SipBody | null {
    if (request.body === null || this.#events.onOffer === undefined) return this.#lastBody;
    this.#tell("onOffer", () => {
      this.#lastBody = this.#events.onOffer?.(request) ?? this.#lastBody;
    });
    return this.#lastBody;
  }

  #dialogOf(response: IncomingResponse): Dialog {
    const known = this.#dialogs.find(({ remoteTag }) => remoteTag === response.toTag);
    if (known !== undefined) return known;
    const dialog = Dialog.ofClient(response, this.#plan.requestUri);
    this.#dialogs.push(dialog);
    this.#host.dialogs.set(this.#tag, this);
    return dialog;
  }

  #isForkTooMany({ toTag }: IncomingResponse): boolean {
    const isFull = this.#dialogs.length >= MAX_FORKS;
    return isFull && !this.#dialogs.some(({ remoteTag }) => remoteTag === toTag);
  }

  #flowOf(dialog: Dialog): SipFlow {
    const { routeSet, remoteTarget } = dialog;
    return nextHopFlow(routeSet, remoteTarget, this.#flow, (peer) => this.#host.flowTo(peer));
  }

  /** Operators may ask for a password inside the dialog, too: a request that is challenged goes again. */
  #request(
    dialog: Dialog,
    method: string,
    lines: string,
    extras: SipExtras,
    done: () => void,
  ): void {
    const flow = this.#flowOf(dialog);
    const parts = {
      method,
      lines: `${lines}User-Agent: ${this.#host.product}\r\n${headerLines(extras.headers ?? [])}`,
      body: extras.body ?? null,
    };
    const request = new DialogRequest(this.#host, flow, dialog, parts, () => {
      this.#requests.delete(request);
      done();
    });
    this.#requests.add(request);
  }

  #sendBye(extras: SipExtras): void {
    const [dialog] = this.#dialogs;
    if (dialog === undefined) return;
    this.#stage = "ending";
    this.#request(dialog, "BYE", "", extras, () => this.#end());
  }

  #sendCancel(): void {
    if (this.#cancelSent || !this.#invite.proceeding) return;
    this.#cancelSent = true;
    const { parts } = this.#invite.request;
    const cancel = new RequestText({
      ...parts,
      method: "CANCEL",
      lines: headerLines(this.#cancelExtras.headers ?? []),
      body: this.#cancelExtras.body ?? null,
    });
    this.#requests.add(new ClientRequest(this.#host, this.#flow, cancel, () => {}));
    this.#giveUp = setTimeout(() => {
      this.#fail("timeout", "no final response came in 64 × T1 after CANCEL");
    }, patience());
  }

  #fail(failure: "timeout" | "transport", what: string): void {
    if (this.#stage === "ended") return;
    this.#tell("onFail", () => this.#events.onFail?.(failure, what));
    this.#end();
  }

  #tell(event: string, run: () => void): void {
    this.#host.guarded(event, this.#flow.peer, run);
  }

  #closeDialogs(): void {
    this.#host.dialogs.delete(this.#tag);
    this.#inDialog?.dispose();
  }

  #release(): void {
    this.#host.calls.remove(this);
    clearTimeout(this.#giveUp);
    this.#closeDialogs();
    this.#invite.dispose();
    for (const request of this.#requests) request.dispose();
    this.#requests.clear();
  }

  #end(): void {
    if (this.#stage === "ended") return;
    this.#stage = "ended";
    this.#release();
    this.#tell("onEnd", () => this.#events.onEnd?.());
  }
}
