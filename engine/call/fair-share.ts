import { invariant } from "../model/engine-error.ts";

/**
 * Whose turn it is among trunks of equal rank, so that at every prefix of a stream of calls each trunk
 * has had its share of them within less than one call.
 *
 * It is the chairman assignment problem, solved by R. Tijdeman, "The chairman assignment problem",
 * Discrete Mathematics 32 (1980). With k trunks of weights w, W the sum of all w and c = 2k − 2, a trunk
 * that has had x turns may take turn n when it has fallen behind by enough,
 *
 * ```
 * w × n − W × x  ≥  W / c
 * ```
 * and must have taken it before the first turn n at which it would fall behind by too much:
 *
 * ```
 * w × n − W × x  >  W − W / c
 * ```
 * Of the turns that may be taken, the one that must be taken first is. Then |x − w × n / W| stays within
 * 1 − 1 / c, the best bound there is. The smooth weighted round-robin of proxies does not keep it: with
 * many trunks it strays by more than a call.
 *
 * All numbers are whole and below 2^53. After W turns every trunk has had exactly w, and all begins anew.
 *
 * @module
 */

/** Whole numbers up to here are exact. */
const MAX_EXACT = Number.MAX_SAFE_INTEGER;

interface Sharer {
  readonly index: number;
  readonly weight: number;
  /** Turns it has had of this round. */
  turns: number;
  /** First and last turn of the round at which its next one may fall. */
  opens: number;
  closes: number;
}

/** The turns of one stream of calls. Takes O(k log k) a turn. */
export class FairShare {
  readonly #total: number;
  /** The c of the module comment; 1 where there is nothing to share. */
  readonly #parts: number;
  readonly #sharers: readonly Sharer[];
  #turn = 0;

  /**
   * @param weights - Whole numbers above 0. So many, or so great, that products would not be exact: they
   * count as the nearest that are.
   */
  constructor(weights: readonly number[]) {
    this.#parts = Math.max(1, 2 * weights.length - 2);
    const exact = exactWeights(weights, Math.sqrt(MAX_EXACT / this.#parts));
    this.#total = exact.reduce((sum, weight) => sum + weight, 0);
    this.#sharers = exact.map((weight, index) => ({
      index,
      weight,
      turns: 0,
      opens: 1,
      closes: 1,
    }));
    this.#begin();
  }

  /** Takes a turn: index of the one whose it is, then the others by how soon theirs is due. */
  take(): readonly number[] {
    if (this.#turn === this.#total) this.#begin();
    this.#turn++;
    const due = this.#due();
    due.turns++;
    this.#open(due);
    const others = this.#sharers.filter((sharer) => sharer !== due);
    others.sort((a, b) => a.closes - b.closes);
    return [due.index, ...others.map(({ index }) => index)];
  }

  #begin(): void {
    this.#turn = 0;
    for (const sharer of this.#sharers) {
      sharer.turns = 0;
      this.#open(sharer);
    }
  }

  #open(sharer: Sharer): void {
    const given = this.#total * sharer.turns * this.#parts;
    const width = sharer.weight * this.#parts;
    sharer.opens = Math.ceil((given + this.#total) / width);
    sharer.closes = Math.floor((given + this.#total * (this.#parts - 1)) / width) + 1;
  }

  #due(): Sharer {
    let due: Sharer | undefined;
    for (const sharer of this.#sharers) {
      if (sharer.opens > this.#turn) continue;
      if (due === undefined || sharer.closes < due.closes) due = sharer;
    }
    invariant(due !== undefined, "nobody's turn has come");
    return due;
  }
}

/** In lowest terms, with a sum of at most `most`. */
function exactWeights(weights: readonly number[], most: number): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // WHY half: each may grow by one when it is made whole.
  const scale = total > most ? most / 2 / total : 1;
  const whole = weights.map((weight) => Math.max(1, Math.floor(weight * scale)));
  const divisor = whole.reduce(greatestDivisor, 0);
  return whole.map((weight) => weight / divisor);
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
