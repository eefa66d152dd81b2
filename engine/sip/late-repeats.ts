import { MAX_KEPT_CHARACTERS } from "./sip-limits.ts";

/** How long a finished transaction answers repeats: 64 × T1 (RFC 3261 timers D and J; RFC 6026 L, M). */
export const ABSORB_MILLISECONDS = 32_000;

/** Entries are forgotten a generation at a time, so each lives 32 to 48 seconds. More of them would be looked through more often. */
const GENERATION_MILLISECONDS = 16_000;
const GENERATIONS = ABSORB_MILLISECONDS / GENERATION_MILLISECONDS + 1;

/** Past this many entries the oldest generation goes early: about 5,000 calls a second for 32 s. */
const MAX_ENTRIES = 500_000;

interface Generation<Value> {
  readonly entries: Map<string, Value>;
  characters: number;
}

function newGeneration<Value>(): Generation<Value> {
  return { entries: new Map(), characters: 0 };
}

/**
 * What finished transactions leave behind, to answer a late repeat of their request or response the
 * way it was answered before: a key and the text, instead of sip.js's transaction with its message.
 *
 * ```
 *  remember ─▶ newest generation ─ every 16 s ─▶ older ─▶ oldest ─ after 16 s ─▶ dropped as a whole
 * ```
 *
 * Finding costs at most three lookups. A timer runs only while something is kept, and holds no process.
 */
export class LateRepeats<Value> {
  #generations: Generation<Value>[] = [newGeneration()];
  #size = 0;
  #characters = 0;
  #timer: NodeJS.Timeout | undefined;

  get size(): number {
    return this.#size;
  }

  /** @param characters - What the value is kept in, besides the key. */
  remember(key: string, value: Value, characters = 0): void {
    const newest = this.#generations[0];
    if (newest === undefined) return;
    if (!newest.entries.has(key)) this.#size++;
    newest.entries.set(key, value);
    const added = key.length + characters;
    newest.characters += added;
    this.#characters += added;
    const isFull = this.#size > MAX_ENTRIES || this.#characters > MAX_KEPT_CHARACTERS;
    if (isFull) this.#dropOldest();
    this.#timer ??= setInterval(() => this.#turn(), GENERATION_MILLISECONDS).unref();
  }

  find(key: string): Value | undefined {
    if (this.#size === 0) return undefined;
    for (const generation of this.#generations) {
      const value = generation.entries.get(key);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  clear(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#generations = [newGeneration()];
    this.#size = 0;
    this.#characters = 0;
  }

  #turn(): void {
    this.#generations.unshift(newGeneration());
    if (this.#generations.length > GENERATIONS) this.#dropOldest();
    if (this.#size === 0) this.clear();
  }

  #dropOldest(): void {
    const oldest = this.#generations.pop();
    this.#size -= oldest?.entries.size ?? 0;
    this.#characters -= oldest?.characters ?? 0;
    if (this.#generations.length === 0) this.#generations.push(newGeneration());
  }
}

/** A copy that does not keep the whole message alive which `text` was cut from. */
export function ownCopy(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
