import { suite } from "uvu";
import * as assert from "uvu/assert";
import { TrunkOrder } from "../../engine/call/order-trunks.ts";
import type { TrunkRank } from "../../engine/route/trunk-ranks.ts";

const order = suite("trunk order");

function rank(
  names: string,
  weights: readonly number[] = [],
  more: Partial<TrunkRank> = {},
): TrunkRank {
  const of = [...names];
  return {
    names: of,
    weights: of.map((_, at) => weights[at] ?? 1),
    operator: "pure-ip",
    callerId: "+14255550101",
    ...more,
  };
}

function namesOf(offers: ReturnType<TrunkOrder["take"]>): string {
  return offers.map(({ name }) => name).join("");
}

const healthy = (): boolean => false;

order("ranks stand as decided", () => {
  const trunks = new TrunkOrder(0, healthy);
  for (let i = 0; i < 10; i++) {
    assert.match(namesOf(trunks.take([rank("ab"), rank("c"), rank("de")])), /^(ab|ba)c(de|ed)$/);
  }
});

order(
  "an operator's trunks share calls by weight at every prefix, whichever calls these are",
  () => {
    const trunks = new TrunkOrder(0, healthy);
    const had = { a: 0, b: 0, c: 0 };
    for (let n = 1; n <= 1_000; n++) {
      // WHY new objects: other numbers have other decisions, and share all the same.
      const first = trunks.take([rank("abc", [5, 2, 1])])[0]?.name as "a" | "b" | "c";
      had[first]++;
      for (const [name, weight] of [
        ["a", 5],
        ["b", 2],
        ["c", 1],
      ] as const) {
        assert.ok(Math.abs(had[name] - (weight * n) / 8) < 1, `${name} after ${n}: ${had[name]}`);
      }
    }
  },
);

order("gateways of a route are shuffled, the same way for the same seed", () => {
  const gateways = [rank("abc", [], { operator: null })];
  const orders = (seed: number): string[] => {
    const trunks = new TrunkOrder(seed, healthy);
    return Array.from({ length: 600 }, () => namesOf(trunks.take(gateways)));
  };
  const of = orders(1);
  assert.equal(of, orders(1));
  assert.not.equal(of, orders(2));
  const counts = new Map<string, number>();
  for (const each of of) counts.set(each, (counts.get(each) ?? 0) + 1);
  assert.is(counts.size, 6);
  for (const [each, count] of counts) assert.ok(count > 60 && count < 140, `${each}: ${count}`);
});

order("demoted gateways of a route come after its healthy ones, before the next route's", () => {
  const trunks = new TrunkOrder(0, (name) => "ab".includes(name));
  const gateways = { operator: null };
  for (let i = 0; i < 20; i++) {
    const offers = trunks.take([rank("abcd", [], gateways), rank("e", [], gateways)]);
    assert.match(namesOf(offers), /^(cd|dc)(ab|ba)e$/);
  }
});

order(
  "demoted trunks of an operator come after all its healthy ones, before a backup operator's",
  () => {
    const trunks = new TrunkOrder(0, (name) => name === "a");
    const other = { operator: "bt", callerId: "+442079460100" };
    const ranks = [rank("a"), rank("b"), rank("c", [], other)];
    assert.is(namesOf(trunks.take(ranks)), "bac");
  },
);

order("when health changes, those that are left share anew", () => {
  const down = new Set<string>();
  const trunks = new TrunkOrder(0, (name) => down.has(name));
  const firsts = (count: number): string =>
    Array.from({ length: count }, () => trunks.take([rank("abc")])[0]?.name)
      .sort()
      .join("");
  assert.is(firsts(3), "abc");
  down.add("a");
  assert.is(firsts(4), "bbcc");
  assert.is(namesOf(trunks.take([rank("abc")])).at(-1), "a");
  down.clear();
  assert.is(firsts(3), "abc");
});

order("each offer shows the number of its rank", () => {
  const trunks = new TrunkOrder(0, healthy);
  const backup = { operator: "bt", callerId: "+442079460100" };
  assert.equal(trunks.take([rank("a"), rank("b", [], backup)]), [
    { name: "a", callerId: "+14255550101" },
    { name: "b", callerId: "+442079460100" },
  ]);
});

order.run();
