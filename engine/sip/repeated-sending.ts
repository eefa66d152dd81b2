/**
 * Sending again over UDP until the other end is heard: the timers that sip.js 0.21 lacks.
 *
 * ```
 *            first interval           doubled, at most the cap
 *   send ────────────────────▶ again ─────────────────────────▶ again … until stop() or the end
 * ```
 *
 * | timer | what is repeated | first | cap | RFC 3261 |
 * |---|---|---|---|---|
 * | A | INVITE, until any response | T1 | none | 17.1.1.2 |
 * | E | other requests, until a final response | T1 | T2 (at once after a 1xx) | 17.1.2.2 |
 * | G | 300 to 699 to an INVITE, until its ACK | T1 | T2 | 17.2.1 |
 * | – | 2xx to an INVITE, until its ACK, over TCP and TLS too | T1 | T2 | 13.3.1.4 |
 * | – | a reliable 1xx, until its PRACK | T1 | none | RFC 3262 section 3 |
 *
 * The end is sip.js's timer B, F, H or L, or the owner's own, 64 × T1 each: who repeats is stopped.
 */
export class RepeatedSending {
  readonly #again: () => void;
  readonly #cap: number;
  #interval: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(first: number, cap: number, again: () => void) {
    this.#again = again;
    this.#cap = cap;
    this.#interval = first;
    this.#timer = setTimeout(fire, first, this);
  }

  /** From now on every `cap` milliseconds: timer E after a provisional response. */
  slowDown(): void {
    this.#interval = this.#cap;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  fire(): void {
    if (this.#timer === undefined) return;
    this.#interval = Math.min(this.#interval * 2, this.#cap);
    this.#timer = setTimeout(fire, this.#interval, this);
    this.#again();
  }
}

function fire(sending: RepeatedSending): void {
  sending.fire();
}
