/**
 * What a peer may cost at the sockets before it is refused: every limit of them, in one place. Times in
 * milliseconds.
 *
 * @module
 */

/** Asked of the kernel for each UDP socket, each way: about 8,000 INVITEs that wait to be read. */
export const UDP_BUFFER_BYTES = 4 * 1024 * 1024;

/** How long the address of a name is kept. */
export const NAME_CACHE_MILLISECONDS = 30_000;

/** Names whose address is kept. */
export const MAX_CACHED_NAMES = 1_000;

/** Sources whose rate is known; the ones not heard of for longest are forgotten. */
export const MAX_FLOOD_SOURCES = 20_000;

/** A flooding source is told of once in this time. */
export const FLOOD_NOTICE_MILLISECONDS = 10_000;

/** Messages held back by a fate at any time; what comes on top is lost. */
export const MAX_DELAYED_MESSAGES = 100_000;

/** Budgets of the streams, which tests make smaller. */
export interface StreamBudgets {
  /** Open connections, both ways together. */
  readonly maxConnections: number;
  /** Open ones that one address opened: the others are left for everybody else. */
  readonly maxConnectionsPerSource: number;
  /** Bytes that wait for a peer to read them; past that it is closed. */
  readonly maxUnsentBytes: number;
  /** From the first packet to a connection that can be written to, TLS included. */
  readonly connectMilliseconds: number;
  /** For the first message of a peer that connected, and for the rest of any message that began. */
  readonly messageMilliseconds: number;
  /** Without a byte either way. */
  readonly idleMilliseconds: number;
  /** From our last word to a peer that broke framing until the connection is cut. */
  readonly lingerMilliseconds: number;
}

export const STREAM_BUDGETS: StreamBudgets = {
  maxConnections: 4_096,
  maxConnectionsPerSource: 3_072,
  maxUnsentBytes: 1024 * 1024,
  connectMilliseconds: 5_000,
  // 64 × T1: past that no transaction waits for it any more.
  messageMilliseconds: 32_000,
  idleMilliseconds: 30 * 60_000,
  lingerMilliseconds: 1_000,
};

/** Largest file of certificates: the whole list of a system's authorities is a quarter of it. */
export const MAX_CERTIFICATE_FILE_BYTES = 1024 * 1024;
