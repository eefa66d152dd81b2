import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ChurningTable } from "../../engine/sip/churning-table.ts";
import { LateRepeats } from "../../engine/sip/late-repeats.ts";
import { MAX_KEPT_CHARACTERS } from "../../engine/sip/sip-limits.ts";
import { SlotList } from "../../engine/sip/slot-list.ts";

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

tables("a slot list gives up its items in any order, and each once only", () => {
  const list = new SlotList<{ slot: number; readonly name: number }>();
  const items = [0, 1, 2, 3, 4].map((name) => ({ slot: -1, name }));
  for (const item of items) list.add(item);
  const removed = [1, 4, 0, 1].map((name) => list.remove(items[name] ?? { slot: -1, name }));
  assert.equal(removed, [true, true, true, false]);
  assert.is(list.remove({ slot: 0, name: 2 }), false);
  const left = list.items();
  for (const item of left) list.remove(item);
  assert.equal(left.map(({ name }) => name).sort(), [2, 3]);
  assert.is(list.size, 0);
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

tables("late repeats forget the oldest before they hold too many characters", () => {
  const late = new LateRepeats<string>();
  const each = MAX_KEPT_CHARACTERS / 10;
  for (let i = 0; i < 25; i++) {
    late.remember(`k${i}`, "answer", each);
    assert.ok(late.size <= 10, `${late.size} kept after ${i}`);
  }
  late.clear();
  late.remember("a", "answer", each);
  assert.is(late.find("a"), "answer");
  late.clear();
});

tables.run();
