import { MAX_MESSAGE_BYTES } from "./sip-limits.ts";

/** Why a stream cannot be framed any more, and how a request with this head is answered. */
export interface FramingFault {
  readonly what: string;
  /** 400: its length is not said. 413: its body is too long. 513: its head is. */
  readonly status: 400 | 413 | 513;
  /** What came of its head: whole, with the empty line, unless it is too long. */
  readonly head: Buffer;
}

/** Hears what a stream holds. */
export interface FramerSink {
  onMessage(message: Buffer): void;
  /** A double CRLF between messages (RFC 5626 section 3.5.1), to be answered by one. */
  onKeepAlive(): void;
}

const CR = 13;
const LF = 10;
const END_OF_HEAD = Buffer.from("\r\n\r\n");

/**
 * Cuts a stream of bytes into SIP messages by their Content-Length (RFC 3261 section 18.3). Work and
 * memory are linear in the bytes, whatever the pieces they come in; at most one message is held.
 */
export class StreamFramer {
  /** The first `#length` bytes are held: the message that has begun. */
  #held: Buffer = Buffer.alloc(0);
  #length = 0;
  /** Where the search for the end of the head goes on. */
  #searched = 0;
  /** Bytes of the whole message that has begun; 0 = its head is not complete. */
  #total = 0;
  #emptyLines = 0;
  #fault: FramingFault | null = null;

  /** A message has begun and is not complete. */
  get isWaiting(): boolean {
    return this.#length > 0;
  }

  /** Hands out every message that is complete now. Nothing is read after a fault, which it gives again. */
  push(chunk: Buffer, sink: FramerSink): FramingFault | null {
    if (this.#fault !== null) return this.#fault;
    const isHeld = this.#length > 0;
    const data = isHeld ? this.#append(chunk) : chunk;
    let at = 0;
    while (this.#fault === null) {
      if (this.#total === 0) {
        at = this.#skipEmptyLines(data, at, sink);
        this.#readHead(data, at);
      }
      if (this.#total === 0 || data.length - at < this.#total) break;
      const message = data.subarray(at, at + this.#total);
      at += this.#total;
      this.#total = 0;
      this.#searched = 0;
      this.#emptyLines = 0;
      // WHY a copy: the held bytes are written over by the next message.
      sink.onMessage(isHeld ? Buffer.from(message) : message);
    }
    this.#hold(data, this.#fault === null ? at : data.length);
    return this.#fault;
  }

  #append(chunk: Buffer): Buffer {
    const needed = this.#length + chunk.length;
    if (needed > this.#held.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#held.length));
      this.#held.copy(larger, 0, 0, this.#length);
      this.#held = larger;
    }
    chunk.copy(this.#held, this.#length);
    this.#length = needed;
    return this.#held.subarray(0, needed);
  }

  #hold(data: Buffer, from: number): void {
    const rest = data.subarray(from);
    if (rest.length > this.#held.length) this.#held = Buffer.allocUnsafe(2 * rest.length);
    rest.copy(this.#held);
    this.#length = rest.length;
    if (rest.length === 0) this.#held = Buffer.alloc(0);
  }

  #skipEmptyLines(data: Buffer, from: number, sink: FramerSink): number {
    let at = from;
    while (data[at] === CR && data[at + 1] === LF) {
      at += 2;
      this.#searched = 0;
      if (++this.#emptyLines % 2 === 0) sink.onKeepAlive();
    }
    return at;
  }

  #readHead(data: Buffer, at: number): void {
    const end = data.indexOf(END_OF_HEAD, at + this.#searched);
    const headBytes = (end < 0 ? data.length : end + END_OF_HEAD.length) - at;
    if (headBytes > MAX_MESSAGE_BYTES) {
      const head = Buffer.from(data.subarray(at, at + MAX_MESSAGE_BYTES));
      const what = `a message whose head passes ${MAX_MESSAGE_BYTES} bytes`;
      this.#fault = { what, status: 513, head };
      return;
    }
    if (end < 0) {
      this.#searched = Math.max(0, headBytes - END_OF_HEAD.length + 1);
      return;
    }
    const head = data.subarray(at, at + headBytes);
    const length = contentLengthOf(head);
    if (typeof length === "string") {
      this.#fault = { what: length, status: 400, head: Buffer.from(head) };
    } else if (headBytes + length > MAX_MESSAGE_BYTES) {
      const what = `a message of ${headBytes + length} bytes; the limit is ${MAX_MESSAGE_BYTES}`;
      this.#fault = { what, status: 413, head: Buffer.from(head) };
    } else {
      this.#total = headBytes + length;
    }
  }
}

/** The Content-Length that a head says, however it is spelled; else what is wrong with it. */
function contentLengthOf(head: Buffer): number | string {
  let found: number | null = null;
  for (let line = nextLine(head, 0); line < head.length; line = nextLine(head, line)) {
    const first = head[line];
    // `C`, `c`, `L` or `l`: any other header is passed over unread.
    if (first !== 67 && first !== 99 && first !== 76 && first !== 108) continue;
    const value = lengthValue(unfoldedLine(head, line));
    if (value === null) continue;
    if (!/^\d{1,15}$/.test(value)) return "a message whose Content-Length is no number";
    if (found !== null && found !== Number(value)) return "a message with two Content-Lengths";
    found = Number(value);
  }
  return found ?? "a message without Content-Length on a stream";
}

function lengthValue(line: string): string | null {
  const colon = line.indexOf(":");
  const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
  return name === "content-length" || name === "l" ? line.slice(colon + 1).trim() : null;
}

/** Where the line after the one at `from` begins. */
function nextLine(head: Buffer, from: number): number {
  const end = head.indexOf(LF, from);
  return end < 0 ? head.length : end + 1;
}

/** A header with its continuation lines (RFC 3261 section 7.3.1). */
function unfoldedLine(head: Buffer, from: number): string {
  let end = nextLine(head, from);
  while (head[end] === 32 || head[end] === 9) end = nextLine(head, end);
  return head.toString("latin1", from, end);
}
