import { FLOOD_NOTICE_MILLISECONDS, MAX_FLOOD_SOURCES } from "./socket-budgets.ts";

/** `fine` = let it in; `refused` = drop it; `notice` = drop it, and say so. */
export type FloodVerdict = "fine" | "refused" | "notice";

interface Bucket {
  tokens: number;
  filledAt: number;
  noticedAt: number;
}

/**
 * One token bucket for each source address: a rate, and bursts of one second of it. The table is bounded:
 * when half of it is full, the sources not heard of since the last time that happened are forgotten, which
 * at worst gives one of them another burst.
 */
export class FloodLimit {
  readonly #perSecond: number;
  readonly #maxSources: number;
  #young = new Map<string, Bucket>();
  #old = new Map<string, Bucket>();

  constructor(perSecond: number, maxSources = MAX_FLOOD_SOURCES) {
    this.#perSecond = perSecond;
    this.#maxSources = maxSources;
  }

  get sources(): number {
    return this.#young.size + this.#old.size;
  }

  /** Judges one message; `now` in milliseconds of any steady clock. */
  judge(source: string, now: number): FloodVerdict {
    const bucket = this.#bucketOf(source, now);
    const filled = bucket.tokens + ((now - bucket.filledAt) * this.#perSecond) / 1_000;
    bucket.tokens = Math.min(Math.max(1, this.#perSecond), filled);
    bucket.filledAt = now;
    if (bucket.tokens >= 1) {
      bucket.tokens--;
      return "fine";
    }
    if (now - bucket.noticedAt < FLOOD_NOTICE_MILLISECONDS) return "refused";
    bucket.noticedAt = now;
    return "notice";
  }

  #bucketOf(source: string, now: number): Bucket {
    const known = this.#young.get(source);
    if (known !== undefined) return known;
    const bucket = this.#old.get(source) ?? {
      tokens: Math.max(1, this.#perSecond),
      filledAt: now,
      noticedAt: Number.NEGATIVE_INFINITY,
    };
    this.#old.delete(source);
    if (this.#young.size >= this.#maxSources / 2) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(source, bucket);
    return bucket;
  }
}
