/**
 * What a receiver of RTP can tell of the network: loss, reordering, duplicates and jitter of one stream,
 * by RFC 3550 (sequence numbers: appendix A.1, loss: A.3, jitter: A.8). Reads no clock.
 *
 * Unlike A.1 the first packet counts at once: whoever calls this has made sure of the source. A restart
 * of the sender begins a new count, which is added to what was counted before.
 *
 * @module
 */
import type { RtpHeader } from "./rtp-packet.ts";

/** A jump ahead by less is loss; by more it may be a restart (A.1). */
const MAX_DROPOUT = 3000;
/** A packet behind by less was reordered; by more it may be a restart (A.1). */
const MAX_MISORDER = 100;
const SEQUENCES = 1 << 16;
/** Which of the last packets came, to know duplicates: a power of two over MAX_MISORDER. */
const WINDOW = 128;

export interface RtpCounts {
  readonly packetsExpected: number;
  /** Each packet once, however often it came. */
  readonly packetsReceived: number;
  readonly packetsDuplicated: number;
  /** Came after a packet that was sent later. */
  readonly packetsReordered: number;
  /** Far out of sequence, and no restart either. */
  readonly packetsIgnored: number;
  /** How often the sender began anew. */
  readonly restarts: number;
  /** 0 to 1; 0 when none was expected. */
  readonly lossRatio: number;
  /** In timestamp units. */
  readonly jitter: number;
}

export interface RtpStatistics {
  /**
   * Counts a packet. `arrival` is when it came, in timestamp units of any origin. `countsForJitter` is
   * false for payloads whose timestamps do not run with the clock, such as DTMF events (RFC 4733).
   */
  receive(
    packet: Pick<RtpHeader, "sequence" | "timestamp">,
    arrival: number,
    countsForJitter?: boolean,
  ): void;
  /** The next packet begins a new count: its sender is another. */
  restart(): void;
  counts(): RtpCounts;
}

export function createRtpStatistics(): RtpStatistics {
  const sequence = new SequenceCounter();
  const jitter = new JitterEstimate();
  return {
    receive(packet, arrival, countsForJitter = true): void {
      const verdict = sequence.take(packet.sequence);
      if (verdict === "restarted") jitter.forgetLast();
      const isNew = verdict === "counted" || verdict === "restarted";
      if (isNew && countsForJitter) jitter.take(packet.timestamp, arrival);
    },
    restart(): void {
      sequence.restart();
      jitter.forgetLast();
    },
    counts: () => ({ ...sequence.counts(), jitter: jitter.value }),
  };
}

class SequenceCounter {
  /** Of the packets of this sender, until it restarts. Extended: without wrap. */
  #first = -1;
  #highest = -1;
  #received = 0;
  /** Of senders before. */
  #expectedBefore = 0;
  #receivedBefore = 0;
  /** The packet that would follow the last one far out of sequence; -1 = that was none. */
  #restartAt = -1;
  #duplicated = 0;
  #reordered = 0;
  #ignored = 0;
  #restarts = 0;
  readonly #seen = new Uint8Array(WINDOW);

  take(sequence: number): "counted" | "duplicate" | "ignored" | "restarted" {
    if (this.#first < 0) {
      this.#begin(sequence);
      return "counted";
    }
    const ahead = (sequence - this.#highest) & (SEQUENCES - 1);
    if (ahead > 0 && ahead < MAX_DROPOUT) return this.#advance(this.#highest + ahead);
    const behind = ahead === 0 ? 0 : SEQUENCES - ahead;
    if (behind < MAX_MISORDER) return this.#fillIn(this.#highest - behind);
    return this.#leap(sequence);
  }

  restart(): void {
    if (this.#first < 0) return;
    this.#expectedBefore += this.#highest - this.#first + 1;
    this.#receivedBefore += this.#received;
    this.#first = -1;
    this.#restarts++;
  }

  counts(): Omit<RtpCounts, "jitter"> {
    const expectedNow = this.#first < 0 ? 0 : this.#highest - this.#first + 1;
    const receivedNow = this.#first < 0 ? 0 : this.#received;
    const packetsExpected = this.#expectedBefore + expectedNow;
    const packetsReceived = this.#receivedBefore + receivedNow;
    return {
      packetsExpected,
      packetsReceived,
      packetsDuplicated: this.#duplicated,
      packetsReordered: this.#reordered,
      packetsIgnored: this.#ignored,
      restarts: this.#restarts,
      lossRatio: packetsExpected === 0 ? 0 : 1 - packetsReceived / packetsExpected,
    };
  }

  #begin(sequence: number): void {
    // A round ahead of zero, so that a packet from before the first keeps a positive number.
    this.#first = sequence + SEQUENCES;
    this.#highest = this.#first;
    this.#received = 1;
    this.#restartAt = -1;
    this.#seen.fill(0);
    this.#seen[this.#highest % WINDOW] = 1;
  }

  #advance(extended: number): "counted" {
    const from = Math.max(this.#highest + 1, extended - WINDOW + 1);
    for (let missing = from; missing < extended; missing++) this.#seen[missing % WINDOW] = 0;
    this.#highest = extended;
    this.#count(extended);
    return "counted";
  }

  #fillIn(extended: number): "counted" | "duplicate" {
    if (this.#seen[extended % WINDOW] === 1) {
      this.#duplicated++;
      return "duplicate";
    }
    // The first packet we saw was itself overtaken by this one's successor.
    if (extended < this.#first) this.#first = extended;
    this.#reordered++;
    this.#count(extended);
    return "counted";
  }

  #count(extended: number): void {
    this.#seen[extended % WINDOW] = 1;
    this.#received++;
    this.#restartAt = -1;
  }

  /** Two in a row far out of sequence: the sender restarted without telling (A.1, `bad_seq`). */
  #leap(sequence: number): "ignored" | "restarted" {
    const isRestart = sequence === this.#restartAt;
    if (!isRestart) {
      this.#ignored++;
      this.#restartAt = (sequence + 1) & (SEQUENCES - 1);
      return "ignored";
    }
    this.restart();
    this.#begin(sequence);
    // The one before was real after all.
    this.#ignored--;
    this.#first--;
    this.#count(this.#first);
    return "restarted";
  }
}

/** J of RFC 3550 section 6.4.1: a sixteenth of each change of transit time moves the estimate. */
class JitterEstimate {
  value = 0;
  #lastTimestamp = 0;
  #lastArrival = Number.NaN;

  take(timestamp: number, arrival: number): void {
    if (!Number.isNaN(this.#lastArrival)) {
      // The difference of timestamps as a signed word: right across the wrap.
      const sent = (timestamp - this.#lastTimestamp) | 0;
      const change = Math.abs(arrival - this.#lastArrival - sent);
      this.value += (change - this.value) / 16;
    }
    this.#lastTimestamp = timestamp;
    this.#lastArrival = arrival;
  }

  forgetLast(): void {
    this.#lastArrival = Number.NaN;
  }
}
