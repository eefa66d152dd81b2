/** What docs/ says of keys and scenarios is what the schemas say. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { z } from "zod";
import { callDetailRecordSchema } from "../../scripts/call-schemas.ts";
import { scenarioSchema } from "../../trunk-sim/scenario/scenario-schema.ts";
import { FAULT_KINDS } from "../../trunk-sim/scenario/trunk-profile.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const page = (name: string): string => readFileSync(join(root, "docs", name), "utf8");

const docs = suite("docs");

docs("the scenarios of trunk-sim.md are read as they stand", () => {
  const scenarios = [...page("trunk-sim.md").matchAll(/^```yaml\n([\s\S]*?)^```$/gm)];
  assert.ok(scenarios.length >= 2);
  for (const [, text = ""] of scenarios) {
    const checked = scenarioSchema.safeParse(parse(text));
    assert.ok(checked.success, checked.success ? "" : `${text}${z.prettifyError(checked.error)}`);
  }
});

docs("trunk-sim.md names every key and every fault of a scenario, and no other", () => {
  const text = page("trunk-sim.md");
  const schema = z.toJSONSchema(scenarioSchema, { io: "input" });
  const keys = new Set(keysOf(schema));
  assert.ok(keys.size > 30, `${keys.size}`);
  const named = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(text);
  assert.equal(
    [...keys, ...FAULT_KINDS].filter((name) => !named(name)),
    [],
  );
  const [, section = ""] = /^## Faults\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(text) ?? [];
  const faults = [...section.matchAll(/^\| (`[^|]+) \| (?!of|says)/gm)]
    .flatMap(([, cell = ""]) => [...cell.matchAll(/`([a-z0-9-]+)`/g)].map(([, name = ""]) => name))
    .filter((name) => name.includes("-"));
  assert.ok(faults.length > 5, `saw only ${faults.length}`);
  assert.equal(
    faults.filter((name) => !FAULT_KINDS.some((kind) => kind === name)),
    [],
  );
});

docs("call-detail-records.md names every key of a record, and every result", () => {
  const text = page("call-detail-records.md");
  const keys = keysOf(z.toJSONSchema(callDetailRecordSchema));
  assert.ok(keys.length > 30);
  const quality = ["packetsExpected", "packetsReceived"];
  assert.equal(
    keys.filter((name) => !quality.includes(name) && !text.includes(`\`${name}\``)),
    [],
  );
});

/** Names of the properties at every depth of a JSON Schema. */
function keysOf(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const names = new Set<string>();
  for (const [key, value] of Object.entries(schema)) {
    if (key === "properties" && typeof value === "object" && value !== null) {
      for (const name of Object.keys(value)) names.add(name);
    }
    for (const name of keysOf(value)) names.add(name);
  }
  return [...names];
}

docs.run();
