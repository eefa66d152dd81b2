import { suite } from "uvu";
import * as assert from "uvu/assert";
import { FRESH_GLOBAL } from "../../engine/model/policies-of-type.ts";
import { EMPTY_TENANT, type Tenant } from "../../engine/model/tenant.ts";
import { USER_DEFAULTS } from "../../engine/model/user.ts";
import type { OutputObject } from "../../engine/tenant/cmdlet-invocation.ts";
import { codesOf, invoke, type Parameters } from "./invoke.ts";

const tests = suite("rule test cmdlets");

function rule(name: string, pattern: string, translation: string, isInternalExtension = false) {
  return { name, pattern, translation, description: null, isInternalExtension };
}

const GLOBAL = FRESH_GLOBAL.TenantDialPlan;

const TENANT: Tenant = {
  ...EMPTY_TENANT,
  tenant: { ...EMPTY_TENANT.tenant, name: "Contoso", country: "US" },
  users: [
    { ...USER_DEFAULTS, userPrincipalName: "megan@contoso.com", usageLocation: "US" },
    {
      ...USER_DEFAULTS,
      userPrincipalName: "lee@contoso.com",
      usageLocation: "GB",
      groups: ["london"],
    },
  ],
  groupPolicyAssignments: [
    { groupId: "London", policyType: "TenantDialPlan", policyName: "London", rank: 2 },
    { groupId: "london", policyType: "TenantDialPlan", policyName: "Legacy", rank: 3 },
  ],
  tenantDialPlans: [
    { ...GLOBAL, normalizationRules: [rule("Local", "^(\\d{7})$", "+1425$1")] },
    {
      ...GLOBAL,
      identity: "London",
      normalizationRules: [
        rule("City", "^(20\\d{8})$", "+44$1"),
        rule("Plus", "^\\+440(\\d+)$", "+44$1"),
      ],
    },
    {
      ...GLOBAL,
      identity: "Legacy",
      externalAccessPrefix: "9",
      optimizeDeviceDialing: true,
      normalizationRules: [rule("Inside", "^(\\d{4})$", "+1425555$1", true)],
    },
  ],
  teamsTranslationRules: [
    { identity: "Drop 44", pattern: "^\\+44(\\d+)$", translation: "0$1", description: null },
    { identity: "Spoil", pattern: "^\\+33(\\d+)$", translation: "tel:$1", description: null },
  ],
};

/** What a cmdlet prints: its only object. */
function printed(cmdlet: string, parameters: Parameters): unknown {
  const { output, problems } = invoke(TENANT, cmdlet, parameters);
  assert.equal(problems, []);
  assert.is(output.length, 1);
  return output[0]?.properties;
}

const PLANS: readonly (readonly [string, Parameters, string, string])[] = [
  [
    "a rule of Global",
    { Identity: "megan@contoso.com", DialedNumber: "555-0123" },
    "+14255550123",
    "Local",
  ],
  [
    "a rule of the country",
    { Identity: "megan@contoso.com", DialedNumber: "4255550123" },
    "+14255550123",
    "US National",
  ],
  [
    "the group of smallest rank",
    { Identity: "lee@contoso.com", DialedNumber: "2079460123" },
    "+442079460123",
    "City",
  ],
  [
    "a number with +",
    { Identity: "lee@contoso.com", DialedNumber: "+4402079460123" },
    "+442079460123",
    "Plus",
  ],
  [
    "a number with + and other rules",
    { Identity: "megan@contoso.com", DialedNumber: "+5550123" },
    "",
    "",
  ],
  ["nothing matches", { Identity: "megan@contoso.com", DialedNumber: "12" }, "", ""],
  [
    "a plan by its name",
    { EffectiveTenantDialPlanName: "London", DialedNumber: "2079460123" },
    "+442079460123",
    "City",
  ],
  [
    "an effective plan by its name",
    { EffectiveTenantDialPlanName: "Contoso_GB_London", DialedNumber: "02079460123" },
    "+442079460123",
    "GB National",
  ],
  [
    "behind the legacy prefix",
    { EffectiveTenantDialPlanName: "Legacy", DialedNumber: "90123" },
    "",
    "",
  ],
  [
    "without the legacy prefix",
    { EffectiveTenantDialPlanName: "Legacy", DialedNumber: "0123" },
    "+14255550123",
    "Inside",
  ],
];

for (const [name, parameters, number, matching] of PLANS) {
  tests(`Test-CsEffectiveTenantDialPlan: ${name}`, () => {
    const found = printed("Test-CsEffectiveTenantDialPlan", parameters) as Record<string, string>;
    assert.is(found["TranslatedNumber"], number);
    assert.is(/;Name=([^;]*);/.exec(found["MatchingRule"] ?? "")?.[1] ?? "", matching);
  });
}

tests(
  "Test-CsEffectiveTenantDialPlan tells the whole rule, and leaves the country's out if asked to",
  () => {
    const asked = { Identity: "megan@contoso.com", DialedNumber: "5550123" };
    assert.equal(printed("Test-CsEffectiveTenantDialPlan", asked), {
      TranslatedNumber: "+14255550123",
      MatchingRule:
        "Description=;Pattern=^(\\d{7})$;Translation=+1425$1;Name=Local;IsInternalExtension=False",
    });
    const tenantOnly = { ...asked, DialedNumber: "4255550123", TenantScopeOnly: true };
    assert.equal(printed("Test-CsEffectiveTenantDialPlan", tenantOnly), {
      TranslatedNumber: "",
      MatchingRule: "",
    });
  },
);

const REFUSED: readonly (readonly [Parameters, string])[] = [
  [{ Identity: "megan@contoso.com" }, "CMDLET_MISSING_PARAMETER"],
  [{ DialedNumber: "1" }, "CMDLET_MISSING_PARAMETER"],
  [{ DialedNumber: "1", Identity: "nobody@contoso.com" }, "USER_NOT_FOUND"],
  [{ DialedNumber: "1", EffectiveTenantDialPlanName: "Paris" }, "CMDLET_NOT_FOUND"],
  [
    { DialedNumber: "1", Identity: "megan@contoso.com", EffectiveTenantDialPlanName: "London" },
    "CMDLET_CONFLICTING_PARAMETERS",
  ],
];

for (const [parameters, code] of REFUSED) {
  tests(`Test-CsEffectiveTenantDialPlan ${Object.keys(parameters).join(", ")}: ${code}`, () => {
    assert.equal(codesOf(invoke(TENANT, "Test-CsEffectiveTenantDialPlan", parameters)), [code]);
  });
}

tests("Test-CsTeamsTranslationRule finds the first rule of the tenant", () => {
  assert.equal(printed("Test-CsTeamsTranslationRule", { PhoneNumber: "+442079460123" }), {
    Identity: "Drop 44",
    Pattern: "^\\+44(\\d+)$",
    PhoneNumberTranslated: "02079460123",
    Translation: "0$1",
  });
});

tests(
  "Test-CsTeamsTranslationRule says in Teams' words that no rule matched, or made no number",
  () => {
    assert.equal(printed("Test-CsTeamsTranslationRule", { PhoneNumber: "12" }), {
      Message: "No number translation rule matched",
    });
    assert.equal(printed("Test-CsTeamsTranslationRule", { PhoneNumber: "+33199000123" }), {
      Message:
        "Number translation rule Spoil applied to phone number produced invalid phone number: tel:199000123",
    });
    assert.equal(codesOf(invoke(TENANT, "Test-CsTeamsTranslationRule")), [
      "CMDLET_MISSING_PARAMETER",
    ]);
  },
);

tests("the effective dial plan of a user: the rules of the country behind the tenant's", () => {
  const { output, problems } = invoke(TENANT, "Get-CsEffectiveTenantDialPlan", {
    Identity: "lee@contoso.com",
  });
  assert.equal(problems, []);
  const [plan] = output;
  assert.is(plan?.properties["EffectiveTenantDialPlanName"], "Contoso_GB_London");
  const rules = plan?.properties["NormalizationRules"];
  const names = Array.isArray(rules)
    ? rules.map((one) => (one as OutputObject).properties["Name"])
    : [];
  assert.equal(names, ["City", "Plus", "GB International", "GB National"]);
});

for (const [identity, code] of [
  ["nobody@contoso.com", "USER_NOT_FOUND"],
  ["", "CMDLET_MISSING_PARAMETER"],
] as const) {
  tests(`no effective dial plan of "${identity}"`, () => {
    const result = invoke(TENANT, "Get-CsEffectiveTenantDialPlan", { Identity: identity });
    assert.equal(codesOf(result), [code]);
  });
}

tests.run();
