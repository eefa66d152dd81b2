/** Pairs that are told apart, at most; beyond, the ones that came first are forgotten. */
const MAX_PAIRS = 1_000_000;

/** How often each pair of called and calling number came before on one trunk. */
export class PairCounts {
  readonly #counts = new Map<string, number>();

  /** Counts one more of the pair; answers how many came before. */
  next(calledNumber: string, callingNumber: string): number {
    const pair = `${calledNumber} ${callingNumber}`;
    const before = this.#counts.get(pair) ?? 0;
    if (before === 0 && this.#counts.size >= MAX_PAIRS) {
      const oldest = this.#counts.keys().next();
      if (!oldest.done) this.#counts.delete(oldest.value);
    }
    this.#counts.set(pair, before + 1);
    return before;
  }
}
