import { mixBits } from "../compile/number-hash.ts";

/**
 * Which of several equal-rank trunks is tried first. Deciding is stateless: the turn comes from the
 * number and a seed, so that calls spread and the same call always goes the same way.
 *
 * ```
 * turn = the highest 8 bits of fmix32(hash of the number ^ seed)                     0 … 255
 * ```
 * The hash and fmix32 are those of `compile/number-hash.ts`. A set of trunks with weights w starts with
 * the first one whose running total of weights exceeds turn × (sum of w) / 256, and goes on in order,
 * cyclically.
 *
 * @module
 */

const TURN_BITS = 8;

/** Different turns there are; the shares of weights are true to 1/256. */
export const TURNS = 1 << TURN_BITS;

/** The turn of a number by its hash. */
export function turnOf(seed: number, hash: number): number {
  return mixBits(hash ^ seed) >>> (32 - TURN_BITS);
}

/** Index of the one that a set with these weights begins with. `weights` sum to more than 0. */
function firstInTurn(weights: readonly number[], turn: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let running = 0;
  return Math.max(
    0,
    weights.findIndex((weight) => {
      running += weight;
      return running * TURNS > turn * total;
    }),
  );
}

/** `items` beginning with the one whose turn it is. */
export function rotate<T>(items: readonly T[], weights: readonly number[], turn: number): T[] {
  const first = firstInTurn(weights, turn);
  return [...items.slice(first), ...items.slice(0, first)];
}

/** Ways of weighing that are told apart at a time. */
const MAX_WEIGHINGS = 256;

/** What the turns come to for sets of trunks with some weights. */
export interface Weighing {
  /** Below {@link MAX_WEIGHINGS}. */
  readonly id: number;
  /** One turn for each order there is, the first that leads to it. */
  readonly turns: readonly number[];
}

/**
 * Which turns lead to the same order. Two gateways have two orders, not 256: whoever keeps something for
 * each order then keeps little, and what she looks up stays in the near caches (measured: a thousand
 * routes with 256 entries each cost 300 ns a decision more).
 */
export class Weighings {
  /** `orders[id × 256 + turn]` = place in the weighing's `turns`. */
  readonly orders = new Uint8Array(MAX_WEIGHINGS * TURNS);
  private readonly known = new Map<string, Weighing>();

  /** The weighing of sets by the weights in each; `null` when there are too many, until `clear`. */
  of(all: readonly (readonly number[])[]): Weighing | null {
    // WHY each weights once: equal ones begin alike, so that thousands of routes with two gateways each
    // have one way of weighing, not one for every arrangement of their sets.
    const choices = all.filter((weights) => weights.length > 1).map((weights) => weights.join());
    const keys = [...new Set(choices)].sort();
    const key = keys.join(";");
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const id = this.known.size;
    if (id === MAX_WEIGHINGS) return null;
    const weighing = { id, turns: this.writeOrders(id, keys.map(weightsOf)) };
    this.known.set(key, weighing);
    return weighing;
  }

  clear(): void {
    this.known.clear();
  }

  private writeOrders(id: number, sets: readonly (readonly number[])[]): number[] {
    const turns: number[] = [];
    const orderOf = new Map<string, number>();
    for (let turn = 0; turn < TURNS; turn++) {
      const order = sets.map((weights) => firstInTurn(weights, turn)).join();
      const place = orderOf.get(order) ?? turns.push(turn) - 1;
      orderOf.set(order, place);
      this.orders[id * TURNS + turn] = place;
    }
    return turns;
  }
}

function weightsOf(key: string): number[] {
  return key.split(",").map(Number);
}
