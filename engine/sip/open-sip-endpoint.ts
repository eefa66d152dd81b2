import { PlacedCall } from "./client-call.ts";
import { ClientRequest, UnsentRequest } from "./client-request.ts";
import { EndpointCore } from "./endpoint-core.ts";
import { openSipSockets, type SipSocketOptions } from "./open-sip-sockets.ts";
import { RequestText } from "./outgoing-text.ts";
import { randomToken } from "./random-token.ts";
import type { PingResult, SipEndpoint, SipEndpointOptions } from "./sip-endpoint.ts";
import { hostPort, type SipPeer } from "./sip-peer.ts";
import type { SipSockets } from "./sip-sockets.ts";
import { installUniqueBranches, newBranch } from "./unique-branches.ts";

/**
 * Opens one end of SIP.
 *
 * - Nothing a message contains, and nothing a listener throws, ends the endpoint: `onFault` hears of it.
 * - A response that matches no request, and an ACK that matches nothing, is dropped.
 * - `close` leaves no timer and no socket.
 *
 * @throws EngineError when an address cannot be bound or a certificate cannot be used; says which and why.
 */
export async function openSipEndpoint(options: SipEndpointOptions): Promise<SipEndpoint> {
  installUniqueBranches();
  const core = new EndpointCore(options);
  const sockets = await openSipSockets(socketOptions(options), {
    onMessage: (message, flow) => core.receive(message, flow),
    onFault: (what, peer) => core.fault(what, peer),
    onUnframable: (head, status, _what, flow) => core.refuseHead(head, status, flow),
  });
  core.attach(sockets);
  return {
    addresses: sockets.addresses,
    invite(to, plan, events) {
      return new PlacedCall(core, sockets.flowTo(to), plan, events);
    },
    ping: (to, timeoutMilliseconds, signal) => ping(core, to, timeoutMilliseconds, signal),
    counts: () => counts(core, sockets),
    async close() {
      core.dispose();
      await sockets.close();
    },
  };
}

/** Only what is there: the socket options know no `undefined`. */
function socketOptions(options: SipEndpointOptions): SipSocketOptions {
  const { listen, tls, messagesPerSecondPerSource, fateOf, tap } = options;
  return {
    listen,
    ...(tls === undefined ? {} : { tls }),
    ...(messagesPerSecondPerSource === undefined ? {} : { messagesPerSecondPerSource }),
    ...(fateOf === undefined ? {} : { fateOf }),
    ...(tap === undefined ? {} : { tap }),
  };
}

function counts(core: EndpointCore, sockets: SipSockets): ReturnType<SipEndpoint["counts"]> {
  const wire = sockets.counts();
  const { repeats, malformed, refused, unmatched } = core.tally;
  return {
    transactions: core.serverTransactions.size + core.clientTransactions.size,
    dialogs: core.dialogs.size,
    sockets: wire.sockets,
    absorbed: core.lateAcks.size + core.lateAnswers.size,
    messagesReceived: wire.messagesReceived,
    messagesSent: wire.messagesSent,
    retransmissionsSent: repeats,
    malformed,
    unmatched,
    refused: refused + wire.messagesRefused,
  };
}

function ping(
  core: EndpointCore,
  to: SipPeer,
  timeoutMilliseconds: number,
  signal?: AbortSignal,
): Promise<PingResult> {
  const flow = core.flowTo(to);
  const target = `sip:${hostPort(to)}${to.transport === "udp" ? "" : `;transport=${to.transport}`}`;
  const request = new RequestText({
    method: "OPTIONS",
    requestUri: target,
    sentVia: core.sentVia(flow),
    branch: newBranch(),
    routeSet: [],
    from: `<sip:ping@${hostPort(flow.local)}>;tag=${randomToken()}`,
    to: `<${target}>`,
    callId: randomToken(),
    cseq: 1,
    lines: `${core.contactLine(flow)}Accept: application/sdp\r\nUser-Agent: ${core.product}\r\n`,
    body: null,
  });
  const started = performance.now();
  return new Promise((resolve) => {
    const giveUp = (what: string): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      resolve({ answered: false, what });
      transaction.dispose();
    };
    const onAbort = (): void => giveUp("given up");
    signal?.addEventListener("abort", onAbort);
    const timer = setTimeout(
      () => giveUp(`no answer in ${timeoutMilliseconds} ms`),
      timeoutMilliseconds,
    );
    const transaction = new ClientRequest(core, flow, request, (outcome) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      if (outcome === "timeout") resolve({ answered: false, what: "no answer in 64 × T1" });
      else if (outcome === "closed") resolve({ answered: false, what: "this end was closed" });
      else if (outcome instanceof UnsentRequest) {
        resolve({ answered: false, what: outcome.what });
      } else {
        const milliseconds = performance.now() - started;
        resolve({ answered: true, status: outcome.status, milliseconds });
      }
    });
  });
}
