import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadTenant } from "../../engine/import/load-tenant.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const main = join(root, "dist", "engine", "cli", "main.js");
const sample = join(root, "fixtures", "tenants", "contoso");

function outdial(...args: readonly string[]) {
  return spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });
}

const exported = suite<{ folder: string }>("export");

exported.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "outdial-"));
});
exported.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }));

for (const format of ["yaml", "json"]) {
  exported(`--${format} writes a file that is the same tenant`, async ({ folder }) => {
    const path = join(folder, `tenant.${format}`);
    const { status, stderr } = outdial("export", `--${format}`, "-o", path);
    assert.is(status, 0, stderr);
    const [before, after] = [await loadTenant(sample), await loadTenant(path)];
    assert.ok(before.ok && after.ok);
    assert.is(after.value.revision, before.value.revision);
  });
}

exported("without -o the file goes to stdout", ({ folder }) => {
  const path = join(folder, "tenant.yaml");
  outdial("export", "--yaml", "-o", path);
  assert.is(outdial("export", "--yaml").stdout, readFileSync(path, "utf8"));
});

exported("YAML is the default and two formats are wrong syntax", () => {
  assert.is(outdial("export").stdout, outdial("export", "--yaml").stdout);
  assert.is(outdial("export", "--yaml", "--json").status, 64);
});

exported("a broken tenant is refused with its problems and nothing is written", () => {
  const broken = join(root, "fixtures", "tenant-files", "invalid", "shapes.yaml");
  const { status, stdout, stderr } = outdial("export", "--yaml", "--tenant", broken);
  assert.is(status, 1);
  assert.is(stdout, "");
  assert.match(stderr, "TENANT_UNKNOWN_KEY");
});

exported("a folder that is not there is told", ({ folder }) => {
  const { status, stderr } = outdial("export", "--yaml", "-o", join(folder, "no", "t.yaml"));
  assert.is(status, 1);
  assert.match(stderr, "FILE_NOT_WRITTEN");
});

exported("a full disk behind stdout is told in one line", () => {
  const full = existsSync("/dev/full") ? openSync("/dev/full", "w") : "ignore";
  const { status, stderr } = spawnSync(process.execPath, [main, "export", "--yaml"], {
    encoding: "utf8",
    stdio: ["ignore", full, "pipe"],
  });
  if (full === "ignore") return;
  assert.is(status, 1);
  assert.is(stderr, "error ENGINE_FILE_UNWRITABLE stdout cannot be written: no space left\n");
});

exported.run();
