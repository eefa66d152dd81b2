import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadTenant } from "../../engine/import/load-tenant.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import { EXPORTS, filesOf, told } from "./exported-tenant.ts";
import { writeZip } from "./write-zip.ts";

const forms = suite("export forms");

/** What published backup scripts export; the other forms hold no more. */
const LISTS = [
  "onlinePstnUsages",
  "onlineVoiceRoutes",
  "onlineVoiceRoutingPolicies",
  "tenantDialPlans",
  "teamsTranslationRules",
  "onlinePstnGateways",
] as const satisfies readonly (keyof Tenant)[];

async function loaded(path: string): Promise<Tenant> {
  const outcome = await loadTenant(path);
  assert.ok(outcome.ok, outcome.problems.map(({ what }) => what).join("\n"));
  assert.equal(told(outcome), []);
  return outcome.value.tenant;
}

async function zipped(folder: string): Promise<Tenant> {
  const place = mkdtempSync(join(tmpdir(), "outdial-zip-"));
  try {
    const path = join(place, "Backup.zip");
    const files = [...filesOf(folder)].map(([name, bytes]) => ({ name: `Backup/${name}`, bytes }));
    writeFileSync(path, writeZip(files));
    return await loaded(path);
  } finally {
    rmSync(place, { recursive: true });
  }
}

const FORMS: readonly (readonly [form: string, load: () => Promise<Tenant>])[] = [
  ["a backup's .txt files with flattened rules", () => loaded(join(EXPORTS, "backup"))],
  ["CSV", () => loaded(join(EXPORTS, "csv"))],
  ["the text of Format-List in UTF-16", () => loaded(join(EXPORTS, "list"))],
  ["a zip of the backup", () => zipped("backup")],
  ["a zip of the JSON folder", () => zipped("json")],
];

for (const [form, load] of FORMS) {
  forms(`${form} holds the objects that the JSON folder holds`, async () => {
    const expected = await loaded(join(EXPORTS, "json"));
    const found = await load();
    for (const list of LISTS) {
      assert.ok(expected[list].length >= 2, list);
      assert.equal(found[list], expected[list], list);
    }
  });
}

forms(
  "a Microsoft365DSC configuration declares the same objects, gateways but by name",
  async () => {
    const expected = await loaded(join(EXPORTS, "json"));
    const outcome = await loadTenant(join(EXPORTS, "dsc", "contoso.ps1"));
    assert.ok(outcome.ok);
    const { tenant } = outcome.value;
    for (const list of LISTS.filter((one) => one !== "onlinePstnGateways")) {
      assert.equal(tenant[list], expected[list], list);
    }
    const named = ({ onlinePstnGateways }: Tenant) => onlinePstnGateways.map((g) => g.identity);
    assert.equal(named(tenant), named(expected));
    assert.equal(
      told(outcome).map((line) => /EXPORT_ASSUMED PSTN gateway \S+/.exec(line)?.[0]),
      [
        "EXPORT_ASSUMED PSTN gateway sbc1.contoso.com",
        "EXPORT_ASSUMED PSTN gateway sbc2.contoso.com",
      ],
    );
  },
);

forms("the zip of a whole folder is the tenant of the folder", async () => {
  assert.equal(await zipped("json"), await loaded(join(EXPORTS, "json")));
});

forms.run();
