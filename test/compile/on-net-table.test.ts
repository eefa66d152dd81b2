import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileOnNetTable, findOnNet } from "../../engine/compile/on-net-table.ts";
import { PROPERTY_RUNS } from "../pattern/random-dfa.ts";

const onNet = suite("on-net-table");

function find(numbers: readonly string[], number: string): number {
  const bytes = Buffer.from(`${number};`);
  return findOnNet(compileOnNetTable(numbers), Buffer.from(`<${bytes}`), 1, bytes.length);
}

onNet("every number is found at its index, every other one is not", () => {
  const number = fc
    .array(fc.constantFrom(..."+0155*#"), { maxLength: 6 })
    .map((symbols) => symbols.join(""));
  fc.assert(
    fc.property(fc.array(number, { maxLength: 40 }), fc.array(number), (numbers, others) => {
      for (const probe of [...numbers, ...others]) {
        assert.is(find(numbers, probe), numbers.indexOf(probe), probe);
      }
    }),
    PROPERTY_RUNS,
  );
});

onNet("a number's beginning, and one that goes on, are not the number", () => {
  const numbers = ["+14255550100", "+442079460123"];
  assert.is(find(numbers, "+14255550100"), 0);
  assert.is(find(numbers, "+442079460123"), 1);
  assert.is(find(numbers, "+1425555010"), -1);
  assert.is(find(numbers, "+142555501000"), -1);
});

onNet("bytes that share their low four bits are told apart", () => {
  assert.is(find(["+1425555#100"], "+14255553100"), -1);
});

onNet("ten thousand numbers of a block stand near their slots", () => {
  const numbers = Array.from({ length: 10_000 }, (_, i) => `+1425555${String(i).padStart(4, "0")}`);
  const { slots } = compileOnNetTable(numbers);
  let longestRun = 0;
  let run = 0;
  for (let slot = 2; slot < slots.length; slot += 3) {
    run = slots[slot] === 0 ? 0 : run + 1;
    longestRun = Math.max(longestRun, run);
  }
  assert.ok(longestRun < 64, `longest run of full slots: ${longestRun}`);
});

onNet("an empty table finds nothing, and what is too long for a number is nobody's", () => {
  assert.is(find([], "+14255550100"), -1);
  const long = "5".repeat(200);
  assert.is(find([long], long), -1);
});

onNet.run();
