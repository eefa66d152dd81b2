/** A small seeded generator (mulberry32): equal seeds give equal benchmarks on every machine. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** At least 0, below 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  /** True in `share` of all cases. */
  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(values: readonly T[]): T {
    const value = values[this.between(0, values.length - 1)];
    if (value === undefined) throw new Error("nothing to pick from");
    return value;
  }

  /** `count` different values, or all there are. */
  pickSome<T>(values: readonly T[], count: number): T[] {
    const picked = new Set<T>();
    while (picked.size < Math.min(count, values.length)) picked.add(this.pick(values));
    return [...picked];
  }

  digits(count: number): string {
    let digits = "";
    for (let i = 0; i < count; i++) digits += this.between(0, 9);
    return digits;
  }
}
