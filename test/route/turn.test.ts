import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rotate, TURNS, Weighings } from "../../engine/route/turn.ts";

/** The order of all sets at a turn, as the first trunk of each. */
function firstsAt(sets: readonly (readonly number[])[], turn: number): string {
  const place = (weights: readonly number[]): number | undefined =>
    rotate([...weights.keys()], weights, turn)[0];
  return sets.map((weights) => (weights.length > 1 ? place(weights) : 0)).join();
}

const turns = suite("turn");

turns("sets of equal weights are one way of weighing, however many and wherever they are", () => {
  const weighings = new Weighings();
  const ids = Array.from({ length: 1000 }, (_, i) => {
    const sets = [...i.toString(2)].map((bit) => (bit === "1" ? [1, 1] : [1]));
    return weighings.of(sets)?.id;
  });
  assert.equal(new Set(ids), new Set([0, 1]));
});

turns("every turn is given one that leads to the same order, each order once", () => {
  const weighings = new Weighings();
  for (const sets of [
    [[1, 1], [1], [1, 1]],
    [
      [3, 1],
      [1, 1, 1],
      [3, 1],
    ],
    [
      [1, 1, 1],
      [3, 1],
    ],
    [],
  ]) {
    const weighing = weighings.of(sets);
    assert.ok(weighing !== null);
    const { id, turns: kept } = weighing;
    for (let turn = 0; turn < TURNS; turn++) {
      const chosen = kept[weighings.orders[id * TURNS + turn] ?? -1] ?? -1;
      assert.is(firstsAt(sets, chosen), firstsAt(sets, turn));
    }
    assert.is(new Set(kept.map((turn) => firstsAt(sets, turn))).size, kept.length);
  }
});

turns("more ways of weighing than can be told apart are refused until they are cleared", () => {
  const weighings = new Weighings();
  const of = (weight: number): number | undefined => weighings.of([[weight, 1]])?.id;
  assert.equal([of(1), of(1), of(2)], [0, 0, 1]);
  for (let weight = 3; weight <= 256; weight++) of(weight);
  assert.is(weighings.of([[257, 1]]), null);
  weighings.clear();
  assert.is(of(257), 0);
});

turns.run();
