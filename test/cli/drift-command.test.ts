import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { driftSchema } from "../../scripts/drift-schema.ts";
import { outdial } from "./outdial.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const exported = join(root, "fixtures", "exports", "json");
const folder = mkdtempSync(join(tmpdir(), "outdial-drift-"));
const before = join(folder, "before.yaml");
const after = join(folder, "after.yaml");

writeFileSync(
  before,
  `outdial: 1
tenant: { name: Contoso }
onlinePstnUsages: [UK, US]
onlineVoiceRoutes:
  - { identity: UK, priority: 1, numberPattern: '^\\+44', onlinePstnUsages: [UK] }
  - { identity: Old, priority: 2, numberPattern: '^\\+49' }
`,
);
writeFileSync(
  after,
  `outdial: 1
tenant: { name: Contoso, country: US }
onlinePstnUsages: [US, UK]
onlineVoiceRoutes:
  - { identity: uk, priority: 3, numberPattern: '^\\+44', onlinePstnUsages: [UK, US] }
  - { identity: New, priority: 4, numberPattern: '^\\+1' }
`,
);

const drift = suite("drift command");
drift.after(() => rmSync(folder, { recursive: true }));

drift(
  "objects are told one by one, with the properties that changed, and the exit code is 1",
  async () => {
    const { code, stdout, stderr } = await outdial(["drift", before, after]);
    assert.is(code, 1);
    assert.equal(stdout.trimEnd().split("\n"), [
      '~ tenant identity: country null → "US"',
      "~ order of the PSTN usage list",
      '- voice route "Old"',
      '~ voice route "uk": identity "UK" → "uk", priority 1 → 3, onlinePstnUsages ["UK"] → ["UK","US"]',
      '+ voice route "New"',
    ]);
    assert.match(stderr, /^5 objects differ; revision [0-9a-f]{16} → [0-9a-f]{16}\n$/);
  },
);

drift("an export does not differ from the tenant file that it was imported to", async () => {
  const imported = join(folder, "imported.yaml");
  assert.is((await outdial(["import", exported, "-o", imported])).code, 0);
  const { code, stdout, stderr } = await outdial(["drift", exported, imported]);
  assert.is(code, 0, stderr);
  assert.is(stdout, "");
  assert.match(stderr, /no object differs/);
});

drift("--json tells values before and after", async () => {
  const { code, stdout } = await outdial(["drift", before, after, "--json"]);
  assert.is(code, 1);
  const document = driftSchema.parse(JSON.parse(stdout));
  assert.equal(document.drift[0], {
    list: "tenant",
    kind: "tenant identity",
    name: null,
    change: "changed",
    properties: [{ property: "country", before: null, after: "US" }],
  });
});

drift("a source that cannot be read is told, and the exit code is 1", async () => {
  const { code, stdout, stderr } = await outdial(["drift", before, join(folder, "none.zip")]);
  assert.is(code, 1);
  assert.is(stdout, "");
  assert.match(stderr, /FILE_UNREADABLE/);
});

drift.run();
