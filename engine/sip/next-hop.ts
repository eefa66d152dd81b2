import { isIP } from "node:net";
import type { TrunkTransport } from "../model/operator.ts";
import { parameterOf } from "./scan-parameters.ts";
import type { ViaParts } from "./scan-via.ts";
import { hostPort, type ListenAddress, type SipPeer } from "./sip-peer.ts";
import type { SipFlow } from "./sip-sockets.ts";

const DEFAULT_PORT = 5060;
const DEFAULT_TLS_PORT = 5061;

const URI = /^(sips?):(?:[^@]*@)?(\[[0-9A-Fa-f:.]+\]|[^:;?>\s[\]]+)(?::(\d{1,5}))?([^?]*)/i;

/** The URI of a `"name" <uri>;params` or bare `uri;params` value. */
export function uriOf(value: string): string {
  const open = value.indexOf("<");
  if (open >= 0) {
    const close = value.indexOf(">", open);
    return value.slice(open + 1, close < 0 ? undefined : close);
  }
  const end = value.indexOf(";");
  return (end < 0 ? value : value.slice(0, end)).trim();
}

/** Does it demand TLS on each hop (RFC 3261 section 19.1)? */
export function isSips(uri: string): boolean {
  return /^sips:/i.test(uri);
}

/** Where a request to a SIP URI goes (RFC 3263 without its DNS lookups); `null` = not a SIP URI. */
export function peerOfUri(uri: string): SipPeer | null {
  const match = URI.exec(uri);
  if (match === null) return null;
  const [, scheme = "sip", host = "", port, params = ""] = match;
  const named = /;transport=(udp|tcp|tls)(?=;|$)/i.exec(params)?.[1]?.toLowerCase();
  const maddr = /;maddr=([^;]+)/i.exec(params)?.[1];
  const transport: TrunkTransport =
    scheme.toLowerCase() === "sips" ? "tls" : ((named as TrunkTransport | undefined) ?? "udp");
  const fallback = transport === "tls" ? DEFAULT_TLS_PORT : DEFAULT_PORT;
  return {
    transport,
    host: (maddr ?? host).replace(/^\[|\]$/g, ""),
    port: port === undefined ? fallback : Number(port),
  };
}

/** Sends by one way, and where that fails, by another. */
class FallbackFlow implements SipFlow {
  readonly transport: TrunkTransport;
  readonly reliable: boolean;
  readonly peer: SipPeer;
  readonly local: ListenAddress;
  readonly #first: SipFlow;
  readonly #second: () => SipFlow;

  constructor(first: SipFlow, second: () => SipFlow) {
    this.transport = first.transport;
    this.reliable = first.reliable;
    this.peer = first.peer;
    this.local = first.local;
    this.#first = first;
    this.#second = second;
  }

  send(message: string): Promise<void> {
    return this.#first.send(message).catch(() => this.#second().send(message));
  }
}

/**
 * The flow for a request inside a dialog (RFC 3261 section 12.2.1.1): to the first Route, else to the
 * other end's Contact. Where that is a name and nothing can be sent there, the flow of the INVITE: gateways
 * name themselves by an FQDN that only the public DNS knows.
 *
 * WHY: over TCP and TLS the flow of the INVITE is used again when it leads to the same host, because
 * the Contact's port is often one that nobody listens on, and because a TLS connection cannot be opened
 * towards a client without a certificate (the connection reuse of RFC 5923). Once that connection is gone,
 * one to the Contact is tried.
 */
export function nextHopFlow(
  routeSet: readonly string[],
  remoteTarget: string,
  flow: SipFlow,
  flowTo: (peer: SipPeer) => SipFlow,
): SipFlow {
  const [route] = routeSet;
  const peer = peerOfUri(route === undefined ? remoteTarget : uriOf(route));
  if (peer === null) return flow;
  const { peer: known } = flow;
  if (flow.reliable && peer.host === known.host) {
    return new FallbackFlow(flow, () => flowTo({ ...peer, transport: flow.transport }));
  }
  if (hostPort(peer) === hostPort(known) && peer.transport === known.transport) return flow;
  const named = flowTo(peer);
  return isIP(peer.host) === 0 ? new FallbackFlow(named, () => flow) : named;
}

/**
 * Where a response goes (RFC 3261 section 18.2.2, RFC 3581). Over TCP and TLS: back by the connection that
 * the request came by, and where that is gone, by one to the address it came from and the port of its Via.
 */
export function responseFlow(
  via: ViaParts | null,
  flow: SipFlow,
  flowTo: (peer: SipPeer) => SipFlow,
): SipFlow {
  if (via === null) return flow;
  if (flow.reliable) {
    const fallback = flow.transport === "tls" ? DEFAULT_TLS_PORT : DEFAULT_PORT;
    const back = { ...flow.peer, port: via.port < 0 ? fallback : via.port };
    return new FallbackFlow(flow, () => flowTo(back));
  }
  const maddr = parameterOf(via.parameters, "maddr");
  if (maddr == null && parameterOf(via.parameters, "rport") !== undefined) return flow;
  const host = maddr ?? flow.peer.host;
  const port = via.port < 0 ? DEFAULT_PORT : via.port;
  if (host === flow.peer.host && port === flow.peer.port) return flow;
  return flowTo({ ...flow.peer, host, port });
}
