import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { RouteDecision } from "../../engine/model/decision.ts";
import { blockedDecision } from "../../engine/route/conclude.ts";
import {
  type CachedSelection,
  DecisionCache,
  decisionInTurn,
  newSelection,
} from "../../engine/route/decision-cache.ts";

const cache = suite("decision cache");

const decision = blockedDecision("NO_MATCH");

function selection(): CachedSelection {
  return newSelection(() => decision, false, null);
}

cache("finds what was added, by all four parts of the key, also after growing", () => {
  const kept = new DecisionCache();
  const added = Array.from({ length: 5000 }, (_, i) => ({ i, is: selection() }));
  for (const { i, is } of added) kept.add(i % 7, i % 11, i, (i % 3) - 1, is);
  for (const { i, is } of added) {
    assert.is(kept.find(i % 7, i % 11, i, (i % 3) - 1), is);
    assert.is(kept.find(i % 7, i % 11, i, 5), undefined);
  }
});

cache("forgets everything when it is full, and goes on", () => {
  const kept = new DecisionCache();
  const first = selection();
  kept.add(0, 0, 0, -1, first);
  let i = 1;
  while (kept.find(0, 0, 0, -1) === first && i < 100_000) kept.add(1, 1, i++, -1, selection());
  assert.ok(i > 10_000 && i < 100_000, `forgot after ${i}`);
  const last = selection();
  kept.add(0, 0, 0, -1, last);
  assert.is(kept.find(0, 0, 0, -1), last);
});

cache("decides once for a turn, and shares equal orders between turns", () => {
  const asked: number[] = [];
  const decide = (turn: number): RouteDecision => {
    asked.push(turn);
    return { ...decision, trunks: [turn < 128 ? "a" : "b"] } as unknown as RouteDecision;
  };
  const selected = newSelection(decide, true, null);
  const low = decisionInTurn(selected, 3);
  assert.is(decisionInTurn(selected, 3), low);
  assert.is(decisionInTurn(selected, 100), low);
  assert.is.not(decisionInTurn(selected, 200), low);
  assert.equal(asked, [3, 100, 200]);
});

cache.run();
