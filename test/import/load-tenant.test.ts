import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadTenant } from "../../engine/import/load-tenant.ts";
import { revisionOf } from "../../engine/model/revision.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const load = suite("load tenant");

load("the sample tenant loads without a problem", async () => {
  const loaded = await loadTenant(join(root, "fixtures", "tenants", "contoso"));
  assert.ok(loaded.ok);
  assert.equal(loaded.problems, []);
  assert.ok(loaded.value.tenant.users.length >= 40);
  assert.is(loaded.value.revision, revisionOf(loaded.value.tenant));
});

load("a folder's scripts are applied to its tenant in the order of their names", async () => {
  const loaded = await loadTenant(join(root, "fixtures", "tenant-files", "folder"));
  assert.ok(loaded.ok);
  assert.equal(loaded.value.tenant.onlinePstnUsages, ["UK", "US", "International"]);
});

load("a script alone is applied to an empty tenant", async () => {
  const loaded = await loadTenant(join(root, "fixtures", "tenant-files", "folder", "1-usages.ps1"));
  assert.ok(loaded.ok);
  assert.equal(loaded.value.tenant.onlinePstnUsages, ["US"]);
});

const REFUSED: readonly [what: string, path: string, code: string][] = [
  ["a path that is not there", "nowhere/tenant.yaml", "FILE_UNREADABLE"],
  ["a folder without a tenant file", "fixtures/tenant-files", "TENANT_UNSUPPORTED_SOURCE"],
  ["a file of another kind", "package-lock.txt", "FILE_UNREADABLE"],
  ["a text file", "LICENSE", "TENANT_UNSUPPORTED_SOURCE"],
  ["a JSON file that is no tenant", "package.json", "TENANT_MISSING_KEY"],
  [
    "a script that is not understood",
    "fixtures/tenant-files/folder-refused",
    "IMPORT_UNKNOWN_COMMAND",
  ],
];

for (const [what, path, code] of REFUSED) {
  load(`${what} is refused with ${code}`, async () => {
    const loaded = await loadTenant(join(root, path));
    assert.not(loaded.ok);
    assert.ok(
      loaded.problems.some((p) => p.code === code),
      JSON.stringify(loaded.problems),
    );
    assert.ok(loaded.problems.every((p) => p.hint !== ""));
  });
}

load.run();
