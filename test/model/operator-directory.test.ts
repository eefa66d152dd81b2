import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadTenant } from "../../engine/import/load-tenant.ts";
import { operatorDirectoryOf } from "../../engine/model/operator-directory.ts";
import { EMPTY_TENANT } from "../../engine/model/tenant.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const directory = suite("operator directory");

directory("a tenant without a directory of its own is offered the eleven of the preview", () => {
  const offered = operatorDirectoryOf(EMPTY_TENANT);
  assert.is(offered.length, 11);
  assert.is(new Set(offered.map(({ id }) => id)).size, 11);
  for (const { website } of offered) assert.match(website ?? "", /^https:\/\//);
});

directory("a directory of the tenant's own takes its place", () => {
  const own = { id: "own", name: "Own", website: null, products: [], countries: [] };
  assert.equal(operatorDirectoryOf({ ...EMPTY_TENANT, operatorDirectory: [own] }), [own]);
});

directory("the sample tenant's operators stand in it, with the same name and website", async () => {
  const loaded = await loadTenant(join(root, "fixtures", "tenants", "contoso"));
  assert.ok(loaded.ok);
  const offered = operatorDirectoryOf(loaded.value.tenant);
  for (const { id, name, website } of loaded.value.tenant.operators) {
    const found = offered.find((entry) => entry.id === id);
    assert.equal({ name: found?.name, website: found?.website }, { name, website });
  }
});

directory.run();
