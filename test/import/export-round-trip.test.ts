import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readScript } from "../../engine/import/powershell/read-script.ts";
import { writeScript } from "../../engine/import/powershell/write-script.ts";
import { OBJECT_KINDS } from "../../engine/import/powershell/written-objects.ts";
import { readTenantText } from "../../engine/import/tenant-file/read-tenant-file.ts";
import { tenantToJson, tenantToYaml } from "../../engine/import/write-tenant.ts";
import { canonicalJson, revisionOf } from "../../engine/model/revision.ts";
import { EMPTY_TENANT, type Tenant } from "../../engine/model/tenant.ts";
import { randomFullTenant } from "./random-full-tenant.ts";

const long = process.env["LONG"] !== undefined;
const RUNS = long ? 3000 : 200;
const FIRST_SEED = long ? Math.floor(Math.random() * 1e9) : 1;

const roundTrip = suite("export and import again");

function isSame(tenant: Tenant, back: Tenant, how: string): void {
  if (revisionOf(back) === revisionOf(tenant)) return;
  assert.is(canonicalJson(back), canonicalJson(tenant), how);
}

roundTrip(`${RUNS} random tenants with every kind of object survive as YAML and as JSON`, () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
    const tenant = randomFullTenant(seed);
    for (const [file, text] of [
      ["t.yaml", tenantToYaml(tenant)],
      ["t.json", tenantToJson(tenant)],
    ] as const) {
      const read = readTenantText(file, text);
      assert.ok(read.ok, `seed ${seed}: ${JSON.stringify(read.problems)}`);
      isSame(tenant, read.value, `seed ${seed}`);
    }
  }
});

roundTrip(`${RUNS} random tenants with every kind of object survive as a script`, async () => {
  const commanded = new Map<string, number>();
  for (let seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
    const tenant = randomFullTenant(seed);
    const script = writeScript(tenant);
    const read = await readScript(script, { file: "t.ps1", tenant: EMPTY_TENANT });
    const errors = read.problems.filter((p) => p.severity === "error");
    assert.equal(errors, [], `seed ${seed}`);
    isSame(tenant, read.tenant, `seed ${seed}`);
    for (const { title } of OBJECT_KINDS)
      if (script.includes(`\n# ${title}\n`)) commanded.set(title, (commanded.get(title) ?? 0) + 1);
  }
  for (const { title } of OBJECT_KINDS)
    assert.ok((commanded.get(title) ?? 0) >= RUNS / 10, `${title}: ${commanded.get(title) ?? 0}`);
});

roundTrip.run();
