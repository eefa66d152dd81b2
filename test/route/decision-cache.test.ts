import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { RouteDecision } from "../../engine/model/decision.ts";
import { blockedDecision } from "../../engine/route/conclude.ts";
import { DecisionCache, type Selection } from "../../engine/route/decision-cache.ts";

const cache = suite("decision cache");

function selection(decision: RouteDecision): Selection {
  return { weights: [], decide: () => decision };
}

function newDecision(): RouteDecision {
  return blockedDecision("NO_MATCH");
}

cache("finds what was added, by all three parts of the key, also after growing", () => {
  const kept = new DecisionCache();
  const added = Array.from({ length: 5000 }, (_, i) => ({ i, is: newDecision() }));
  for (const { i, is } of added) kept.add(i % 7, i - 1, (i % 3) - 1, selection(is));
  for (const { i, is } of added) {
    assert.is(kept.find(i % 7, i - 1, (i % 3) - 1, 0), is);
    assert.is(kept.find(i % 7, i - 1, (i % 3) - 1, 255), is);
    assert.is(kept.find(i % 7, i - 1, 5, 0), undefined);
    assert.is(kept.find((i % 7) + 1, i - 1, (i % 3) - 1, 0), undefined);
  }
});

cache("forgets everything when it is full, and goes on", () => {
  const kept = new DecisionCache();
  const first = newDecision();
  kept.add(0, 0, -1, selection(first));
  let i = 1;
  while (kept.find(0, 0, -1, 0) === first && i < 100_000) {
    kept.add(1, i++, -1, selection(newDecision()));
  }
  assert.ok(i > 10_000 && i < 100_000, `forgot after ${i}`);
  const last = newDecision();
  kept.add(0, 0, -1, selection(last));
  assert.is(kept.find(0, 0, -1, 0), last);
});

cache("decides once for an order, and gives it to every turn that leads to it", () => {
  const kept = new DecisionCache();
  const asked: number[] = [];
  const decide = (turn: number): RouteDecision => {
    asked.push(turn);
    return newDecision();
  };
  kept.add(0, 0, -1, { weights: [[3, 1], [5]], decide });
  assert.equal(asked, [0, 192]);
  const low = kept.find(0, 0, -1, 0);
  assert.is(kept.find(0, 0, -1, 191), low);
  assert.is.not(kept.find(0, 0, -1, 192), low);
  assert.is(kept.find(0, 0, -1, 255), kept.find(0, 0, -1, 192));
});

cache("finds room for ever new weights", () => {
  const kept = new DecisionCache();
  for (let weight = 1; weight < 1000; weight++) {
    const decisions: RouteDecision[] = [];
    const decide = (): RouteDecision => {
      const decision = newDecision();
      decisions.push(decision);
      return decision;
    };
    kept.add(0, weight, -1, { weights: [[1000, weight]], decide });
    assert.is(kept.find(0, weight, -1, 0), decisions[0]);
    assert.is(kept.find(0, weight, -1, 255), decisions.at(-1));
  }
});

cache.run();
