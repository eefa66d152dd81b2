import { suite } from "uvu";
import * as assert from "uvu/assert";
import { FloodLimit } from "../../engine/sip/flood-limit.ts";

const flood = suite("flood-limit");

function fineOf(limit: FloodLimit, source: string, messages: number, at: number): number {
  let fine = 0;
  for (let i = 0; i < messages; i++) if (limit.judge(source, at) === "fine") fine++;
  return fine;
}

flood("a second's worth may come at once, then so many a second", () => {
  const limit = new FloodLimit(100);
  assert.is(fineOf(limit, "192.0.2.1", 1_000, 0), 100);
  assert.is(fineOf(limit, "192.0.2.1", 1_000, 500), 50);
  assert.is(fineOf(limit, "192.0.2.1", 1_000, 60_000), 100);
});

flood("a steady rate at the limit is never refused", () => {
  const limit = new FloodLimit(100);
  for (let i = 0; i < 1_000; i++) assert.is(limit.judge("192.0.2.1", i * 10), "fine");
});

flood("one source takes nothing from another", () => {
  const limit = new FloodLimit(10);
  assert.is(fineOf(limit, "192.0.2.1", 1_000, 0), 10);
  assert.is(fineOf(limit, "192.0.2.2", 1_000, 0), 10);
});

flood("less than one a second still lets the first in", () => {
  const limit = new FloodLimit(0.5);
  assert.is(fineOf(limit, "192.0.2.1", 10, 0), 1);
  assert.is(fineOf(limit, "192.0.2.1", 10, 1_000), 0);
  assert.is(fineOf(limit, "192.0.2.1", 10, 2_000), 1);
});

flood("a flooding source is noticed once in ten seconds", () => {
  const limit = new FloodLimit(1);
  const verdicts = [0, 1, 2, 9_000, 9_000, 10_001, 10_002].map((at) =>
    limit.judge("192.0.2.1", at),
  );
  assert.equal(verdicts, ["fine", "notice", "refused", "fine", "refused", "fine", "notice"]);
});

flood(
  "the table stays bounded under any number of sources, and a steady flooder stays in it",
  () => {
    const limit = new FloodLimit(10, 100);
    let fine = 0;
    for (let i = 0; i < 10_000; i++) {
      limit.judge(`source ${i}`, 0);
      if (limit.judge("192.0.2.1", 0) === "fine") fine++;
      assert.ok(limit.sources <= 100);
    }
    assert.is(fine, 10);
  },
);

flood.run();
