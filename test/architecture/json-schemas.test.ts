import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { z } from "zod";
import { loadTenant } from "../../engine/import/load-tenant.ts";
import type { ServerCall } from "../../engine/sip/sip-calls.ts";
import { explainCall } from "../../engine/what-if/explain-call.ts";
import { explanationRecord } from "../../engine/what-if/explanation-record.ts";
import { jsonSchemas } from "../../scripts/json-schemas.ts";
import { DIEGO_CALLS, MEGAN_CALLS, withCallLab } from "../call/call-lab.ts";
import { sampleRecord } from "../call/sample-record.ts";
import { decisionCases } from "../route/decision-rows.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const main = join(root, "dist", "engine", "cli", "main.js");

const schemas = suite("JSON Schemas");

function committed(file: string): string {
  return readFileSync(join(root, "docs", "schema", file), "utf8");
}

/** A validator of the committed file, not of the code it came from. */
function validator(file: string): z.ZodType {
  return z.fromJSONSchema(JSON.parse(committed(file)));
}

schemas("the committed files are those the code generates, and no others", () => {
  const generated = jsonSchemas();
  for (const [file, text] of generated) {
    assert.ok(committed(file) === text, `${file}: run npm run fixtures:update`);
  }
  const present = readdirSync(join(root, "docs", "schema")).filter((f) => f.endsWith(".json"));
  for (const file of generated.keys()) assert.ok(present.includes(file));
});

schemas("the sample tenant and what export prints fit the tenant's schema", () => {
  const tenant = validator("tenant.schema.json");
  const text = readFileSync(join(root, "fixtures", "tenants", "contoso", "tenant.yaml"), "utf8");
  for (const value of [
    parse(text),
    JSON.parse(
      spawnSync(process.execPath, [main, "export", "--json"], { encoding: "utf8" }).stdout,
    ),
  ]) {
    const checked = tenant.safeParse(value);
    assert.ok(checked.success, checked.success ? "" : z.prettifyError(checked.error).slice(0, 500));
  }
});

schemas("a misspelt key and a wrong value do not fit the tenant's schema", () => {
  const tenant = validator("tenant.schema.json");
  assert.ok(tenant.safeParse({ outdial: 1 }).success);
  assert.not(tenant.safeParse({ outdial: 1, user: [] }).success);
  assert.not(tenant.safeParse({ outdial: 1, users: [{ userPrincipalName: 5 }] }).success);
});

schemas("the sample scenario fits the trunk simulator's schema, a misspelt key does not", () => {
  const scenario = validator("trunk-sim-scenario.schema.json");
  const text = readFileSync(join(root, "fixtures", "trunk-sim", "busy-evening.yaml"), "utf8");
  const checked = scenario.safeParse(parse(text));
  assert.ok(checked.success, checked.success ? "" : z.prettifyError(checked.error).slice(0, 500));
  assert.not(scenario.safeParse({ trunkSim: 1, trunk: [] }).success);
  assert.not(scenario.safeParse({ trunkSim: 1, trunks: [{ name: "a", port: -1 }] }).success);
});

schemas("problems of a broken tenant fit the diagnostics' schema", async () => {
  const folder = join(root, "fixtures", "tenant-files", "invalid");
  const diagnostics = validator("diagnostics.schema.json");
  const loaded = await loadTenant(join(folder, "dangling.yaml"));
  assert.ok(loaded.problems.length > 10);
  assert.ok(diagnostics.safeParse(loaded.problems).success);
  assert.not(diagnostics.safeParse([{ ...loaded.problems[0], code: "NO_SUCH_CODE" }]).success);
});

schemas("what route prints as NDJSON fits the decision's schema, bad lines too", () => {
  const decision = validator("decision.schema.json");
  const calls = [
    '{"dialed":"+14255550190","user":"megan@contoso.com"}',
    '{"dialed":"+442079460123","user":"megan@contoso.com","kind":"dial-out"}',
    '{"dialed":"+12065550123","user":"diegos@contoso.com"}',
    '{"dialed":"+14255550101","user":"diegos@contoso.com"}',
    '{"dialed":"+442079460123","user":"diegos@contoso.com"}',
    '{"dialed":"+442079460123","user":"nobody@contoso.com"}',
    '{"dialed":"letters","user":"megan@contoso.com"}',
    '{"dialed":',
    '{"dialed":"112","kind":"shout"}',
  ];
  const args = [main, "route", "--in", "ndjson", "--out", "ndjson"];
  const ran = spawnSync(process.execPath, args, { encoding: "utf8", input: calls.join("\n") });
  const rows = ran.stdout.trimEnd().split("\n");
  assert.is(rows.length, calls.length);
  const outcomes = new Set<unknown>();
  for (const row of rows) {
    const printed = JSON.parse(row) as Record<string, unknown>;
    const checked = decision.safeParse(printed);
    assert.ok(checked.success, checked.success ? "" : `${row} ${z.prettifyError(checked.error)}`);
    outcomes.add(printed["outcome"]);
  }
  assert.is(outcomes.size, 5);
});

schemas("what explain prints as JSON fits the explanation's schema", () => {
  const explanation = validator("explanation.schema.json");
  const args = [main, "explain", "112", "--user", "megan@contoso.com", "--json"];
  const ran = spawnSync(process.execPath, args, { encoding: "utf8" });
  const printed = JSON.parse(ran.stdout) as Record<string, unknown>;
  assert.ok(explanation.safeParse(printed).success);
  assert.not(explanation.safeParse({ ...printed, trace: [{ step: "leap" }] }).success);
  const steps = new Set<string>();
  for (const { row, tenant, call, context } of decisionCases()) {
    const told = explainCall(tenant, call, context);
    const checked = explanation.safeParse(explanationRecord(told));
    assert.ok(checked.success, checked.success ? "" : `${row.name} ${checked.error.message}`);
    for (const { step } of told.steps) steps.add(step);
  }
  assert.is(steps.size, 13, "every kind of step was seen");
});

schemas("records of calls of every result fit the CDR's schema", async () => {
  const cdr = validator("call-detail-record.schema.json");
  const results = new Set<string>();
  await withCallLab(
    [
      { name: "trunk-1", onInvite: takeByNumber, target: { failoverTimeSeconds: 0.5 } },
      { name: "sbc1.contoso.com", target: { peer: NOBODY } },
    ],
    async ({ caller }) => {
      const calls = [
        ...["+14255550190", "+14255550191", "+14255550192"].map((dialed) => ({
          ...MEGAN_CALLS,
          dialed,
        })),
        { ...DIEGO_CALLS, dialed: "+442079460123" },
        { ...DIEGO_CALLS, dialed: "+33140000000" },
      ];
      for (const call of calls) {
        const record = await caller.place(call, { holdSeconds: 0.01 });
        const checked = cdr.safeParse(JSON.parse(JSON.stringify(record)));
        assert.ok(checked.success, checked.success ? "" : z.prettifyError(checked.error));
        results.add(record.result);
      }
      await caller.drain(0);
    },
  );
  assert.equal([...results].sort(), ["answered", "failed", "not-placed", "timed-out"]);
  assert.not(cdr.safeParse({ ...sampleRecord(), result: "busy" }).success);
});

/** Answers, refuses, or stays silent, by the last digit of the number. */
function takeByNumber(call: ServerCall): void {
  if (call.request.calledUser.endsWith("0")) call.answer();
  else if (call.request.calledUser.endsWith("1")) call.reject(486);
  else call.trying();
}

const NOBODY = { transport: "tcp", host: "127.0.0.1", port: 1 } as const;

schemas.run();
