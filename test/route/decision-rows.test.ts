import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import type { RouteDecision } from "../../engine/model/decision.ts";
import { recordingTracer, type TraceStep } from "../../engine/model/trace.ts";
import { createRouter } from "../../engine/route/create-router.ts";
import {
  type DecisionCase,
  type DecisionRow,
  decisionCases,
  holds,
  type PartialStep,
  routerOf,
} from "./decision-rows.ts";

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

/** The first of the expected steps that the trace does not have behind the ones before it. */
function missingStep(steps: readonly TraceStep[], expected: readonly PartialStep[]): unknown {
  let from = 0;
  for (const part of expected) {
    const at = steps.findIndex((step, index) => index >= from && holds(step, part));
    if (at < 0) return part;
    from = at + 1;
  }
  return null;
}

function checkTrace({ row, tenant, call, context }: DecisionCase): void {
  const tracer = recordingTracer();
  const { compiled, problems } = compileTenant(tenant);
  createRouter(compiled, context).decide(call, tracer);
  const missing = missingStep(tracer.steps, row.trace ?? []);
  assert.is(
    missing,
    null,
    `no such step: ${JSON.stringify(missing)}\nin ${JSON.stringify(tracer.steps, null, 1)}`,
  );
  for (const part of row.notInTrace ?? []) {
    const found = tracer.steps.find((step) => holds(step, part));
    assert.is(found, undefined, `a step is there: ${JSON.stringify(found)}`);
  }
  if (row.problems === undefined) return;
  assert.equal(problems.map((one) => one.code).sort(), [...row.problems].sort());
}

for (const one of cases) {
  const { file, row, tenant, call, context } = one;
  rows(`${file}: ${row.name}`, () => {
    const decision = routerOf(tenant, context).decide(call);
    const expect =
      row.expect.trunkSets === undefined
        ? row.expect
        : { ...row.expect, trunkSets: row.expect.trunkSets.map((set) => [...set].sort()) };
    assert.equal(asExpected(decision, row.expect), expect);
    checkTrace(one);
  });
}

rows("a part of a step is found in it, and nothing that is not there", () => {
  const value = { step: "usage", routes: [{ route: "A", matched: true }], usage: null };
  assert.ok(holds(value, { step: "usage", routes: [{ matched: true }], usage: null }));
  assert.not.ok(holds(value, { routes: [] }));
  assert.not.ok(holds(value, { routes: [{ matched: false }] }));
  assert.not.ok(holds(value, { usage: "A" }));
  assert.not.ok(holds(value, { other: null }));
  const steps: TraceStep[] = [
    { step: "on-net", lookedUp: true, onNet: false },
    { step: "caller-id", callerId: null, source: "line-uri" },
  ];
  assert.is(missingStep(steps, [{ step: "on-net" }, { step: "caller-id" }]), null);
  assert.equal(missingStep(steps, [{ step: "caller-id" }, { step: "on-net" }]), { step: "on-net" });
});

rows("the files were read, and no two rows of a file have one name", () => {
  assert.ok(cases.length >= 40, `saw only ${cases.length} rows`);
  const names = cases.map(({ file, row }) => `${file} ${row.name}`);
  assert.is(new Set(names).size, names.length);
});

rows.run();
