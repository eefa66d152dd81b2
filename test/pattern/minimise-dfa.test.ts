import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { SYMBOL_COUNT } from "../../engine/pattern/alphabet.ts";
import { type Dfa, runDfa } from "../../engine/pattern/dfa.ts";
import { minimiseDfa } from "../../engine/pattern/minimise-dfa.ts";
import { refineDfa } from "../../engine/pattern/refine-dfa.ts";
import { PROPERTY_RUNS, randomDfa, randomNumber } from "./random-dfa.ts";

const minimise = suite("minimise-dfa");

/** How many states can be told apart, by trying every pair until nothing changes (Moore, 1956). */
function distinguishableStates(dfa: Dfa): number {
  const to = (state: number, symbol: number): number =>
    dfa.transitions[state * SYMBOL_COUNT + symbol] ?? 0;
  const symbols = Array.from({ length: SYMBOL_COUNT }, (_, symbol) => symbol);
  const reached = new Set([0]);
  for (const state of reached) for (const symbol of symbols) reached.add(to(state, symbol));
  const states = [...reached];
  const apart = new Set<string>();
  const differ = (p: number, q: number): boolean =>
    dfa.labels[p] !== dfa.labels[q] || symbols.some((s) => apart.has(`${to(p, s)},${to(q, s)}`));
  for (let before = -1; before < apart.size; ) {
    before = apart.size;
    for (const p of states) for (const q of states) if (differ(p, q)) apart.add(`${p},${q}`);
  }
  return states.filter((p, i) => states.slice(0, i).every((q) => apart.has(`${p},${q}`))).length;
}

const row = (rest: number, exceptions: Readonly<Record<number, number>>): number[] =>
  Array.from({ length: SYMBOL_COUNT }, (_, symbol) => exceptions[symbol] ?? rest);

for (const onlySelfLoops of [true, false]) {
  const kind = onlySelfLoops ? "with self-loops only" : "with cycles of all kinds";
  minimise(`an automaton ${kind} keeps its labels and loses every duplicate state`, () => {
    fc.assert(
      fc.property(
        randomDfa({ onlySelfLoops, maxLabel: 2 }),
        fc.array(randomNumber()),
        (dfa, numbers) => {
          const minimal = minimiseDfa(dfa);
          assert.is(minimal.stateCount, distinguishableStates(dfa));
          for (const number of numbers) assert.is(runDfa(minimal, number), runDfa(dfa, number));
        },
      ),
      PROPERTY_RUNS,
    );
  });
}

minimise("one pass and refinement give the same automaton, array for array", () => {
  fc.assert(
    fc.property(randomDfa({ onlySelfLoops: true, maxLabel: 1 }), (dfa) => {
      assert.equal(minimiseDfa(dfa), refineDfa(dfa));
    }),
    PROPERTY_RUNS,
  );
});

minimise("a state that leads to its own twin merges with it", () => {
  // 0 -0→ 1 -any→ 2, 2 loops: 1 and 2 accept everything behind them.
  const dfa: Dfa = {
    stateCount: 4,
    transitions: Int32Array.from([row(3, { 0: 1 }), row(2, {}), row(2, {}), row(3, {})].flat()),
    labels: Int32Array.from([0, 1, 1, 0]),
  };
  assert.is(minimiseDfa(dfa).stateCount, 3);
});

minimise("states are numbered breadth-first and unreachable ones are gone", () => {
  const dfa: Dfa = {
    stateCount: 4,
    transitions: Int32Array.from([row(2, { 5: 3 }), row(0, {}), row(2, {}), row(2, {})].flat()),
    labels: Int32Array.from([0, 9, 0, 7]),
  };
  const minimal = minimiseDfa(dfa);
  assert.equal([...minimal.labels], [0, 0, 7]);
  assert.equal([...minimal.transitions.subarray(0, SYMBOL_COUNT)], row(1, { 5: 2 }));
});

minimise("a cycle through 20,000 states is refined without quadratic work", () => {
  const stateCount = 20_000;
  const dfa: Dfa = {
    stateCount,
    transitions: Int32Array.from({ length: stateCount * SYMBOL_COUNT }, (_, i) => {
      return (Math.floor(i / SYMBOL_COUNT) + 1) % stateCount;
    }),
    labels: Int32Array.from({ length: stateCount }, (_, state) => (state === 0 ? 1 : 0)),
  };
  const started = process.cpuUsage();
  assert.is(minimiseDfa(dfa).stateCount, stateCount);
  assert.ok(process.cpuUsage(started).user < 5_000_000);
});

minimise.run();
