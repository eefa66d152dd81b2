import { suite } from "uvu";
import * as assert from "uvu/assert";
import { addTickListener, removeTickListener, ticksDue } from "../../engine/media/frame-ticker.ts";
import { until } from "./until.ts";

const ticker = suite("frame ticker");

/** The last tick done, milliseconds since the start; the first and last tick due. */
const DUE = [
  [0, 0, 1, 0],
  [0, 19.9, 1, 0],
  [0, 20, 1, 1],
  [1, 39.9, 2, 1],
  [1, 41.5, 2, 2],
  [2, 130, 3, 6],
  [2, 140, 3, 7],
  [2, 160, 4, 8],
  [2, 10_000, 496, 500],
] as const;

for (const [done, elapsed, first, last] of DUE) {
  ticker(
    `${elapsed} ms after the start, with ${done} done, ticks ${first} to ${last} are due`,
    () => {
      assert.equal(ticksDue(done, elapsed), { first, last });
    },
  );
}

ticker("one clock serves all, stops with the last, and begins anew with the next", async () => {
  const one: number[] = [];
  const other: number[] = [];
  const first = (tick: number): unknown => one.push(tick);
  const second = (tick: number): void => {
    other.push(tick);
    // Leaving while it ticks disturbs nobody.
    if (other.length === 2) removeTickListener(second);
  };
  addTickListener(first);
  await until("a tick", () => one.length > 0);
  addTickListener(second);
  await until("three more", () => one.length >= 4);
  assert.equal(other, one.slice(1, 3));
  removeTickListener(first);
  removeTickListener(first);
  addTickListener(first);
  const before = one.length;
  await until("a new first tick", () => one.length > before);
  assert.is(one[before], 1);
  removeTickListener(first);
});

ticker("who comes while the last one leaves has one clock, not two", async () => {
  const ticks: number[] = [];
  const next = (tick: number): unknown => ticks.push(tick);
  const leaving = (): void => {
    removeTickListener(leaving);
    addTickListener(next);
  };
  addTickListener(leaving);
  await until("three ticks", () => ticks.length >= 3);
  removeTickListener(next);
  assert.equal(new Set(ticks).size, ticks.length);
  assert.equal(
    ticks,
    [...ticks].sort((a, b) => a - b),
  );
});

ticker.run();
