/**
 * One call's speech: sends G.711 frames every 20 ms and measures what comes back. All sessions of the
 * process share one clock.
 *
 * ```
 *   open ──start──► running ──start(null)──► on hold ──start──► running ──stop──► closed
 * ```
 *
 * @module
 */
import type { RemoteInfo, Socket } from "node:dgram";
import { isIP, isIPv6 } from "node:net";
import type { CallQuality } from "../model/call-detail-record.ts";
import { bindRtpPort, type PortRange } from "./bind-rtp-port.ts";
import { addTickListener, removeTickListener } from "./frame-ticker.ts";
import {
  type G711PayloadType,
  g711Frames,
  SAMPLES_PER_FRAME,
  SAMPLES_PER_SECOND,
  type Sound,
} from "./g711-frames.ts";
import { RTP_HEADER_BYTES, readRtpPacket, writeRtpHeader } from "./rtp-packet.ts";
import { type RtpAddress, RtpSource } from "./rtp-source.ts";
import { createRtpStatistics, type RtpCounts } from "./rtp-statistics.ts";
import { type NetworkPath, scoreSpeech } from "./score-speech.ts";

/** Streams that one process may carry at a time; beyond them quality is synthesised. */
export const MOST_STREAMS = 50;

const SAMPLES_PER_MILLISECOND = SAMPLES_PER_SECOND / 1000;
/** Delays spread evenly over three times the jitter differ by the jitter on average. */
const SPREAD_OF_JITTER = 3;

export interface RtpSessionOptions {
  /** Local IP address; IPv6 without brackets. */
  readonly host: string;
  /** Left out: any free even port. */
  readonly portRange?: PortRange;
  readonly sound: Sound;
  /** 0 to 1, 1 excluded: draws the source identifier, first sequence number, and what the path does. */
  readonly random: () => number;
  /** What is done to packets, both those sent and those that come; left out: nothing. */
  readonly path?: NetworkPath;
  /** Left out: {@link MOST_STREAMS}. */
  readonly mostStreams?: number;
}

export interface RtpRemote extends RtpAddress {
  /** Of what we send. */
  readonly payloadType: G711PayloadType;
}

export interface RtpSessionCounts extends RtpCounts {
  readonly packetsSent: number;
  /** Not handed to the network. */
  readonly packetsUnsent: number;
  /** No RTP, or from somebody else. */
  readonly packetsForeign: number;
}

export interface RtpSession {
  /** Even; for the SDP. */
  readonly port: number;
  /**
   * Sends to the other end from the next tick on, or, called again, elsewhere. `null` = sends nothing (the
   * call is on hold), and still listens. A host that is no IP address of our family, and port 0, are as
   * `null` until the other end is heard.
   */
  start(remote: RtpRemote | null): void;
  counts(): RtpSessionCounts;
  /** Closes the port. What was measured; `null` = nothing came. Again: the same. */
  stop(): CallQuality | null;
}

let streams = 0;

/**
 * Opens a port for one call. `null` = as many streams as may be are open, or no port of the range is
 * free: the call goes on without speech.
 */
export async function openRtpSession(options: RtpSessionOptions): Promise<RtpSession | null> {
  if (streams >= (options.mostStreams ?? MOST_STREAMS)) return null;
  streams++;
  const socket = await bindRtpPort(options.host, options.portRange ?? null, options.random);
  if (socket === null) {
    streams--;
    return null;
  }
  return new Session(socket, options);
}

class Session implements RtpSession {
  readonly port: number;
  readonly #socket: Socket;
  readonly #options: RtpSessionOptions;
  readonly #source = new RtpSource();
  readonly #statistics = createRtpStatistics();
  readonly #ssrc: number;
  readonly #firstTimestamp: number;
  readonly #delayed = new Set<NodeJS.Timeout>();
  #sequence: number;
  #remote: RtpRemote | null = null;
  #isTalking = false;
  #frame = 0;
  #sent = 0;
  #unsent = 0;
  #foreign = 0;
  #quality: CallQuality | null | undefined;

  constructor(socket: Socket, options: RtpSessionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.port = socket.address().port;
    this.#ssrc = Math.floor(options.random() * 2 ** 32);
    this.#sequence = Math.floor(options.random() * 2 ** 16);
    this.#firstTimestamp = Math.floor(options.random() * 2 ** 32);
    socket.on("message", (bytes, from) => this.#receive(bytes, from));
    socket.on("error", () => {
      this.#unsent++;
    });
  }

  start(remote: RtpRemote | null): void {
    if (this.#quality !== undefined) return;
    this.#remote = remote;
    if (remote === null) {
      this.#isTalking = false;
      removeTickListener(this.#tick);
      return;
    }
    this.#source.announce(this.#canReach(remote) ? remote : null);
    addTickListener(this.#tick);
  }

  counts(): RtpSessionCounts {
    return {
      ...this.#statistics.counts(),
      packetsSent: this.#sent,
      packetsUnsent: this.#unsent,
      packetsForeign: this.#foreign,
    };
  }

  stop(): CallQuality | null {
    if (this.#quality !== undefined) return this.#quality;
    this.#quality = this.#measured();
    removeTickListener(this.#tick);
    for (const timer of this.#delayed) clearTimeout(timer);
    this.#delayed.clear();
    this.#socket.close();
    streams--;
    return this.#quality;
  }

  #measured(): CallQuality | null {
    const counts = this.#statistics.counts();
    if (counts.packetsReceived === 0) return null;
    const jitterMilliseconds = counts.jitter / SAMPLES_PER_MILLISECOND;
    const delayMilliseconds = this.#options.path?.delayMilliseconds ?? 0;
    const { packetsExpected, packetsReceived, lossRatio } = counts;
    return {
      source: "measured",
      packetsExpected,
      packetsReceived,
      lossRatio,
      jitterMilliseconds,
      meanOpinionScore: scoreSpeech({ lossRatio, jitterMilliseconds, delayMilliseconds }),
    };
  }

  #canReach({ host, port }: RtpAddress): boolean {
    return port > 0 && isIP(host) === (isIPv6(this.#options.host) ? 6 : 4);
  }

  readonly #tick = (tick: number): void => {
    const remote = this.#remote;
    if (remote === null) return;
    const to = this.#source.address ?? (this.#canReach(remote) ? remote : null);
    if (to === null) return;
    const frames = g711Frames(remote.payloadType, this.#options.sound);
    const frame = frames[this.#frame++ % frames.length];
    if (frame === undefined) return;
    const packet = Buffer.allocUnsafe(RTP_HEADER_BYTES + SAMPLES_PER_FRAME);
    writeRtpHeader(packet, {
      payloadType: remote.payloadType,
      marker: !this.#isTalking,
      sequence: this.#sequence,
      timestamp: (this.#firstTimestamp + tick * SAMPLES_PER_FRAME) >>> 0,
      ssrc: this.#ssrc,
    });
    frame.copy(packet, RTP_HEADER_BYTES);
    this.#isTalking = true;
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#sendOverPath(packet, to);
  };

  #sendOverPath(packet: Buffer, to: RtpAddress): void {
    this.#sent++;
    const delay = this.#drawDelay();
    if (delay === null) return;
    if (delay < 1) {
      this.#send(packet, to);
      return;
    }
    const timer = setTimeout(() => {
      this.#delayed.delete(timer);
      this.#send(packet, to);
    }, delay);
    this.#delayed.add(timer);
  }

  #send(packet: Buffer, to: RtpAddress): void {
    this.#socket.send(packet, to.port, to.host, (error) => {
      if (error !== null) this.#unsent++;
    });
  }

  /** Milliseconds that the path takes for the next packet; `null` = it is lost. */
  #drawDelay(): number | null {
    const { path, random } = this.#options;
    if (path === undefined) return 0;
    if (random() < path.lossRatio) return null;
    return path.delayMilliseconds + SPREAD_OF_JITTER * path.jitterMilliseconds * random();
  }

  #receive(bytes: Buffer, from: RemoteInfo): void {
    const delay = this.#drawDelay();
    if (delay === null) return;
    const arrival = (performance.now() + delay) * SAMPLES_PER_MILLISECOND;
    const packet = readRtpPacket(bytes);
    const sender = { host: from.address, port: from.port };
    const admission = packet === null ? null : this.#source.admit(packet, sender, arrival);
    if (packet === null || admission === null) {
      this.#foreign++;
      return;
    }
    if (admission.isNewSender) this.#statistics.restart();
    if (admission.former !== null) {
      this.#foreign--;
      const { former } = admission;
      this.#statistics.receive(former.packet, former.arrival, isSpeech(former.packet.payloadType));
    }
    this.#statistics.receive(packet, arrival, isSpeech(packet.payloadType));
  }
}

/** Timestamps of comfort noise and DTMF events do not tell when they were sent. */
function isSpeech(payloadType: number): boolean {
  return payloadType === 0 || payloadType === 8;
}
