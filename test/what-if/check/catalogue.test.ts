/**
 * Every problem code that `outdial check` can tell has a tenant in which it is found, and one nearly like
 * it in which it is not.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { readScript } from "../../../engine/import/powershell/read-script.ts";
import { readTenantText } from "../../../engine/import/tenant-file/read-tenant-file.ts";
import { pathText } from "../../../engine/import/tenant-file/source-document.ts";
import { PROBLEMS } from "../../../engine/model/problem.ts";
import { EMPTY_TENANT, type Tenant } from "../../../engine/model/tenant.ts";
import { checkTenant } from "../../../engine/what-if/check/check-tenant.ts";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const folder = join(root, "fixtures", "check");

interface Case {
  readonly tenant?: object;
  readonly script?: string;
  readonly path?: string;
  readonly says?: string;
  readonly because?: string;
}

/** A finding, or what reading the tenant told, which has no path. */
interface Told {
  readonly code: string;
  readonly text: string;
  readonly path: string | null;
}

const catalogue = suite("catalogue of outdial check");

const fixtures = readdirSync(folder)
  .filter((file) => file.endsWith(".yaml"))
  .sort();

/** Codes that stand in the sources of the checks, and those of the linter and of loading. */
function tellableCodes(): readonly string[] {
  const checks = join(root, "engine", "what-if", "check");
  const texts = readdirSync(checks).map((file) => readFileSync(join(checks, file), "utf8"));
  texts.push(readFileSync(join(root, "engine", "pattern", "lint-pattern.ts"), "utf8"));
  texts.push(readFileSync(join(root, "engine", "tenant", "bridge-source-rules.ts"), "utf8"));
  const named = new Set(texts.flatMap((text) => text.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g)));
  const codes = Object.keys(PROBLEMS).filter((code) => named.has(code));
  return [
    ...codes,
    "TENANT_UNKNOWN_NUMBER",
    "IMPORT_UNRESOLVED",
    "IMPORT_SYNTAX",
    "IMPORT_PLACEHOLDER",
  ];
}

async function told({ tenant, script }: Case): Promise<readonly Told[]> {
  if (script !== undefined) {
    const read = await readScript(script, { file: "case.ps1", tenant: EMPTY_TENANT });
    return [...asTold(read.problems), ...found(read.tenant)];
  }
  const text = JSON.stringify({ outdial: 1, ...tenant });
  const read = readTenantText("case.json", text);
  return [...asTold(read.problems), ...(read.ok ? found(read.value) : [])];
}

function asTold(problems: readonly { code: string; what: string; hint: string }[]): Told[] {
  return problems.map(({ code, what, hint }) => ({ code, text: `${what} ${hint}`, path: null }));
}

function found(tenant: Tenant): Told[] {
  return checkTenant(tenant).flatMap(({ findings }) =>
    findings.map(({ code, what, hint, path }) => ({
      code,
      text: `${what} ${hint}`,
      path: pathText(path),
    })),
  );
}

catalogue("every code that can be told has a fixture, and no other", () => {
  const codes = fixtures.map((file) => file.replace(/\.yaml$/, ""));
  assert.equal(codes, [...new Set(tellableCodes())].sort());
});

for (const file of fixtures) {
  const code = file.replace(/\.yaml$/, "");
  const { triggers, nearly } = parse(readFileSync(join(folder, file), "utf8")) as {
    triggers: Case;
    nearly: Case;
  };
  catalogue(`${code} is found`, async () => {
    const all = await told(triggers);
    const same = all.filter((one) => one.code === code);
    assert.ok(same.length > 0, `told: ${all.map((one) => one.code).join(", ")}`);
    const { path, says } = triggers;
    if (path !== undefined) {
      const paths = same.map((one) => one.path);
      assert.ok(paths.includes(path), `at ${paths.join(", ")}`);
    }
    const texts = same.map((one) => one.text);
    assert.ok(
      texts.some((text) => text.includes(says ?? "")),
      texts.join("\n"),
    );
    for (const text of texts) assert.not.match(text, /undefined|NaN|\[object/);
  });

  catalogue(`${code} is not found: ${nearly.because}`, async () => {
    assert.ok(nearly.because !== undefined);
    const all = await told(nearly);
    const same = all.filter((one) => one.code === code);
    assert.equal(same, []);
    const refused = all.filter(({ code: c }) => c.startsWith("TENANT_") && c !== code);
    const bad = refused.filter(({ code: c }) => c !== "TENANT_UNKNOWN_NUMBER");
    assert.equal(bad, [], "the tenant loads");
  });
}

catalogue.run();
