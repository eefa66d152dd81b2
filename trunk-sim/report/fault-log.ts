import { printableLine } from "../../engine/model/printable-line.ts";
import { hostPort, type SipPeer } from "../../engine/sip/sip-peer.ts";

/** Lines a second, in all; a flood of bad messages must not become a flood of lines. */
const MAX_LINES_PER_SECOND = 10;
/** Characters of one line. */
const MAX_LINE_CHARS = 300;

/** Tells what was wrong on the wire, one line each, and how many lines were left out. */
export class FaultLog {
  readonly #write: (line: string) => void;
  readonly #now: () => number;
  #second = Number.NEGATIVE_INFINITY;
  #written = 0;
  #leftOut = 0;

  /** `now` in milliseconds. */
  constructor(write: (line: string) => void, now: () => number) {
    this.#write = write;
    this.#now = now;
  }

  tell(trunk: string, what: string, peer: SipPeer | null): void {
    const second = Math.floor(this.#now() / 1_000);
    if (second !== this.#second) {
      this.flush();
      this.#second = second;
      this.#written = 0;
    }
    if (this.#written >= MAX_LINES_PER_SECOND) {
      this.#leftOut += 1;
      return;
    }
    this.#written += 1;
    const from = peer === null ? "" : ` (${hostPort(peer)}/${peer.transport})`;
    this.#write(printableLine(`${trunk}: ${what}${from}`.slice(0, MAX_LINE_CHARS)));
  }

  /** Tells what was left out since. */
  flush(): void {
    if (this.#leftOut > 0) this.#write(`… and ${this.#leftOut} more faults on the wire`);
    this.#leftOut = 0;
  }
}
