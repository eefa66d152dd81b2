import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { isIP } from "node:net";
import { localHostFor } from "./local-address.ts";
import type { MessagePassage } from "./message-passage.ts";
import type { HostNames } from "./resolve-host.ts";
import type { ListenAddress, SipPeer } from "./sip-peer.ts";
import type { SipFlow } from "./sip-sockets.ts";
import { UDP_BUFFER_BYTES } from "./socket-budgets.ts";
import { listenError, sendError, wordsOf } from "./socket-words.ts";

/** An IPv6 socket takes IPv6 only, so that an IPv4 one may have the same port. */
export class UdpSocket {
  readonly family: 4 | 6;
  #local: ListenAddress;
  readonly #socket: Socket;
  readonly #passage: MessagePassage;
  readonly #names: HostNames;

  /** Binds it. @throws EngineError `ENGINE_ADDRESS_UNAVAILABLE` */
  static async open(
    address: ListenAddress,
    passage: MessagePassage,
    names: HostNames,
  ): Promise<UdpSocket> {
    const udp = new UdpSocket(address, passage, names);
    await udp.#bind();
    return udp;
  }

  private constructor(address: ListenAddress, passage: MessagePassage, names: HostNames) {
    this.family = isIP(address.host) === 6 ? 6 : 4;
    this.#local = address;
    this.#passage = passage;
    this.#names = names;
    this.#socket = createSocket({
      type: this.family === 6 ? "udp6" : "udp4",
      ipv6Only: this.family === 6,
      recvBufferSize: UDP_BUFFER_BYTES,
      sendBufferSize: UDP_BUFFER_BYTES,
      // WHY: what is sent to is an address already; Node would go through its DNS queue all the same.
      lookup: (name, _options, done) => done(null, name, this.family),
    });
  }

  get local(): ListenAddress {
    return this.#local;
  }

  /** A flow to an address or a name. */
  flowTo(peer: SipPeer): SipFlow {
    return new UdpFlow(this, peer, isIP(peer.host) !== 0);
  }

  send(message: string, flow: UdpFlow): Promise<void> {
    return this.#passage.send(
      message,
      flow,
      () => this.#put(message, flow),
      () => Promise.resolve(),
    );
  }

  close(): Promise<void> {
    return new Promise((closed) => this.#socket.close(() => closed()));
  }

  async #bind(): Promise<void> {
    const { host, port } = this.#local;
    const address = isIP(host) === 0 ? await this.#resolve(host) : host;
    await new Promise<void>((bound, fail) => {
      const refuse = (error: Error): void => {
        this.#socket.close();
        fail(listenError(this.#local, wordsOf(error), error));
      };
      this.#socket.once("error", refuse);
      try {
        this.#socket.bind({ address, port, exclusive: true }, () => {
          this.#socket.off("error", refuse);
          bound();
        });
      } catch (error) {
        refuse(error as Error);
      }
    });
    this.#local = { transport: "udp", host: address, port: this.#socket.address().port };
    this.#socket.on("message", (message, source) => this.#hear(message, source));
    this.#socket.on("error", (error) =>
      this.#passage.events.onFault(`${this.#local.host} ${wordsOf(error)}`, null),
    );
  }

  async #resolve(host: string): Promise<string> {
    try {
      return await this.#names.resolve(host, this.family);
    } catch (error) {
      this.#socket.close();
      throw listenError(this.#local, wordsOf(error), error);
    }
  }

  #hear(message: Buffer, source: RemoteInfo): void {
    if (isKeepAlive(message)) return;
    const peer: SipPeer = { transport: "udp", host: source.address, port: source.port };
    this.#passage.receive(message, new UdpFlow(this, peer, true), () => undefined);
  }

  #put(message: string, flow: UdpFlow): Promise<void> {
    const { host } = flow.peer;
    return flow.isAddress
      ? this.#write(message, flow, host)
      : this.#resolvePeer(flow.peer).then((address) => this.#write(message, flow, address));
  }

  async #resolvePeer(peer: SipPeer): Promise<string> {
    try {
      return await this.#names.resolve(peer.host, this.family);
    } catch (error) {
      throw sendError(peer, wordsOf(error), error);
    }
  }

  #write(message: string, flow: SipFlow, address: string): Promise<void> {
    return new Promise((sent, fail) => {
      const done = (error: Error | null): void => {
        if (error === null) sent();
        else fail(sendError(flow.peer, wordsOf(error), error));
      };
      this.#passage.announce(message, flow);
      try {
        this.#socket.send(message, flow.peer.port, address, done);
      } catch (error) {
        done(error as Error);
      }
    });
  }
}

class UdpFlow implements SipFlow {
  readonly transport = "udp";
  readonly reliable = false;
  readonly peer: SipPeer;
  /** Its host is an address, no name. */
  readonly isAddress: boolean;
  readonly #socket: UdpSocket;

  constructor(socket: UdpSocket, peer: SipPeer, isAddress: boolean) {
    this.#socket = socket;
    this.peer = peer;
    this.isAddress = isAddress;
  }

  get local(): ListenAddress {
    const { local } = this.#socket;
    const host = localHostFor(local.host, this.peer.host);
    return host === local.host ? local : { ...local, host };
  }

  send(message: string): Promise<void> {
    return this.#socket.send(message, this);
  }
}

/** Nothing but line ends, blanks or NULs: what some ends send to keep a way through NAT open. */
function isKeepAlive(message: Buffer): boolean {
  // A message begins with a letter; so this looks at one byte of nearly all datagrams.
  for (const byte of message) if (byte > 32) return false;
  return true;
}
