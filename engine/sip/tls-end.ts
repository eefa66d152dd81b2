import { isIP, type Server, type Socket } from "node:net";
import {
  checkServerIdentity,
  connect,
  createSecureContext,
  createServer,
  type SecureContext,
  type TLSSocket,
} from "node:tls";
import { EngineError } from "../model/engine-error.ts";
import type { TlsIdentity } from "./sip-endpoint.ts";
import type { SipPeer } from "./sip-peer.ts";
import { tlsWordsOf } from "./tls-words.ts";

const OLDEST_VERSION = "TLSv1.2";

/**
 * How this end does TLS, both as server and as client: with one certificate, which is shown to servers
 * too, and with the authorities it trusts (RFC 3261 section 26.3.1).
 */
export class TlsEnd {
  readonly #identity: TlsIdentity;
  readonly #context: SecureContext;

  /** @throws EngineError `ENGINE_CERTIFICATE_UNUSABLE` */
  constructor(identity: TlsIdentity) {
    this.#identity = identity;
    try {
      this.#context = createSecureContext({
        cert: identity.certificate,
        key: identity.key,
        ...(identity.trusted === undefined ? {} : { ca: identity.trusted }),
        minVersion: OLDEST_VERSION,
      });
    } catch (error) {
      const what = `the certificate for TLS ${tlsWordsOf(error)}`;
      throw new EngineError("ENGINE_CERTIFICATE_UNUSABLE", what, { cause: error });
    }
  }

  /** A server that gives each connection when its handshake is done. */
  createServer(
    handshakeMilliseconds: number,
    onConnection: (socket: Socket) => void,
    onFault: (what: string, socket: Socket) => void,
  ): Server {
    const isMutual = this.#identity.requireClientCertificate;
    const server = createServer({
      cert: this.#identity.certificate,
      key: this.#identity.key,
      ...(this.#identity.trusted === undefined ? {} : { ca: this.#identity.trusted }),
      minVersion: OLDEST_VERSION,
      requestCert: isMutual,
      rejectUnauthorized: isMutual,
      handshakeTimeout: handshakeMilliseconds,
    });
    server.on("secureConnection", onConnection);
    server.on("tlsClientError", (error, socket) => {
      // WHY: of a client's certificate that is not trusted, Node says only that the connection ended.
      const code: unknown = socket.authorizationError ?? null;
      onFault(tlsWordsOf(typeof code === "string" ? { code, message: code } : error), socket);
      // WHY: after a handshake that took too long, Node leaves the connection open.
      socket.destroy();
    });
    return server;
  }

  /** Connects; the certificate must lead to a trusted one and carry the peer's name or address. */
  connect(peer: SipPeer): TLSSocket {
    const name = peer.serverName ?? peer.host;
    return connect({
      host: peer.host,
      port: peer.port,
      // An address may not be named in the handshake (RFC 6066 section 3).
      ...(isIP(name) === 0 ? { servername: name } : {}),
      secureContext: this.#context,
      rejectUnauthorized: true,
      checkServerIdentity: (_host, certificate) => checkServerIdentity(name, certificate),
    });
  }
}
