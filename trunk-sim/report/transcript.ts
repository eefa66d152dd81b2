/** Lines that are kept at most: some 200 MB. */
const MAX_LINES = 1_000_000;

/**
 * What was decided and done, one line for each call, without times of the clock: equal seeds and equal
 * calls give equal transcripts, whatever order the calls came in. What depends on when a call comes (a
 * limit a second, a fault that is on for a while) is equal only as far as the calls come alike.
 */
export class Transcript {
  readonly #lines: string[] = [];
  #leftOut = 0;

  add(line: string): void {
    if (this.#lines.length < MAX_LINES) this.#lines.push(line);
    else this.#leftOut += 1;
  }

  /** All lines in the order of trunk, called and calling number, and count; each ends in a line feed. */
  text(): string {
    const lines = this.#lines.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    if (this.#leftOut > 0) lines.push(`${this.#leftOut} more calls are not written here`);
    return lines.map((line) => `${line}\n`).join("");
  }
}
