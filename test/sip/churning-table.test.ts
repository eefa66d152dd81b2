import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { CallOwner } from "../../engine/sip/call-host.ts";
import { ChurningTable } from "../../engine/sip/churning-table.ts";
import { LateRepeats } from "../../engine/sip/late-repeats.ts";
import { OpenCalls } from "../../engine/sip/open-calls.ts";

const tables = suite("tables of calls and transactions");

tables("a churning table says what a Map says", () => {
  const table = new ChurningTable<number>();
  const map = new Map<string, number>();
  let state = 42;
  for (let i = 0; i < 60_000; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const key = `k${(state >>> 8) % 20_000}`;
    if (state % 3 === 0) {
      table.delete(key);
      map.delete(key);
    } else {
      table.set(key, i);
      map.set(key, i);
    }
    assert.is(table.get(key), map.get(key));
  }
  assert.is(table.size, map.size);
  assert.equal(table.values().sort(), [...map.values()].sort());
});

tables("open calls are removed in any order, and a call that is gone once only", () => {
  const open = new OpenCalls();
  const disposed: number[] = [];
  const calls: CallOwner[] = [0, 1, 2, 3, 4].map((name) => ({
    slot: -1,
    dispose: () => void disposed.push(name),
  }));
  for (const call of calls) open.add(call);
  for (const name of [1, 4, 0, 1]) open.remove(calls[name] as CallOwner);
  open.dispose();
  assert.equal(disposed.sort(), [2, 3]);
});

tables("late repeats are found until they are cleared", () => {
  const late = new LateRepeats<string>();
  assert.is(late.find("a"), undefined);
  late.remember("a", "answer");
  late.remember("a", "answer");
  late.remember("b", "");
  assert.equal([late.find("a"), late.find("b"), late.size], ["answer", "", 2]);
  late.clear();
  assert.equal([late.find("a"), late.size], [undefined, 0]);
});

tables.run();
