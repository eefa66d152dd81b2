import { connect, createServer, isIP, type Server, type Socket } from "node:net";
import { localHostFor } from "./local-address.ts";
import type { MessagePassage } from "./message-passage.ts";
import type { ListenAddress, SipPeer } from "./sip-peer.ts";
import type { SipFlow } from "./sip-sockets.ts";
import { FLOOD_NOTICE_MILLISECONDS, type StreamBudgets } from "./socket-budgets.ts";
import { listenError, sendError, wordsOf } from "./socket-words.ts";
import { StreamConnection } from "./stream-connection.ts";
import type { TlsEnd } from "./tls-end.ts";

/**
 * All TCP and TLS connections of an end, whoever opened them, and what listens for them. A connection is
 * found by the address and port of its other end, and used again for as long as it lasts.
 */
export class StreamConnections {
  readonly #passage: MessagePassage;
  readonly #budgets: StreamBudgets;
  readonly #tls: TlsEnd | null;
  readonly #servers: Server[] = [];
  readonly #listened: ListenAddress[] = [];
  readonly #connections = new Map<string, StreamConnection>();
  /** Every open socket, also those that shake hands for TLS and those replaced by a newer connection. */
  readonly #sockets = new Set<Socket>();
  /** How many of them each address has opened. */
  readonly #sources = new Map<string, number>();
  #isClosed = false;
  #tellRefusedAfter = 0;

  constructor(passage: MessagePassage, budgets: StreamBudgets, tls: TlsEnd | null) {
    this.#passage = passage;
    this.#budgets = budgets;
    this.#tls = tls;
  }

  get sockets(): number {
    return this.#servers.length + this.#sockets.size;
  }

  /** Gives the address as bound. @throws EngineError `ENGINE_ADDRESS_UNAVAILABLE` */
  async listen(address: ListenAddress): Promise<ListenAddress> {
    const server = address.transport === "tls" ? this.#tlsServer(address) : createServer();
    server.on("connection", (socket) => {
      if (!this.#admit(socket)) return;
      if (address.transport === "tcp") this.#accept(socket, "tcp");
    });
    const options = { host: address.host, port: address.port, ipv6Only: true, exclusive: true };
    await new Promise<void>((listening, fail) => {
      const refuse = (error: Error): void => fail(listenError(address, wordsOf(error), error));
      server.once("error", refuse);
      try {
        server.listen(options, () => {
          server.off("error", refuse);
          listening();
        });
      } catch (error) {
        refuse(error as Error);
      }
    });
    this.#servers.push(server);
    server.on("error", (error) => this.#passage.events.onFault(error.message, null));
    const bound = server.address();
    if (bound === null || typeof bound === "string") return address;
    const local = { transport: address.transport, host: bound.address, port: bound.port };
    this.#listened.push(local);
    return local;
  }

  flowTo(peer: SipPeer): SipFlow {
    return new StreamFlow(peer, this.#localFor(peer), () => this.#connectionTo(peer));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const servers = this.#servers
      .splice(0)
      .map((server) => new Promise<void>((closed) => server.close(() => closed())));
    for (const connection of this.#connections.values()) connection.destroy();
    const sockets = [...this.#sockets].map(
      (socket) => new Promise<void>((closed) => socket.once("close", () => closed()).destroy()),
    );
    await Promise.all([...servers, ...sockets]);
  }

  #tlsServer(address: ListenAddress): Server {
    if (this.#tls === null) throw listenError(address, "has no certificate for TLS");
    return this.#tls.createServer(
      this.#budgets.connectMilliseconds,
      (socket) => this.#accept(socket, "tls"),
      (what, socket) => this.#passage.events.onFault(what, peerOf(socket, "tls")),
    );
  }

  /** Takes a socket into the books, unless they are full. */
  #admit(socket: Socket): boolean {
    // That of a connection of ours is not known yet.
    const source = socket.remoteAddress ?? "";
    const fromSource = this.#sources.get(source) ?? 0;
    const isFull = this.#sockets.size >= this.#budgets.maxConnections;
    const isTooMany = source !== "" && fromSource >= this.#budgets.maxConnectionsPerSource;
    if (this.#isClosed || isFull || isTooMany) {
      const open = `${this.#sockets.size} connections are open`;
      this.#tellRefused(socket, isTooMany ? `${open}, ${fromSource} from its address` : open);
      socket.destroy();
      return false;
    }
    this.#sockets.add(socket);
    this.#sources.set(source, fromSource + 1);
    socket.once("close", () => this.#forget(socket, source));
    return true;
  }

  #forget(socket: Socket, source: string): void {
    this.#sockets.delete(socket);
    const left = (this.#sources.get(source) ?? 0) - 1;
    if (left > 0) this.#sources.set(source, left);
    else this.#sources.delete(source);
  }

  /** Once in a while: a flood of connections must not flood the log. */
  #tellRefused(socket: Socket, open: string): void {
    const now = performance.now();
    if (now < this.#tellRefusedAfter) return;
    this.#tellRefusedAfter = now + FLOOD_NOTICE_MILLISECONDS;
    const what = `was refused, as others may be: ${open}`;
    this.#passage.events.onFault(what, peerOf(socket, "tcp"));
  }

  #accept(socket: Socket, transport: "tcp" | "tls"): void {
    const peer = peerOf(socket, transport);
    // Gone before it was looked at.
    if (peer === null) return void socket.destroy();
    const local = { transport, host: socket.localAddress ?? "", port: socket.localPort ?? 0 };
    this.#add(socket, peer, local, true);
  }

  #connectionTo(peer: SipPeer): StreamConnection {
    const known = this.#connections.get(keyOf(peer));
    if (known?.isUsable) return known;
    if (this.#isClosed) throw sendError(peer, "cannot be sent to: this end is closed");
    if (this.#sockets.size >= this.#budgets.maxConnections) {
      throw sendError(peer, `cannot be connected to: ${this.#sockets.size} connections are open`);
    }
    const socket = this.#connect(peer);
    this.#admit(socket);
    return this.#add(socket, peer, this.#localFor(peer), false);
  }

  #connect(peer: SipPeer): Socket {
    const { host, port } = peer;
    // WHY: Node takes no name at all for this machine's.
    if (host === "") throw sendError(peer, "cannot be resolved to an address");
    if (!(port >= 1 && port <= 65_535)) throw sendError(peer, "has no port from 1 to 65535");
    if (peer.transport === "tcp") return connect({ host, port });
    if (this.#tls === null) throw sendError(peer, "cannot be connected to: this end has no TLS");
    return this.#tls.connect(peer);
  }

  #add(socket: Socket, peer: SipPeer, local: ListenAddress, isOpen: boolean): StreamConnection {
    const passage = this.#passage;
    const budgets = this.#budgets;
    const connection = new StreamConnection({ socket, peer, local, isOpen, passage, budgets });
    const key = keyOf(peer);
    this.#connections.set(key, connection);
    socket.once("close", () => {
      if (this.#connections.get(key) === connection) this.#connections.delete(key);
    });
    return connection;
  }

  /** Where we listen for what comes back: of the same transport and family if there is such an address. */
  #localFor({ transport, host }: SipPeer): ListenAddress {
    const same = this.#listened.filter((local) => local.transport === transport);
    const found = same.find((local) => isIP(local.host) === isIP(host)) ?? same[0];
    if (found === undefined) {
      const any = isIP(host) === 6 ? "::" : "0.0.0.0";
      return { transport, host: localHostFor(any, host), port: 0 };
    }
    return { ...found, host: localHostFor(found.host, host) };
  }
}

/** A way to a peer that opens a connection when there is none. */
class StreamFlow implements SipFlow {
  readonly reliable = true;
  readonly peer: SipPeer;
  readonly local: ListenAddress;
  readonly #connection: () => StreamConnection;

  constructor(peer: SipPeer, local: ListenAddress, connection: () => StreamConnection) {
    this.peer = peer;
    this.local = local;
    this.#connection = connection;
  }

  get transport(): "tcp" | "tls" {
    return this.peer.transport === "tls" ? "tls" : "tcp";
  }

  async send(message: string): Promise<void> {
    return this.#connection().send(message);
  }
}

function keyOf({ transport, host, port, serverName }: SipPeer): string {
  return `${transport} ${host.toLowerCase()} ${port} ${serverName ?? ""}`;
}

function peerOf(socket: Socket, transport: "tcp" | "tls"): SipPeer | null {
  const { remoteAddress, remotePort } = socket;
  if (remoteAddress === undefined || remotePort === undefined) return null;
  return { transport, host: remoteAddress, port: remotePort };
}
