import { mixBits } from "../compile/number-hash.ts";
import type { TrunkRank } from "../route/trunk-ranks.ts";
import { FairShare } from "./fair-share.ts";

/**
 * In which order the trunks of a call are tried. Ranks stand as decided; within a rank
 *
 * | rank | healthy ones | then demoted ones |
 * |---|---|---|
 * | operator's trunks | by exactly fair share of their weights | likewise |
 * | gateways of a route | shuffled | shuffled |
 *
 * (documented for gateways: Microsoft, direct-routing-monitor-and-troubleshoot; for operators' trunks
 * assumed). Demoted trunks of an operator come after all its healthy ones, whatever their priority: what
 * does not answer OPTIONS will not take a call either.
 *
 * @module
 */

/** One trunk to try, and what it is shown. */
export interface TrunkOffer {
  /** Trunk name, or a gateway's FQDN. */
  readonly name: string;
  readonly callerId: string | null;
}

/** Sets of trunks that share calls, beyond which all begin anew: bounds the memory of many tenants. */
const MAX_SHARES = 4_096;

/** Orders the trunks of one stream of calls, each call once. */
export class TrunkOrder {
  readonly #seed: number;
  readonly #isDemoted: (name: string) => boolean;
  readonly #shares = new Map<string, FairShare>();
  #draws = 0;

  /** @param seed - Shuffles gateways; the same seed and calls give the same orders. */
  constructor(seed: number, isDemoted: (name: string) => boolean) {
    this.#seed = seed;
    this.#isDemoted = isDemoted;
  }

  /** The offers of the next call that goes by these ranks. */
  take(ranks: readonly TrunkRank[]): readonly TrunkOffer[] {
    const offers: TrunkOffer[] = [];
    let demoted: TrunkOffer[] = [];
    for (const [at, rank] of ranks.entries()) {
      const previous = ranks[at - 1];
      if (previous !== undefined && !isSameCarrier(previous, rank)) {
        offers.push(...demoted);
        demoted = [];
      }
      const isDown = rank.names.map(this.#isDemoted);
      for (const name of this.#ordered(rank, isDown, false)) {
        offers.push({ name, callerId: rank.callerId });
      }
      for (const name of this.#ordered(rank, isDown, true)) {
        demoted.push({ name, callerId: rank.callerId });
      }
    }
    offers.push(...demoted);
    return offers;
  }

  #ordered(rank: TrunkRank, isDown: readonly boolean[], down: boolean): readonly string[] {
    const names = rank.names.filter((_, at) => isDown[at] === down);
    if (names.length < 2) return names;
    if (rank.operator === null) return this.#shuffled(names);
    const weights = rank.weights.filter((_, at) => isDown[at] === down);
    return this.#shareOf(names, weights)
      .take()
      .flatMap((at) => names[at] ?? []);
  }

  /** One for each set of trunks with some weights, whichever calls they are shared by. */
  #shareOf(names: readonly string[], weights: readonly number[]): FairShare {
    const key = `${names.join("\n")}\n${weights.join()}`;
    const known = this.#shares.get(key);
    if (known !== undefined) return known;
    if (this.#shares.size >= MAX_SHARES) this.#shares.clear();
    const share = new FairShare(weights);
    this.#shares.set(key, share);
    return share;
  }

  /** Fisher and Yates. */
  #shuffled(names: readonly string[]): readonly string[] {
    const shuffled = [...names];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.#draw(last + 1);
      const name = shuffled[last] ?? "";
      shuffled[last] = shuffled[other] ?? "";
      shuffled[other] = name;
    }
    return shuffled;
  }

  /** A number from 0 up to but not including `below`, which is small. */
  #draw(below: number): number {
    this.#draws = (this.#draws + 0x9e3779b9) | 0;
    const bits = mixBits(mixBits(this.#draws) ^ this.#seed) >>> 0;
    return Math.floor((bits / 2 ** 32) * below);
  }
}

/** Whether two ranks are trunks of one operator that are shown the same. */
function isSameCarrier(a: TrunkRank, b: TrunkRank): boolean {
  return a.operator !== null && a.operator === b.operator && a.callerId === b.callerId;
}
