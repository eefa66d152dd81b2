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
import { Chance } from "../../route/random/chance.ts";
import type { Family } from "../../route/random/families.ts";
import { randomTenant } from "../../route/random-tenant.ts";
import { arbitraryTenantInput } from "../arbitrary-tenant.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "..");
const long = process.env["LONG"] !== undefined;
/** What is written back so far of what random tenants can hold. */
const ROUTING: ReadonlySet<Family> = new Set<Family>(["voice-routing", "caller-id"]);

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

write("rules and emergency numbers are made in memory, one a line", async () => {
  const rule = { translation: "+1425$1", description: null, isInternalExtension: false };
  const number = { emergencyDialMask: "933;112", onlinePstnUsage: "US" };
  const script = await assertSurvives({
    ...EMPTY_TENANT,
    onlinePstnUsages: ["US"],
    tenantDialPlans: [
      {
        identity: "Redmond",
        simpleName: null,
        description: null,
        externalAccessPrefix: null,
        optimizeDeviceDialing: false,
        normalizationRules: [
          { ...rule, name: "Local", pattern: "^(\\d{7})$" },
          { ...rule, name: "It's", pattern: "^1$", isInternalExtension: true },
        ],
      },
    ],
    teamsEmergencyCallRoutingPolicies: [
      {
        identity: "Global",
        allowEnhancedEmergencyServices: true,
        emergencyNumbers: [{ emergencyDialString: "911", ...number }],
        description: null,
      },
    ],
  });
  assert.is(
    script,
    `
# PSTN usages
Set-CsOnlinePstnUsage -Identity 'Global' -Usage @{'Add' = 'US'}

# Tenant dial plans
New-CsTenantDialPlan -Identity 'Redmond' -NormalizationRules @(
  (New-CsVoiceNormalizationRule -Parent Global -Pattern '^(\\d{7})$' -Translation '+1425$1' -Name 'Local' -InMemory),
  (New-CsVoiceNormalizationRule -Parent Global -Pattern '^1$' -Translation '+1425$1' -Name 'It''s' -IsInternalExtension $true -InMemory)
) | Out-Null

# Emergency call routing policies
Set-CsTeamsEmergencyCallRoutingPolicy -Identity 'Global' -EmergencyNumbers @(
  (New-CsTeamsEmergencyNumber -EmergencyDialString '911' -EmergencyDialMask '933;112' -OnlinePSTNUsage 'US')
) -AllowEnhancedEmergencyServices $true
`,
  );
});

write(
  "a kind that no command makes keeps only what it names in the data block with it",
  async () => {
    const usages = ["US", "UK"];
    const broken = { identity: "A", priority: 0, numberPattern: "(", description: null };
    const script = await assertSurvives({
      ...EMPTY_TENANT,
      onlinePstnUsages: usages,
      onlineVoiceRoutes: [
        {
          ...broken,
          onlinePstnUsages: ["US"],
          onlinePstnGatewayList: [],
          bridgeSourcePhoneNumber: null,
        },
      ],
      onlineVoiceRoutingPolicies: [
        ...EMPTY_TENANT.onlineVoiceRoutingPolicies,
        { identity: "London", onlinePstnUsages: usages, description: null },
      ],
      networkSites: [
        {
          identity: "West",
          description: null,
          networkRegionId: null,
          teamsEmergencyCallRoutingPolicy: null,
        },
      ],
    });
    assert.not.match(script, "Set-CsOnlinePstnUsage");
    assert.not.match(script, "New-CsOnlineVoiceRoute ");
    assert.match(script, "\nNew-CsOnlineVoiceRoutingPolicy -Identity 'London'");
    assert.match(script, "\nNew-CsTenantNetworkSite -NetworkSiteID 'West'");
  },
);

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
    const tenant = withoutDangling(randomTenant(new Chance(seed), ROUTING));
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
