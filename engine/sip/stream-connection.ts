import type { Socket } from "node:net";
import type { MessagePassage } from "./message-passage.ts";
import type { ListenAddress, SipPeer } from "./sip-peer.ts";
import type { SipFlow } from "./sip-sockets.ts";
import type { StreamBudgets } from "./socket-budgets.ts";
import { sendError } from "./socket-words.ts";
import { type FramingFault, StreamFramer } from "./stream-framer.ts";
import { tlsWordsOf } from "./tls-words.ts";

const PONG = Buffer.from("\r\n");

export interface ConnectionOptions {
  readonly socket: Socket;
  readonly peer: SipPeer;
  /** What it listens on, or where it was accepted. */
  readonly local: ListenAddress;
  /** It can be written to already. */
  readonly isOpen: boolean;
  readonly passage: MessagePassage;
  readonly budgets: StreamBudgets;
}

/**
 * One TCP or TLS connection, whoever opened it.
 *
 * ```
 * opening ──connect, secureConnect──▶ open ──its end, an error, a budget──▶ closed
 *    └──────an error, too slow───────────┼────────────────────────────────────▲
 *                                        └─framing lost─▶ lingering ──────────┘
 * ```
 */
export class StreamConnection implements SipFlow {
  readonly peer: SipPeer;
  readonly local: ListenAddress;
  readonly reliable = true;
  readonly #socket: Socket;
  readonly #passage: MessagePassage;
  readonly #budgets: StreamBudgets;
  readonly #framer = new StreamFramer();
  readonly #opened: Promise<void>;
  #state: "opening" | "open" | "lingering" | "closed";
  #waitingBytes = 0;
  #closedBecause: string | null = null;
  #deadline: NodeJS.Timeout | null = null;

  constructor({ socket, peer, local, isOpen, passage, budgets }: ConnectionOptions) {
    this.#socket = socket;
    this.peer = peer;
    this.local = local;
    this.#passage = passage;
    this.#budgets = budgets;
    this.#state = isOpen ? "open" : "opening";
    socket.setNoDelay(true);
    socket.setTimeout(budgets.idleMilliseconds, () => this.#fail("was idle for too long"));
    socket.on("data", (chunk: Buffer) => this.#hear(chunk));
    socket.on("error", (error) => this.#fail(tlsWordsOf(error)));
    socket.on("end", () => this.#end());
    socket.on("close", () => this.#close("closed the connection"));
    this.#opened = isOpen ? Promise.resolve() : this.#open();
    this.#opened.catch(() => undefined);
    if (isOpen) this.#setDeadline(budgets.messageMilliseconds, "sent no message in time");
    else this.#setDeadline(budgets.connectMilliseconds, "did not take the connection in time");
  }

  get transport(): "tcp" | "tls" {
    return this.peer.transport === "tls" ? "tls" : "tcp";
  }

  /** Messages can still be sent by it. */
  get isUsable(): boolean {
    return this.#state === "opening" || this.#state === "open";
  }

  send(message: string): Promise<void> {
    return this.#passage.send(
      message,
      this,
      () => this.#put(message),
      () => {
        this.reset();
        return Promise.reject(sendError(this.peer, "reset the connection"));
      },
    );
  }

  /** Breaks it, so that the other end sees a reset where the system can do that. */
  reset(): void {
    const canReset = this.#state === "open" && this.transport === "tcp";
    this.#close("reset the connection");
    if (canReset) this.#socket.resetAndDestroy();
    else this.#socket.destroy();
  }

  destroy(): void {
    this.#close("cannot be sent to: this end is closed");
    this.#socket.destroy();
  }

  #open(): Promise<void> {
    return new Promise((opened, fail) => {
      this.#socket.once(this.transport === "tls" ? "secureConnect" : "connect", () => {
        if (this.#state !== "opening") return;
        this.#state = "open";
        this.#clearDeadline();
        opened();
      });
      this.#socket.once("close", () => fail(this.#error()));
    });
  }

  async #put(message: string): Promise<void> {
    const bytes = Buffer.from(message);
    if (this.#waitingBytes + this.#socket.writableLength + bytes.length > this.#maxUnsent) {
      this.#fail(`does not read: more than ${this.#maxUnsent} bytes wait for it`);
    }
    if (this.#state === "opening") {
      this.#waitingBytes += bytes.length;
      await this.#opened;
      this.#waitingBytes -= bytes.length;
    }
    if (this.#state === "closed" || this.#socket.writableEnded) throw this.#error();
    this.#passage.announce(message, this);
    return new Promise((sent, fail) => {
      this.#socket.write(bytes, (error) => {
        if (error === null || error === undefined) sent();
        else fail(this.#error(error));
      });
    });
  }

  get #maxUnsent(): number {
    return this.#budgets.maxUnsentBytes;
  }

  #hear(chunk: Buffer): void {
    if (this.#state !== "open") return;
    let heard = 0;
    let isKeptAlive = false;
    const fault = this.#framer.push(chunk, {
      onMessage: (message) => {
        heard++;
        if (this.#state === "open") this.#passage.receive(message, this, () => this.reset());
      },
      onKeepAlive: () => {
        heard++;
        isKeptAlive = true;
      },
    });
    // WHY one for all that came at once: a write for every four bytes would be work beyond measure.
    if (isKeptAlive) this.#answerKeepAlive();
    if (this.#state !== "open") return;
    if (fault !== null) {
      this.#linger(fault);
      return;
    }
    if (heard > 0) this.#clearDeadline();
    if (this.#framer.isWaiting && this.#deadline === null) {
      this.#setDeadline(this.#budgets.messageMilliseconds, "did not finish a message in time");
    }
  }

  #answerKeepAlive(): void {
    if (this.#state !== "open") return;
    if (this.#socket.writableLength > this.#maxUnsent) {
      this.#fail(`does not read: more than ${this.#maxUnsent} bytes wait for it`);
    } else {
      this.#socket.write(PONG);
    }
  }

  /** Lets an answer out, then closes; what still comes is not read. */
  #linger({ head, status, what }: FramingFault): void {
    this.#clearDeadline();
    this.#passage.events.onFault(`sent ${what}; the connection is closed`, this.peer);
    this.#closedBecause = "broke the framing of messages";
    this.#state = "lingering";
    this.#passage.events.onUnframable?.(head, status, what, this);
    // WHY later: an answer given by a promise is still written before the end.
    setImmediate(() => this.#socket.end());
    this.#deadline = setTimeout(() => this.#socket.destroy(), this.#budgets.lingerMilliseconds);
  }

  #end(): void {
    if (this.#framer.isWaiting) this.#tell("closed the connection in the middle of a message");
  }

  #setDeadline(milliseconds: number, what: string): void {
    this.#deadline = setTimeout(() => this.#fail(what), milliseconds);
  }

  #clearDeadline(): void {
    if (this.#deadline !== null) clearTimeout(this.#deadline);
    this.#deadline = null;
  }

  #fail(what: string): void {
    this.#tell(what);
    this.#close(what);
    this.#socket.destroy();
  }

  #tell(what: string): void {
    if (this.#state === "open") this.#passage.events.onFault(what, this.peer);
  }

  #close(because: string): void {
    this.#clearDeadline();
    this.#closedBecause ??= because;
    this.#state = "closed";
  }

  #error(cause?: unknown): Error {
    return sendError(this.peer, this.#closedBecause ?? tlsWordsOf(cause), cause);
  }
}
