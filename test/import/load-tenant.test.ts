import { suite } from "uvu";
import * as assert from "uvu/assert";
import { DEFAULT_TENANT_PATH, loadTenant } from "../../engine/import/load-tenant.ts";
import { revisionOf } from "../../engine/model/revision.ts";

const load = suite("load tenant");

load("the sample tenant loads without a problem", async () => {
  const loaded = await loadTenant(DEFAULT_TENANT_PATH);
  assert.ok(loaded.ok);
  assert.equal(loaded.problems, []);
  assert.ok(loaded.value.tenant.users.length >= 40);
  assert.is(loaded.value.revision, revisionOf(loaded.value.tenant));
});

load.run();
