import { isIP } from "node:net";
import { MessagePassage, type PassageOptions } from "./message-passage.ts";
import { HostNames } from "./resolve-host.ts";
import type { TlsIdentity } from "./sip-endpoint.ts";
import type { ListenAddress, SipPeer } from "./sip-peer.ts";
import type { SipFlow, SipSocketEvents, SipSockets } from "./sip-sockets.ts";
import { STREAM_BUDGETS, type StreamBudgets } from "./socket-budgets.ts";
import { listenError, sendError } from "./socket-words.ts";
import { StreamConnections } from "./stream-connections.ts";
import { TlsEnd } from "./tls-end.ts";
import { UdpSocket } from "./udp-socket.ts";

export interface SipSocketOptions extends PassageOptions {
  /** For UDP at most one address of each family sends to peers that did not write first: the first one. */
  readonly listen: readonly ListenAddress[];
  /** Needed to listen on TLS, and to connect by it. */
  readonly tls?: TlsIdentity;
  readonly budgets?: Partial<StreamBudgets>;
}

/**
 * Opens the sockets of one end of SIP: all of them, or none.
 *
 * - Each message passes, when it arrives, the flood limit, `fateOf`, `tap` and `onMessage`; on its way out
 *   `fateOf`, `tap` and the socket. The tap hears what is handed over or put on the wire, when it is.
 * - An address of a name is looked up once in a while, one that is an IP address never.
 * - UDP: what the system itself refuses (too large, no network) rejects `send`; that nobody listens at the
 *   other end is not seen, as the system tells it only to sockets of one peer.
 * - TCP and TLS: a connection is opened by the first `send` to a peer and used again both ways.
 *
 * @throws EngineError `ENGINE_ADDRESS_UNAVAILABLE`, `ENGINE_CERTIFICATE_UNUSABLE`; a `send` that fails
 * rejects with `ENGINE_SEND_FAILED`, whose message names the peer and says why.
 */
export async function openSipSockets(
  options: SipSocketOptions,
  events: SipSocketEvents,
): Promise<SipSockets> {
  const passage = new MessagePassage(options, events);
  const names = new HostNames();
  const tls = options.tls === undefined ? null : new TlsEnd(options.tls);
  const streams = new StreamConnections(passage, { ...STREAM_BUDGETS, ...options.budgets }, tls);
  const udp: UdpSocket[] = [];
  const addresses: ListenAddress[] = [];
  const close = async (): Promise<void> => {
    passage.close();
    await Promise.all([streams.close(), ...udp.map((socket) => socket.close())]);
  };
  try {
    for (const address of options.listen) {
      refuseOddAddress(address);
      if (address.transport === "udp") {
        const socket = await UdpSocket.open(address, passage, names);
        udp.push(socket);
        addresses.push(socket.local);
      } else {
        addresses.push(await streams.listen(address));
      }
    }
  } catch (error) {
    await close();
    throw error;
  }
  let closing: Promise<void> | null = null;
  return {
    addresses,
    flowTo: (peer) => (peer.transport === "udp" ? udpFlow(udp, peer) : streams.flowTo(peer)),
    counts: () => {
      const { received, sent, refused } = passage.counts;
      return {
        sockets: closing === null ? udp.length + streams.sockets : streams.sockets,
        messagesReceived: received,
        messagesSent: sent,
        messagesRefused: refused,
      };
    },
    close: () => (closing ??= close()),
  };
}

function refuseOddAddress(address: ListenAddress): void {
  const { host, port } = address;
  if (host === "") throw listenError(address, "names no host");
  const isPort = Number.isInteger(port) && port >= 0 && port <= 65_535;
  if (!isPort) throw listenError(address, "has no port from 0 to 65535");
}

function udpFlow(sockets: readonly UdpSocket[], peer: SipPeer): SipFlow {
  const family = isIP(peer.host);
  const socket = sockets.find((candidate) => family === 0 || candidate.family === family);
  if (socket !== undefined) return socket.flowTo(peer);
  const what = `cannot be sent to: this end has no ${family === 0 ? "" : `IPv${family} `}address for UDP`;
  return {
    transport: "udp",
    reliable: false,
    peer,
    local: { transport: "udp", host: family === 6 ? "::1" : "127.0.0.1", port: 0 },
    send: () => Promise.reject(sendError(peer, what)),
  };
}
