import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { FairShare } from "../../engine/call/fair-share.ts";

const share = suite("fair share");

const isLong = process.env["LONG"] !== undefined;
const RUNS = isLong ? { numRuns: 2_000 } : { numRuns: 120, seed: 1980 };
const TURNS = isLong ? 20_000 : 2_000;

/** Tells of the first turn at which somebody is a call or more from the share; `null` = never. */
function strays(weights: readonly number[], turns: number): string | null {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const bound = weights.length > 1 ? total - total / (2 * weights.length - 2) : 0;
  const sharing = new FairShare(weights);
  const had = weights.map(() => 0);
  for (let turn = 1; turn <= turns; turn++) {
    const [first = -1] = sharing.take();
    had[first] = (had[first] ?? Number.NaN) + 1;
    for (const [index, weight] of weights.entries()) {
      // WHY whole numbers: x − w × n / W, times W, is exact.
      const off = Math.abs((had[index] ?? 0) * total - weight * turn);
      if (!(off <= bound)) return `turn ${turn}: ${index} is ${off / total} calls off its share`;
    }
  }
  return null;
}

share("at every prefix each is within a call of its share, whatever the weights", () => {
  const weights = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(weights, (of) => {
      assert.is(strays(of, TURNS), null);
    }),
    RUNS,
  );
});

share("and where one weighs far more than the others", () => {
  const uneven = fc.array(fc.constantFrom(1, 2, 7, 999, 65_535), { minLength: 2, maxLength: 8 });
  fc.assert(
    fc.property(uneven, (of) => {
      assert.is(strays(of, TURNS), null);
    }),
    RUNS,
  );
});

share("and over many whole rounds", () => {
  for (const weights of [[1], [1, 1], [3, 1], [5, 3, 2], [1, 1, 1, 1, 1, 1, 1], [100, 1, 1]]) {
    assert.is(strays(weights, 5_000), null, weights.join());
  }
});

/** The smooth weighted round-robin of nginx: the measure above must find that it strays. */
share("the same measure finds that smooth round-robin strays by more than a call", () => {
  const weights = [2, 3, 3, 2, 1, 25, 1, 25, 25, 1];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const current = weights.map(() => 0);
  const had = weights.map(() => 0);
  let worst = 0;
  for (let turn = 1; turn <= total; turn++) {
    for (const [index, weight] of weights.entries())
      current[index] = (current[index] ?? 0) + weight;
    const best = current.indexOf(Math.max(...current));
    current[best] = (current[best] ?? 0) - total;
    had[best] = (had[best] ?? 0) + 1;
    for (const [index, weight] of weights.entries()) {
      worst = Math.max(worst, Math.abs((had[index] ?? 0) - (weight * turn) / total));
    }
  }
  assert.ok(worst > 1, `it strays by ${worst}`);
  assert.is(strays(weights, total), null);
});

share("names everybody each turn, once", () => {
  const sharing = new FairShare([3, 1, 2]);
  for (let turn = 0; turn < 20; turn++) {
    assert.equal([...sharing.take()].sort(), [0, 1, 2]);
  }
});

share("whoever is not first is next when due sooner", () => {
  // One call in four is the second's; after the first turn it is the one that waits longest.
  const sharing = new FairShare([2, 1, 1]);
  const orders = Array.from({ length: 4 }, () => sharing.take().join(""));
  assert.equal([...orders].map((order) => order[0]).sort(), ["0", "0", "1", "2"]);
  assert.ok(new Set(orders).size >= 3, orders.join(" "));
});

share("weights past what is exact still share", () => {
  const huge = new FairShare(Array.from({ length: 300 }, (_, index) => 60_000 + index));
  const had = new Map<number, number>();
  for (let turn = 0; turn < 3_000; turn++) {
    const [first = -1] = huge.take();
    had.set(first, (had.get(first) ?? 0) + 1);
  }
  assert.is(had.size, 300);
  assert.ok([...had.values()].every((count) => count >= 9 && count <= 11));
});

share.run();
