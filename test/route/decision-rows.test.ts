import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { RouteDecision } from "../../engine/model/decision.ts";
import { type DecisionRow, decisionCases, routerOf } from "./decision-rows.ts";

const rows = suite("decision rows");

const cases = decisionCases();

/** The keys that the row names, of what was decided; trunk sets are cut as the row cuts them. */
function asExpected(decision: RouteDecision, expect: DecisionRow["expect"]): unknown {
  const named: Record<string, unknown> = {};
  for (const key of Object.keys(expect)) {
    if (key !== "trunkSets") named[key] = decision[key as keyof RouteDecision];
  }
  if (expect.trunkSets === undefined) return named;
  let from = 0;
  const cut = expect.trunkSets.map((set, index, all) => {
    const to = index === all.length - 1 ? decision.trunks.length : from + set.length;
    const trunks = [...decision.trunks.slice(from, to)].sort();
    from = to;
    return trunks;
  });
  return { ...named, trunkSets: cut };
}

for (const { file, row, tenant, call, context } of cases) {
  rows(`${file}: ${row.name}`, () => {
    const decision = routerOf(tenant, context).decide(call);
    const expect =
      row.expect.trunkSets === undefined
        ? row.expect
        : { ...row.expect, trunkSets: row.expect.trunkSets.map((set) => [...set].sort()) };
    assert.equal(asExpected(decision, row.expect), expect);
  });
}

rows("the files were read, and no two rows of a file have one name", () => {
  assert.ok(cases.length >= 40, `saw only ${cases.length} rows`);
  const names = cases.map(({ file, row }) => `${file} ${row.name}`);
  assert.is(new Set(names).size, names.length);
});

rows.run();
