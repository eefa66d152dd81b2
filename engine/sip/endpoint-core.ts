import type { LoggerFactory } from "sip.js/lib/core/index.js";
import { ALLOW_LINE, SERVED } from "./allowed-methods.ts";
import { answerOptions } from "./answer-options.ts";
import type {
  CallHost,
  CallOwner,
  ClientTransactionOwner,
  DialogOwner,
  LateAck,
  ServerTransactionOwner,
} from "./call-host.ts";
import { ChurningTable } from "./churning-table.ts";
import { ClientRequest } from "./client-request.ts";
import { Dialog } from "./dialog.ts";
import { DigestAnswer } from "./digest-answer.ts";
import { DigestChallenge } from "./digest-challenge.ts";
import { answerOnce } from "./in-dialog-requests.ts";
import { IncomingRequest, IncomingResponse } from "./incoming-message.ts";
import { judgeRequest } from "./judge-request.ts";
import { LateRepeats, ownCopy } from "./late-repeats.ts";
import { MergedRequests } from "./merged-requests.ts";
import { nextHopFlow, responseFlow } from "./next-hop.ts";
import { headerLines, oneLine } from "./outgoing-text.ts";
import { answerHead, parseSipMessage } from "./parse-sip-message.ts";
import { ReceivedCall } from "./server-call.ts";
import { transactionKey } from "./server-invite.ts";
import { SilentLoggerFactory } from "./silent-logger.ts";
import type { SipEndpointOptions } from "./sip-endpoint.ts";
import { hostPort, type SipPeer } from "./sip-peer.ts";
import type { SipFlow, SipSockets } from "./sip-sockets.ts";
import { SlotList } from "./slot-list.ts";
import { patience } from "./transaction-timers.ts";
import { isOwnBranch } from "./unique-branches.ts";
import { answerWithReceived } from "./via-with-received.ts";

/** Why a stream cannot be framed any more, as a response says it. */
const UNFRAMABLE = {
  400: "Content-Length missing or wrong",
  413: "Request Entity Too Large",
  513: "Message Too Large",
} as const;

/** Calls that were never answered anything are looked for this many times in 64 × T1. */
const SWEEPS = 8;

/** Why a thing that sip.js or a listener threw does not end the process. */
function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Gives each message to whom it belongs.
 *
 * ```
 *  request ─ repeat of a finished one? ─ its answer again
 *          ─ ACK, CANCEL, repeat of an INVITE that is open? ─ its call
 *          ─ To tag? ─ the dialog's call; none: 481
 *          ─ INVITE: merged? 482; else a new call        OPTIONS: answered        else: 405 or 481
 *  response ─ branch and method of a request that is open? ─ its owner
 *           ─ repeat of a final one to an INVITE? ─ the ACK again; of another fork: ACK and BYE
 *           ─ else counted, and dropped
 * ```
 *
 * Transactions are matched by branch, sent-by and method (RFC 3261 section 17.2.3), dialogs by our tag
 * first, which nobody else has. Each lookup costs one map access, however many calls there are.
 */
export class EndpointCore implements CallHost {
  readonly product: string;
  readonly loggerFactory: LoggerFactory = new SilentLoggerFactory();
  readonly serverTransactions = new ChurningTable<ServerTransactionOwner>();
  readonly clientTransactions = new ChurningTable<ClientTransactionOwner>();
  readonly calls = new SlotList<CallOwner>();
  readonly dialogs = new ChurningTable<DialogOwner>();
  readonly lateAcks = new LateRepeats<LateAck>();
  readonly lateAnswers = new LateRepeats<string>();
  readonly merged = new MergedRequests();
  readonly tally = { repeats: 0, malformed: 0, refused: 0, unmatched: 0 };
  readonly #options: SipEndpointOptions;
  readonly #digest: DigestChallenge | null;
  #sockets: SipSockets | null = null;
  #sweep: NodeJS.Timeout | undefined;

  constructor(options: SipEndpointOptions) {
    this.#options = options;
    this.product = options.product;
    const { digest } = options;
    this.#digest = digest?.passwordOf === undefined ? null : new DigestChallenge(digest);
  }

  attach(sockets: SipSockets): void {
    this.#sockets = sockets;
    this.#sweep = setInterval(() => {
      for (const owner of this.serverTransactions.values()) owner.expire(performance.now());
    }, patience() / SWEEPS).unref();
  }

  flowTo(peer: SipPeer): SipFlow {
    if (this.#sockets === null) throw new Error("the endpoint is not open");
    return this.#sockets.flowTo(peer);
  }

  /** One message off the wire. Nothing that goes wrong with it goes further than the log. */
  receive(bytes: Buffer, flow: SipFlow): void {
    try {
      const parsed = parseSipMessage(bytes);
      if (parsed.kind === "request") {
        this.#receiveRequest(new IncomingRequest(parsed.message, flow.peer), flow);
      } else if (parsed.kind === "response") {
        this.#receiveResponse(new IncomingResponse(parsed.message), flow);
      } else {
        this.tally.malformed++;
        this.fault(`malformed message: ${parsed.what}`, flow.peer);
        if (parsed.answer !== null) this.send(flow, answerWithReceived(parsed.answer, flow.peer));
      }
    } catch (error) {
      this.fault(`a message could not be handled: ${words(error)}`, flow.peer);
    }
  }

  /** A request on a stream that cannot be framed any more: answered before the connection is closed. */
  refuseHead(head: Buffer, status: keyof typeof UNFRAMABLE, flow: SipFlow): void {
    this.tally.malformed++;
    const refusal = { status, phrase: UNFRAMABLE[status], headers: [] };
    const answer = answerHead(head, refusal);
    if (answer !== null) this.send(flow, answerWithReceived(answer, flow.peer));
  }

  dispose(): void {
    clearInterval(this.#sweep);
    for (const call of this.calls.items()) call.dispose();
    for (const owner of this.serverTransactions.values()) owner.dispose();
    for (const owner of this.clientTransactions.values()) owner.dispose();
    this.lateAcks.clear();
    this.lateAnswers.clear();
    this.merged.clear();
    this.#digest?.clear();
  }

  send(flow: SipFlow, text: string, failed?: () => void): void {
    flow.send(text).catch((error: unknown) => {
      this.fault(`could not send: ${words(error)}`, flow.peer);
      failed?.();
    });
  }

  respond(request: IncomingRequest, flow: SipFlow, text: string): void {
    this.send(this.responseFlow(request, flow), text);
  }

  responseFlow(request: IncomingRequest, flow: SipFlow): SipFlow {
    return responseFlow(request.via, flow, (peer) => this.flowTo(peer));
  }

  rememberAnswer(key: string, text: string): void {
    this.lateAnswers.remember(key, text, text.length);
  }

  digestAnswer(): DigestAnswer | null {
    const { digest } = this.#options;
    return digest?.login === undefined ? null : new DigestAnswer(digest);
  }

  countRepeat(): void {
    this.tally.repeats++;
  }

  fault(what: string, peer: SipPeer | null): void {
    this.#options.onFault?.(what, peer);
  }

  guarded(what: string, peer: SipPeer | null, run: () => void): void {
    try {
      run();
    } catch (error) {
      this.fault(`${what} failed: ${words(error)}`, peer);
    }
  }

  sentVia(flow: SipFlow): string {
    return `SIP/2.0/${flow.transport.toUpperCase()} ${hostPort(flow.local)}`;
  }

  contactLine(flow: SipFlow, host?: string, isSecure = false): string {
    const { local } = flow;
    const at = hostPort({ host: oneLine(host ?? local.host), port: local.port });
    if (isSecure) return `Contact: <sips:${at}>\r\n`;
    const transport = flow.transport === "udp" ? "" : `;transport=${flow.transport}`;
    return `Contact: <sip:${at}${transport}>\r\n`;
  }

  #receiveRequest(request: IncomingRequest, flow: SipFlow): void {
    const { method } = request;
    if (method === "CANCEL") {
      this.#receiveCancel(request, flow);
      return;
    }
    const key = transactionKey(request, method === "ACK" ? "INVITE" : method);
    const open = this.serverTransactions.get(key);
    if (open !== undefined) {
      open.receive(request);
      // The ACK to a 2xx has a branch of its own, but some send it with the INVITE's.
      if (method !== "ACK") return;
    } else if (method !== "ACK" && this.#answerAgain(key, request, flow)) return;
    if (method !== "ACK" && this.#refuse(request, flow)) return;
    if (request.toTag !== "") this.#receiveInDialog(request, flow);
    else this.#receiveOutside(request, flow, key);
  }

  #answerAgain(key: string, request: IncomingRequest, flow: SipFlow): boolean {
    const text = this.lateAnswers.find(key);
    if (text === undefined) return false;
    if (text !== "") {
      this.countRepeat();
      this.respond(request, flow, text);
    }
    return true;
  }

  #refuse(request: IncomingRequest, flow: SipFlow): boolean {
    const refusal = judgeRequest(request.parsed, SERVED);
    if (refusal === null) return false;
    this.tally.refused++;
    const { status, phrase, headers } = refusal;
    answerOnce(this, request, flow, { status, phrase, lines: headerLines(headers) });
    return true;
  }

  #receiveCancel(cancel: IncomingRequest, flow: SipFlow): void {
    const key = transactionKey(cancel, "CANCEL");
    if (this.#answerAgain(key, cancel, flow)) return;
    const inviteKey = transactionKey(cancel, "INVITE");
    const open = this.serverTransactions.get(inviteKey);
    const known = open !== undefined || this.lateAnswers.find(inviteKey) !== undefined;
    answerOnce(this, cancel, flow, { status: known ? 200 : 481 });
    open?.receiveCancel(cancel);
  }

  #receiveInDialog(request: IncomingRequest, flow: SipFlow): void {
    const owner = this.dialogs.get(request.toTag);
    if (owner?.owns(request) === true) owner.receiveInDialog(request, flow);
    else if (request.method !== "ACK") answerOnce(this, request, flow, { status: 481 });
  }

  #receiveOutside(request: IncomingRequest, flow: SipFlow, key: string): void {
    switch (request.method) {
      case "ACK":
        return;
      case "INVITE":
        this.#receiveInvite(request, flow, key);
        return;
      case "OPTIONS": {
        const text = answerOptions(this, this.#options, request);
        if (text !== null) this.respond(request, flow, text);
        return;
      }
      case "BYE":
      case "PRACK":
      case "UPDATE":
      case "INFO":
        answerOnce(this, request, flow, { status: 481 });
        return;
      default:
        answerOnce(this, request, flow, { status: 405, lines: ALLOW_LINE });
    }
  }

  #receiveInvite(request: IncomingRequest, flow: SipFlow, key: string): void {
    const ownKey = ownCopy(key);
    if (this.merged.isMerged(request, ownKey)) {
      answerOnce(this, request, flow, { status: 482 });
      return;
    }
    const challenge = this.#digest?.challenge(request) ?? null;
    if (challenge !== null) {
      answerOnce(this, request, flow, { status: 401, lines: headerLines(challenge.headers) });
      const { onChallenge } = this.#options;
      this.guarded("onChallenge", flow.peer, () => onChallenge?.(request, challenge.because));
      return;
    }
    const call = new ReceivedCall(this, request, flow, ownKey);
    const { onInvite } = this.#options;
    if (onInvite === undefined) {
      call.reject(480);
      return;
    }
    try {
      onInvite(call);
    } catch (error) {
      this.fault(`onInvite failed: ${words(error)}`, flow.peer);
      call.reject(500);
    }
  }

  #receiveResponse(response: IncomingResponse, flow: SipFlow): void {
    if (response.headers("Via").length !== 1 || !isOwnBranch(response.branch)) {
      // It was meant for somebody else, behind us or before us (RFC 3261 section 8.1.3.3). Told, unlike late
      // ones of our own requests, which are nothing unusual.
      this.tally.unmatched++;
      this.fault(`a response ${response.status} to no request of ours is dropped`, flow.peer);
      return;
    }
    const key = `${response.branch}${response.method}`;
    const owner = this.clientTransactions.get(key);
    if (owner !== undefined) {
      owner.receive(response);
      return;
    }
    const late = response.method === "INVITE" ? this.#lateAckOf(response, key) : undefined;
    if (late === undefined || response.status < 200) {
      this.tally.unmatched++;
      return;
    }
    this.countRepeat();
    if (late.toTag === response.toTag || response.status >= 300) this.send(late.flow, late.text);
    else this.#refuseFork(response, flow, key);
  }

  #lateAckOf({ toTag }: IncomingResponse, key: string): LateAck | undefined {
    return this.lateAcks.find(`${key} ${toTag}`) ?? this.lateAcks.find(key);
  }

  /** A second 2xx of a forked INVITE: acknowledged, and hung up (RFC 3261 section 13.2.2.4). */
  #refuseFork(response: IncomingResponse, flow: SipFlow, key: string): void {
    const dialog = Dialog.ofClient(response, `sip:${hostPort(flow.peer)}`);
    const { routeSet, remoteTarget } = dialog;
    const way = nextHopFlow(routeSet, remoteTarget, flow, (peer) => this.flowTo(peer));
    const sentVia = this.sentVia(way);
    const ack = dialog.request({ method: "ACK", sentVia, lines: "" }, response.cseq).toString();
    const late = { text: ack, flow: way, toTag: ownCopy(response.toTag) };
    this.send(way, ack);
    this.lateAcks.remember(ownCopy(`${key} ${response.toTag}`), late, ack.length);
    const bye = dialog.request({ method: "BYE", sentVia, lines: "" });
    new ClientRequest(this, way, bye, () => {});
  }
}
