import { suite } from "uvu";
import * as assert from "uvu/assert";
import { linearAxis, logAxis } from "../../bench/axis.ts";

const axes = suite("axis");

axes("a logarithmic axis goes from power to power of ten", () => {
  const axis = logAxis({ from: 10, to: 10_000, fromPixel: 0, toPixel: 300 });
  assert.equal(axis.ticks, [10, 100, 1000, 10_000]);
  assert.equal(
    axis.ticks.map((tick) => Math.round(axis.at(tick))),
    [0, 100, 200, 300],
  );
});

axes("values between powers of ten widen a logarithmic axis to the next ones", () => {
  const axis = logAxis({ from: 31_228, to: 9_787_006, fromPixel: 360, toPixel: 60 });
  assert.equal(axis.ticks, [10_000, 100_000, 1_000_000, 10_000_000]);
  assert.ok(axis.at(31_228) < 360 && axis.at(9_787_006) > 60);
});

axes("a logarithmic axis of one value still has a length", () => {
  const axis = logAxis({ from: 100, to: 100, fromPixel: 0, toPixel: 50 });
  assert.equal(axis.ticks, [100, 1000]);
});

axes("a linear axis counts in steps of 1, 2 or 5 from 0", () => {
  const ticksTo = (to: number): readonly number[] =>
    linearAxis({ to, fromPixel: 0, toPixel: 1 }).ticks;
  assert.equal(ticksTo(2), [0, 0.5, 1, 1.5, 2]);
  assert.equal(ticksTo(8), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  assert.equal(ticksTo(129.4), [0, 20, 40, 60, 80, 100, 120, 140]);
  assert.equal(ticksTo(989_770), [0, 200_000, 400_000, 600_000, 800_000, 1_000_000]);
});

axes("what is counted is marked at whole numbers only", () => {
  assert.equal(linearAxis({ to: 2, fromPixel: 0, toPixel: 1 }, 1).ticks, [0, 1, 2]);
  assert.equal(linearAxis({ to: 64, fromPixel: 0, toPixel: 1 }, 1).ticks.length, 8);
});

axes("the last mark of a linear axis stands at its end", () => {
  const axis = linearAxis({ to: 129.4, fromPixel: 360, toPixel: 64 });
  assert.equal([axis.at(0), axis.at(140)], [360, 64]);
});

axes.run();
