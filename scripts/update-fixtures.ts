/**
 * Writes what is generated from the code and committed: JSON Schemas, streams of dialed
 * numbers, and the words in which problems are told.
 * Tests hold the committed files to be equal to what is generated.
 *
 * Usage: npm run fixtures:update
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadTenant } from "../engine/import/load-tenant.ts";
import { dialedNumbers } from "./dialed-numbers.ts";
import { numberStream } from "./generate-numbers.ts";
import { jsonSchemas } from "./json-schemas.ts";
import { problemCases, runProblemCase } from "./problem-cases.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

function write(folder: string, file: string, text: string): void {
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, folder, file), text);
  console.log(`wrote ${folder}/${file}`);
}

for (const [file, text] of jsonSchemas()) write("docs/schema", file, text);

const loaded = await loadTenant(join(root, "fixtures", "tenants", "contoso"));
if (!loaded.ok) throw new Error(loaded.problems[0]?.what);
for (const count of [1_000, 120_000]) {
  const rows = dialedNumbers(loaded.value.tenant, count, 1);
  write("fixtures/numbers", `contoso-${count}.csv`, [...numberStream(rows, "csv")].join(""));
}

for (const name of problemCases()) {
  write(`fixtures/problems/${name}`, "expected.txt", runProblemCase(name));
}
