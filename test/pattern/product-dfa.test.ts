import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { SYMBOL_COUNT } from "../../engine/pattern/alphabet.ts";
import { type Dfa, runDfa } from "../../engine/pattern/dfa.ts";
import { minimiseDfa } from "../../engine/pattern/minimise-dfa.ts";
import { type CombineLabels, firstLabel, productOfDfas } from "../../engine/pattern/product-dfa.ts";
import { PROPERTY_RUNS, randomDfa, randomNumber } from "./random-dfa.ts";

const product = suite("product-dfa");

const NO_CAP = 1_000_000;

const COMBINATIONS: Readonly<Record<string, CombineLabels>> = {
  "the first label": firstLabel,
  "both labels": (a, b) => a * 10 + b,
  "the later label": (a, b) => (b === 0 ? a : b),
  "the difference": (a, b) => (a !== 0 && b === 0 ? 1 : 0),
};

for (const [name, combine] of Object.entries(COMBINATIONS)) {
  for (const onlySelfLoops of [true, false]) {
    product(`combining ${name} (self-loops only: ${onlySelfLoops}) is as running both`, () => {
      const dfa = randomDfa({ onlySelfLoops, maxLabel: 3 });
      fc.assert(
        fc.property(dfa, dfa, fc.array(randomNumber()), (a, b, numbers) => {
          const both = productOfDfas(a, b, combine, NO_CAP);
          if (both === null) return assert.unreachable("the cap was passed");
          for (const number of numbers) {
            assert.is(runDfa(both, number), combine(runDfa(a, number), runDfa(b, number)));
          }
          assert.equal(both, minimiseDfa(both));
        }),
        PROPERTY_RUNS,
      );
    });
  }
}

/** Accepts, with `label`, what ends in `digit` followed by `more` arbitrary symbols. */
function suffixDfa(digit: number, more: number, label: number): Dfa {
  const window = 2 ** (more + 1);
  const transitions = new Int32Array(window * SYMBOL_COUNT);
  for (let state = 0; state < window; state++) {
    for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
      const shifted = (state * 2) % window;
      transitions[state * SYMBOL_COUNT + symbol] = shifted + (symbol === digit ? 1 : 0);
    }
  }
  const labels = Int32Array.from({ length: window }, (_, state) =>
    state >= window / 2 ? label : 0,
  );
  return { stateCount: window, transitions, labels };
}

product("the cap stops an explosion and returns null", () => {
  const a = suffixDfa(1, 7, 1);
  const b = suffixDfa(2, 7, 1);
  assert.is(productOfDfas(a, b, firstLabel, 1000), null);
  const whole = productOfDfas(a, b, (x, y) => x + 2 * y, NO_CAP);
  assert.is(whole?.stateCount, 3 ** 8);
});

product("a product of exactly the cap is given", () => {
  const a = suffixDfa(1, 2, 1);
  const b = suffixDfa(2, 2, 1);
  assert.is(productOfDfas(a, b, (x, y) => x + 2 * y, 3 ** 3)?.stateCount, 3 ** 3);
  assert.is(
    productOfDfas(a, b, (x, y) => x + 2 * y, 3 ** 3 - 1),
    null,
  );
});

product("a negative combined label gives up", () => {
  const a = suffixDfa(1, 2, 1);
  const giveUp: CombineLabels = (x, y) => (x === 1 && y === 1 ? -1 : x);
  assert.is(productOfDfas(a, suffixDfa(1, 3, 1), giveUp, NO_CAP)?.stateCount, undefined);
  assert.is(productOfDfas(a, suffixDfa(2, 2, 1), giveUp, NO_CAP)?.stateCount, 8);
});

product("behind a decided prefix the other automaton is no longer followed", () => {
  const everything: Dfa = {
    stateCount: 1,
    transitions: new Int32Array(SYMBOL_COUNT),
    labels: Int32Array.of(1),
  };
  const explosive = suffixDfa(1, 10, 2);
  assert.is(productOfDfas(everything, explosive, firstLabel, 1)?.stateCount, 1);
  assert.is(productOfDfas(explosive, everything, (x, y) => firstLabel(y, x), 1)?.stateCount, 1);
});

product.run();
