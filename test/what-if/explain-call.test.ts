import { suite } from "uvu";
import * as assert from "uvu/assert";
import { explainCall } from "../../engine/what-if/explain-call.ts";
import { explainLines } from "../../engine/what-if/explain-lines.ts";
import { decisionCases } from "../route/decision-rows.ts";

const explaining = suite("explain call");

const cases = decisionCases();

function linesOf(name: string): string[] {
  const found = cases.find(({ row }) => row.name === name);
  if (found === undefined) throw new Error(`no row "${name}"`);
  return explainLines(explainCall(found.tenant, found.call, found.context));
}

explaining("every decision row is explained, ending in one plain sentence", () => {
  for (const { row, tenant, call, context } of cases) {
    const explanation = explainCall(tenant, call, context);
    const lines = explainLines(explanation);
    const { outcome, reason } = explanation.decision;
    assert.match(lines.at(-2) ?? "", new RegExp(`^└─ decision: ${outcome}.*${reason ?? ""}$`));
    assert.match(lines.at(-1) ?? "", /^(Goes to|Blocked:|Stays inside:) .+\.$/, row.name);
    assert.not.match(lines.join("\n"), /undefined|null/, row.name);
  }
});

explaining("what a later usage would have matched is shown", () => {
  const lines = linesOf("a catch-all usage in front captures everything");
  const later = lines.find((line) => line.includes('usage "US and Canada"'));
  assert.is(
    later,
    '├─ usage "US and Canada": would match too, but Teams does not look behind the first usage that matches',
  );
});

explaining("equal-rank trunks are shown as a set", () => {
  const lines = linesOf("a Redmond number takes Redmond 1, then its backups in order of priority");
  assert.ok(
    lines.some((line) => /try any of \{sbc[12]\.contoso\.com, sbc[12]\.contoso\.com\}/.test(line)),
  );
  assert.ok(lines.some((line) => line.includes('✓ route "Redmond 2" priority 2')));
});

explaining("a trunk that is passed over is named with the reason", () => {
  const lines = linesOf("a trunk that is down is passed over");
  assert.ok(lines.some((line) => line.endsWith("not pure-ip-1: it is down")));
});

explaining.run();
