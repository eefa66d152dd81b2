import { suite } from "uvu";
import * as assert from "uvu/assert";
import { blockedDecision } from "../../engine/route/conclude.ts";
import { FIXED_OUTLINES, type Outline } from "../../engine/route/outline.ts";
import { OutlineCache, type Selection, UNKNOWN_OUTLINE } from "../../engine/route/outline-cache.ts";

const cache = suite("outline cache");

function selection(outline: Outline): Selection {
  return { weights: [], outline: () => outline };
}

function newOutline(): Outline {
  return { decision: blockedDecision("NO_MATCH"), showsOwnNumber: false };
}

/** What the cache has for a key and a turn. */
function found(
  kept: OutlineCache,
  ...key: readonly [lane: number, matchSet: number, ingress: number, turn: number]
): Outline | null {
  const index = kept.find(...key);
  return index === UNKNOWN_OUTLINE ? null : kept.at(index);
}

cache("finds what was added, by all three parts of the key, also after growing", () => {
  const kept = new OutlineCache(FIXED_OUTLINES);
  const added = Array.from({ length: 5000 }, (_, i) => ({ i, is: newOutline() }));
  for (const { i, is } of added) kept.add(i % 7, i - 1, (i % 3) - 1, selection(is));
  for (const { i, is } of added) {
    assert.is(found(kept, i % 7, i - 1, (i % 3) - 1, 0), is);
    assert.is(found(kept, i % 7, i - 1, (i % 3) - 1, 255), is);
    assert.is(found(kept, i % 7, i - 1, 5, 0), null);
    assert.is(found(kept, (i % 7) + 1, i - 1, (i % 3) - 1, 0), null);
  }
});

cache("forgets everything but what is fixed when it is full, and goes on", () => {
  const kept = new OutlineCache(FIXED_OUTLINES);
  const first = newOutline();
  kept.add(0, 0, -1, selection(first));
  let i = 1;
  while (found(kept, 0, 0, -1, 0) === first && i < 100_000) {
    kept.add(1, i++, -1, selection(newOutline()));
  }
  assert.ok(i > 10_000 && i < 100_000, `forgot after ${i}`);
  assert.is(kept.generation, 1);
  for (const [index, outline] of FIXED_OUTLINES.entries()) assert.is(kept.at(index), outline);
  const last = newOutline();
  kept.add(0, 0, -1, selection(last));
  assert.is(found(kept, 0, 0, -1, 0), last);
});

cache("makes one outline for an order, and gives it to every turn that leads to it", () => {
  const kept = new OutlineCache(FIXED_OUTLINES);
  const asked: number[] = [];
  const outline = (turn: number): Outline => {
    asked.push(turn);
    return newOutline();
  };
  kept.add(0, 0, -1, { weights: [[3, 1], [5]], outline });
  assert.equal(asked, [0, 192]);
  const low = found(kept, 0, 0, -1, 0);
  assert.is(found(kept, 0, 0, -1, 191), low);
  assert.is.not(found(kept, 0, 0, -1, 192), low);
  assert.is(found(kept, 0, 0, -1, 255), found(kept, 0, 0, -1, 192));
});

cache("finds room for ever new weights", () => {
  const kept = new OutlineCache(FIXED_OUTLINES);
  for (let weight = 1; weight < 1000; weight++) {
    const made: Outline[] = [];
    const outline = (): Outline => {
      const next = newOutline();
      made.push(next);
      return next;
    };
    kept.add(0, weight, -1, { weights: [[1000, weight]], outline });
    assert.is(found(kept, 0, weight, -1, 0), made[0]);
    assert.is(found(kept, 0, weight, -1, 255), made.at(-1));
  }
});

cache.run();
