import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { z } from "zod";
import { loadTenant } from "../../engine/import/load-tenant.ts";
import { jsonSchemas } from "../../scripts/json-schemas.ts";

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

schemas("problems of a broken tenant fit the diagnostics' schema", async () => {
  const folder = join(root, "fixtures", "tenant-files", "invalid");
  const diagnostics = validator("diagnostics.schema.json");
  const loaded = await loadTenant(join(folder, "dangling.yaml"));
  assert.ok(loaded.problems.length > 10);
  assert.ok(diagnostics.safeParse(loaded.problems).success);
  assert.not(diagnostics.safeParse([{ ...loaded.problems[0], code: "NO_SUCH_CODE" }]).success);
});

schemas.run();
