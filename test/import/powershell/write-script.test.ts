import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadTenant } from "../../../engine/import/load-tenant.ts";
import { readScript } from "../../../engine/import/powershell/read-script.ts";
import { writeScript } from "../../../engine/import/powershell/write-script.ts";
import { completeTenant } from "../../../engine/import/tenant-file/complete-tenant.ts";
import { readTenantText } from "../../../engine/import/tenant-file/read-tenant-file.ts";
import { tenantSchema } from "../../../engine/import/tenant-file/schema/tenant-schema.ts";
import { tenantToJson } from "../../../engine/import/write-tenant.ts";
import { hasErrors } from "../../../engine/model/problem.ts";
import { canonicalJson, revisionOf } from "../../../engine/model/revision.ts";
import { EMPTY_TENANT, type Tenant } from "../../../engine/model/tenant.ts";
import { Chance, randomTenant } from "../../route/random-tenant.ts";
import { arbitraryTenantInput } from "../arbitrary-tenant.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "..");
const long = process.env["LONG"] !== undefined;

async function assertSurvives(tenant: Tenant): Promise<string> {
  const script = writeScript(tenant);
  const read = await readScript(script, { file: "tenant.ps1", tenant: EMPTY_TENANT });
  const errors = read.problems.filter((p) => p.severity === "error");
  assert.equal(errors, []);
  assert.is(canonicalJson(read.tenant), canonicalJson(tenant));
  return script;
}

const write = suite("write script");

write("the sample tenant survives, and what commands can make is made by commands", async () => {
  const loaded = await loadTenant(join(root, "fixtures", "tenants", "contoso"));
  assert.ok(loaded.ok);
  const { tenant, revision } = loaded.value;
  const script = await assertSurvives(tenant);
  const read = await readScript(script, { file: "", tenant: EMPTY_TENANT });
  assert.is(revisionOf(read.tenant), revision);
  const count = (command: string): number => script.split(`\n${command} `).length - 1;
  assert.is(count("New-CsOnlineVoiceRoute"), tenant.onlineVoiceRoutes.length);
  assert.is(
    count("New-CsOnlineVoiceRoutingPolicy"),
    tenant.onlineVoiceRoutingPolicies.filter(({ identity }) => identity !== "Global").length,
  );
  assert.ok(count("Set-CsOnlinePstnUsage") > 5);
  assert.ok(count("Grant-CsOnlineAudioConferencingRoutingPolicy") > 5);
});

write("the empty tenant is an empty script", async () => {
  assert.is(await assertSurvives(EMPTY_TENANT), "");
});

write("equal priorities stand verbatim in the data block", async () => {
  const route = {
    priority: 1,
    numberPattern: "^\\+44",
    onlinePstnUsages: [],
    onlinePstnGatewayList: [],
    bridgeSourcePhoneNumber: null,
    description: null,
  };
  const onlineVoiceRoutes = ["A", "B", "C"].map((identity) => ({ ...route, identity }));
  const script = await assertSurvives({ ...EMPTY_TENANT, onlineVoiceRoutes });
  assert.ok(script.startsWith("<# outdial-data\n"));
  assert.not.ok(script.includes("New-CsOnlineVoiceRoute"));
});

write("what no command accepts stands in the data block, and survives", async () => {
  const route = {
    identity: "A",
    priority: 0,
    onlinePstnUsages: [],
    onlinePstnGatewayList: [],
    bridgeSourcePhoneNumber: null,
    description: null,
  };
  for (const numberPattern of ["", "(", "(a)\\1"]) {
    const onlineVoiceRoutes = [{ ...route, numberPattern }];
    const script = await assertSurvives({ ...EMPTY_TENANT, onlineVoiceRoutes });
    assert.ok(script.startsWith("<# outdial-data\n"), numberPattern);
  }
});

write("control characters and halves of surrogates are escaped, never written raw", async () => {
  for (const name of [
    "\u001b[31mred",
    "a\0b",
    "a\u009bb",
    "a\u2028b",
    "\ud800",
    "\ufeffa",
    "\u0007",
  ]) {
    const route = {
      identity: "A",
      priority: 0,
      numberPattern: "^1",
      onlinePstnUsages: [],
      onlinePstnGatewayList: [],
      bridgeSourcePhoneNumber: null,
      description: name,
    };
    const script = await assertSurvives({ ...EMPTY_TENANT, onlineVoiceRoutes: [route] });
    assert.not.ok(script.includes(name), JSON.stringify(name));
  }
});

const HOSTILE_NAMES = [
  "#>",
  "<# outdial-data",
  "It's",
  "It\u2019s \u201cso\u201d",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is PowerShell's
  "$(Get-Date) `n ${x}",
  "<user>",
  "'; Remove-CsOnlineVoiceRoute A; '",
  '"',
  "a, b",
  "@{Add='x'}",
  "-Force",
  " # no comment",
  "\u2013",
];

write("names that look like PowerShell stay names, as commands and in the data block", async () => {
  for (const name of HOSTILE_NAMES) {
    const policy = { identity: name, onlinePstnUsages: [name], description: name };
    const tenant: Tenant = {
      ...EMPTY_TENANT,
      tenant: { ...EMPTY_TENANT.tenant, name },
      onlinePstnUsages: [name],
      onlineVoiceRoutingPolicies: [...EMPTY_TENANT.onlineVoiceRoutingPolicies, policy],
    };
    const script = await assertSurvives(tenant);
    assert.is(script.split("#>\n").length, 2, script);
  }
});

/** A tenant whose references lead nowhere is refused by every reader, and then not half read. */
const loads = (tenant: Tenant): boolean => readTenantText("", tenantToJson(tenant)).ok;

/** The same without the gateways that are not there. */
function withoutDangling(tenant: Tenant): Tenant {
  const known = new Set(tenant.onlinePstnGateways.map(({ identity }) => identity));
  const onlineVoiceRoutes = tenant.onlineVoiceRoutes.map((route) => ({
    ...route,
    onlinePstnGatewayList: route.onlinePstnGatewayList.filter((name) => known.has(name)),
  }));
  return { ...tenant, onlineVoiceRoutes };
}

write("random tenants that route survive", async () => {
  let kept = 0;
  for (let seed = 1; seed <= (long ? 300 : 25); seed++) {
    const tenant = withoutDangling(randomTenant(new Chance(seed)));
    if (!loads(tenant)) continue;
    await assertSurvives(tenant);
    kept++;
  }
  assert.ok(kept > 5, `only ${kept} could be read`);
});

write("random tenant files survive, or are refused as the files themselves are", async () => {
  let seen = 0;
  const options = long ? { numRuns: 1500 } : { seed: 1, numRuns: 60 };
  await fc.assert(
    fc.asyncProperty(arbitraryTenantInput, async (input) => {
      const parsed = tenantSchema.safeParse(input);
      if (!parsed.success) return;
      seen++;
      const tenant = completeTenant(parsed.data);
      const read = await readScript(writeScript(tenant), { file: "", tenant: EMPTY_TENANT });
      if (loads(tenant)) assert.is(canonicalJson(read.tenant), canonicalJson(tenant));
      else {
        assert.ok(hasErrors(read.problems));
        assert.is(read.tenant, EMPTY_TENANT);
      }
    }),
    options,
  );
  assert.ok(seen > 10, `only ${seen} were tenants`);
});

write.run();
