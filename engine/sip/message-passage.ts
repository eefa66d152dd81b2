import { FloodLimit } from "./flood-limit.ts";
import type { WireFate, WireTap } from "./sip-endpoint.ts";
import type { SipPeer } from "./sip-peer.ts";
import type { SipFlow, SipSocketEvents } from "./sip-sockets.ts";
import { WireFates } from "./wire-fate.ts";

/** What is done to messages between the sockets and whoever reads and writes them. */
export interface PassageOptions {
  readonly messagesPerSecondPerSource?: number;
  fateOf?(direction: "received" | "sent", message: string, peer: SipPeer): WireFate;
  readonly tap?: WireTap;
}

/**
 * The one way in and out of all sockets of an end. In: flood limit, fate, tap, `onMessage`. Out: fate,
 * tap, socket. So the tap hears a message when it is handed over or put on the wire: a late one late, a
 * doubled one twice, a lost or refused one not at all; and the counts are of the same messages.
 */
export class MessagePassage {
  readonly events: SipSocketEvents;
  readonly #options: PassageOptions;
  readonly #flood: FloodLimit | null;
  readonly #fates = new WireFates();
  #received = 0;
  #sent = 0;
  #refused = 0;

  constructor(options: PassageOptions, events: SipSocketEvents) {
    this.events = events;
    this.#options = options;
    const limit = options.messagesPerSecondPerSource;
    this.#flood = limit === undefined ? null : new FloodLimit(limit);
  }

  get counts(): { received: number; sent: number; refused: number } {
    return { received: this.#received, sent: this.#sent, refused: this.#refused };
  }

  /** Takes one message from a socket. `reset` breaks the connection it came by. */
  receive(message: Buffer, flow: SipFlow, reset: () => void): void {
    if (this.#flood !== null && !this.#isWithinLimit(this.#flood, flow.peer)) return;
    const fate = this.#options.fateOf?.("received", message.toString(), flow.peer);
    if (fate === undefined || fate.deliver === "now") this.#handOver(message, flow);
    else void this.#fates.apply(fate, () => this.#handOver(message, flow), reset);
  }

  /** Sends one message by `put`, which calls {@link announce} when it writes; `reset` fails or loses it. */
  send(
    message: string,
    flow: SipFlow,
    put: () => Promise<void>,
    reset: () => Promise<void>,
  ): Promise<void> {
    if (this.#options.fateOf === undefined) return put();
    const fate = this.#options.fateOf("sent", message, flow.peer);
    return fate.deliver === "now" ? put() : this.#fates.apply(fate, put, reset);
  }

  /** Says that a message is written to a socket now. */
  announce(message: string, flow: SipFlow): void {
    this.#sent++;
    this.#options.tap?.("sent", message, flow.peer, flow.local);
  }

  /** Loses the messages that are held back. */
  close(): void {
    this.#fates.clear();
  }

  #handOver(message: Buffer, flow: SipFlow): void {
    this.#received++;
    this.#options.tap?.("received", message.toString(), flow.peer, flow.local);
    this.events.onMessage(message, flow);
  }

  #isWithinLimit(flood: FloodLimit, peer: SipPeer): boolean {
    const verdict = flood.judge(peer.host, performance.now());
    if (verdict === "fine") return true;
    this.#refused++;
    if (verdict === "notice") {
      const limit = this.#options.messagesPerSecondPerSource;
      this.events.onFault(`more than ${limit} messages a second; the rest is dropped`, peer);
    }
    return false;
  }
}
