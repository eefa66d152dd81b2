import { EngineError } from "../model/engine-error.ts";
import { hostPort, type ListenAddress, type SipPeer } from "./sip-peer.ts";

/** What the codes of Node's network errors mean to people. */
const WORDS: Readonly<Record<string, string>> = {
  EADDRINUSE: "is in use by another program",
  EADDRNOTAVAIL: "is no address of this machine",
  EACCES: "may not be used without more rights (ports below 1024 need them)",
  EAFNOSUPPORT: "is of an address family that this machine does not have",
  EINVAL: "is no address to listen on",
  ENOTFOUND: "cannot be resolved to an address",
  EAI_AGAIN: "cannot be resolved to an address now",
  ECONNREFUSED: "refused the connection",
  ECONNRESET: "reset the connection",
  EPIPE: "closed the connection",
  ETIMEDOUT: "did not answer in time",
  EHOSTUNREACH: "cannot be reached",
  ENETUNREACH: "cannot be reached: no network leads there",
  EMSGSIZE: "cannot be sent a message this large over UDP",
  EMFILE: "cannot be served: too many open sockets",
  ENOBUFS: "cannot be sent to: the send buffer is full",
  ERR_SOCKET_CLOSED_BEFORE_CONNECTION: "closed the connection",
  ERR_STREAM_DESTROYED: "closed the connection",
  ERR_STREAM_WRITE_AFTER_END: "closed the connection",
  ERR_SOCKET_DGRAM_NOT_RUNNING: "cannot be sent to: this end is closed",
  ERR_SOCKET_BAD_PORT: "has no port from 1 to 65535",
  ECANCELED: "cannot be sent to: this end is closed",
};

/** `127.0.0.1:5073/udp`. */
function placeOf(peer: ListenAddress): string {
  return `${hostPort(peer)}/${peer.transport}`;
}

/** The rest of a sentence that begins with an address. */
export function wordsOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return WORDS[String(code)] ?? `failed: ${String(message ?? error)}`;
}

/** Why an address cannot be listened on. */
export function listenError(address: ListenAddress, words: string, cause?: unknown): EngineError {
  return new EngineError("ENGINE_ADDRESS_UNAVAILABLE", `${placeOf(address)} ${words}`, { cause });
}

/** Why a message could not be handed to the network. */
export function sendError(peer: SipPeer, words: string, cause?: unknown): EngineError {
  return new EngineError("ENGINE_SEND_FAILED", `${placeOf(peer)} ${words}`, { cause });
}
