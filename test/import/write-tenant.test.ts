import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { loadTenant } from "../../engine/import/load-tenant.ts";
import { completeTenant } from "../../engine/import/tenant-file/complete-tenant.ts";
import { readTenantText } from "../../engine/import/tenant-file/read-tenant-file.ts";
import { tenantSchema } from "../../engine/import/tenant-file/schema/tenant-schema.ts";
import { tenantToJson, tenantToYaml } from "../../engine/import/write-tenant.ts";
import { canonicalJson, revisionOf } from "../../engine/model/revision.ts";
import { EMPTY_TENANT } from "../../engine/model/tenant.ts";
import { arbitraryTenantInput } from "./arbitrary-tenant.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const fixed = process.env["LONG"] === undefined ? { seed: 1, numRuns: 150 } : { numRuns: 5_000 };

const write = suite("write tenant");

write("the sample tenant read back from what was written is the same", async () => {
  const loaded = await loadTenant(join(root, "fixtures", "tenants", "contoso"));
  assert.ok(loaded.ok);
  for (const text of [tenantToYaml(loaded.value.tenant), tenantToJson(loaded.value.tenant)]) {
    const again = readTenantText("again", text);
    assert.ok(again.ok);
    assert.is(revisionOf(again.value), loaded.value.revision);
  }
});

write("the empty tenant is written in a few lines and read back", () => {
  assert.is(
    tenantToYaml(EMPTY_TENANT),
    "outdial: 1\n\nonlineVoiceRoutingPolicies:\n  - { identity: Global }\n\nonlineAudioConferencingRoutingPolicies:\n  - { identity: Global }\n",
  );
  const least = readTenantText("least", "outdial: 1");
  assert.ok(least.ok);
  assert.is(canonicalJson(least.value), canonicalJson(EMPTY_TENANT));
});

write("any tenant read back from what was written is the same", () => {
  fc.assert(
    fc.property(arbitraryTenantInput, (input) => {
      const tenant = completeTenant(tenantSchema.parse(input));
      for (const value of [parse(tenantToYaml(tenant)), JSON.parse(tenantToJson(tenant))]) {
        assert.is(revisionOf(completeTenant(tenantSchema.parse(value))), revisionOf(tenant));
      }
    }),
    fixed,
  );
});

write.run();
