import { suite } from "uvu";
import * as assert from "uvu/assert";
import { explainCall } from "../../engine/what-if/explain-call.ts";
import { explainLines } from "../../engine/what-if/explain-lines.ts";
import { decisionCases, holds } from "../route/decision-rows.ts";

const wire = suite("numbers on the wire");

const cases = decisionCases().filter(({ row }) => row.wire !== undefined);

for (const { file, row, tenant, call, context } of cases) {
  wire(`${file}: ${row.name}`, () => {
    const explanation = explainCall(tenant, call, context);
    assert.ok(holds(explanation.wire, row.wire), JSON.stringify(explanation.wire, null, 1));
    const lines = explainLines(explanation).join("\n");
    for (const { gateway } of explanation.wire) assert.ok(lines.includes(`${gateway}: called `));
  });
}

wire("there are rows of everything that can become of a number", () => {
  assert.ok(cases.length >= 12, `only ${cases.length} rows`);
});

wire("a number that a rule spoils goes out unchanged, and is told in Teams' words", () => {
  const spoilt = cases.find(({ row }) => JSON.stringify(row.wire).includes('"invalid":"tel'));
  assert.ok(spoilt !== undefined);
  const lines = explainLines(explainCall(spoilt.tenant, spoilt.call, spoilt.context)).join("\n");
  const told =
    "Number translation rule Spoil applied to phone number produced invalid phone number: tel:+442079460123";
  assert.ok(lines.includes(told), lines);
});

wire.run();
