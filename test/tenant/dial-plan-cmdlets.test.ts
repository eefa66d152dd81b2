import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ProblemCode } from "../../engine/model/problem.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import type { ArgumentValue } from "../../engine/tenant/cmdlet-invocation.ts";
import { CONTOSO, codesOf, invoke, invokeAll, type Parameters, table } from "./invoke.ts";

const plans = suite("dial plan cmdlets");

/** What New-CsVoiceNormalizationRule prints: an object for -NormalizationRules. */
function rule(parameters: Parameters): ArgumentValue {
  const [made] = invoke(CONTOSO, "New-CsVoiceNormalizationRule", {
    Parent: "Global",
    InMemory: true,
    ...parameters,
  }).output;
  return made ?? null;
}

const LOCAL = rule({ Name: "Local", Pattern: "^(\\d{7})$", Translation: "+1425$1" });
const LONG = rule({ Name: "Long" });
const NEW = "New-CsTenantDialPlan";
const SET = "Set-CsTenantDialPlan";

const REDMOND: Tenant = invokeAll(CONTOSO, [
  NEW,
  { Identity: "Redmond", SimpleName: "Redmond", NormalizationRules: table({ Add: LOCAL }) },
]);

function namesOf(tenant: Tenant): readonly string[] {
  return tenant.tenantDialPlans.flatMap((p) => p.normalizationRules.map((r) => r.name));
}

plans("a rule is made in memory with the documented defaults, its name after the parent", () => {
  const made = invoke(CONTOSO, "New-CsVoiceNormalizationRule", {
    Identity: "Tag:Redmond/Long",
    InMemory: true,
  });
  assert.is(made.tenant, CONTOSO);
  assert.equal(made.output[0]?.properties, {
    Description: null,
    Pattern: "^(\\d{11})$",
    Translation: "+$1",
    Name: "Long",
    IsInternalExtension: false,
  });
});

plans("a plan keeps what is given, and Get prints it", () => {
  const [printed] = invoke(REDMOND, "Get-CsTenantDialPlan", { Identity: "tag:redmond" }).output;
  assert.equal(printed?.properties, {
    Identity: "Tag:Redmond",
    Description: null,
    NormalizationRules: [LOCAL],
    SimpleName: "Redmond",
    ExternalAccessPrefix: null,
    OptimizeDeviceDialing: false,
  });
  const all = invoke(REDMOND, "Get-CsTenantDialPlan").output.map((o) => o.properties["Identity"]);
  assert.equal(all, ["Tag:Redmond", "Global"]);
});

const CHANGES: readonly (readonly [why: string, ArgumentValue, readonly string[]])[] = [
  ["Add appends", table({ Add: LONG }), ["Local", "Long"]],
  ["Add of an array appends all", table({ add: [LONG] }), ["Local", "Long"]],
  ["Remove takes the rule of that name", table({ Remove: LOCAL }), []],
  ["Remove takes a name", table({ Remove: "LOCAL" }), []],
  ["Remove comes before Add", table({ Add: LONG, Remove: LOCAL }), ["Long"]],
  ["Replace sets the list", table({ Replace: [LONG, LOCAL] }), ["Long", "Local"]],
  ["a plain value sets the list", LONG, ["Long"]],
  ["a plain array sets the list", [LONG, LOCAL], ["Long", "Local"]],
  ["$null clears the list", null, []],
];
for (const [why, given, names] of CHANGES)
  plans(`Set -NormalizationRules: ${why}`, () => {
    const result = invoke(REDMOND, SET, { Identity: "Redmond", NormalizationRules: given });
    assert.equal(codesOf(result), []);
    assert.equal(namesOf(result.tenant), names);
  });

plans("without an identity Set means Global, which is there although no file lists it", () => {
  const set = invoke(CONTOSO, SET, { NormalizationRules: table({ Add: LONG }) }).tenant;
  assert.equal(
    set.tenantDialPlans.map((p) => p.identity),
    ["Global"],
  );
  const reset = invoke(set, "Remove-CsTenantDialPlan", { Identity: "Global" }).tenant;
  assert.equal(namesOf(reset), []);
});

plans("legacy prefix and device dialing are kept, and an empty prefix is none", () => {
  const set = invoke(REDMOND, SET, {
    Identity: "Redmond",
    ExternalAccessPrefix: "9",
    OptimizeDeviceDialing: true,
  }).tenant;
  assert.is(set.tenantDialPlans[0]?.externalAccessPrefix, "9");
  assert.is(set.tenantDialPlans[0]?.optimizeDeviceDialing, true);
  const none = invoke(set, SET, { Identity: "Redmond", ExternalAccessPrefix: "" }).tenant;
  assert.is(none.tenantDialPlans[0]?.externalAccessPrefix, null);
});

plans("a new plan has the documented rule only when the tenant's option says so", () => {
  assert.equal(namesOf(invoke(CONTOSO, NEW, { Identity: "A" }).tenant), []);
  const options = { ...CONTOSO.options, newDialPlanHasDefaultRule: true };
  const made = invoke({ ...CONTOSO, options }, NEW, { Identity: "A" }).tenant;
  assert.equal(namesOf(made), ["Prefix All"]);
});

const MANY = Array.from({ length: 51 }, (_, i) => rule({ Name: `R${i}` }));
const REFUSED: readonly (readonly [why: string, Parameters, ProblemCode])[] = [
  ["no name", { Identity: "" }, "CMDLET_MISSING_PARAMETER"],
  ["a name that is there", { Identity: "REDMOND" }, "CMDLET_ALREADY_EXISTS"],
  ["a blank in the name", { Identity: "Red mond" }, "CMDLET_INVALID_VALUE"],
  ["50 characters", { Identity: "a".repeat(50) }, "CMDLET_INVALID_VALUE"],
  ["a simple name of 50 characters", { SimpleName: "a".repeat(50) }, "CMDLET_INVALID_VALUE"],
  ["a description of 1041 characters", { Description: "a".repeat(1041) }, "CMDLET_INVALID_VALUE"],
  ["a prefix of 5 characters", { ExternalAccessPrefix: "00000" }, "CMDLET_INVALID_VALUE"],
  ["51 rules", { NormalizationRules: MANY }, "CMDLET_INVALID_VALUE"],
  ["a text for a rule", { NormalizationRules: "Local" }, "CMDLET_INVALID_VALUE"],
  ["an empty hashtable", { NormalizationRules: table({}) }, "CMDLET_INVALID_VALUE"],
  [
    "two rules of one name",
    { NormalizationRules: [LONG, rule({ Name: "LONG", Pattern: "^1$" })] },
    "CMDLET_ALREADY_EXISTS",
  ],
];
for (const [why, given, code] of REFUSED)
  plans(`a new plan is refused for ${why}`, () => {
    const result = invoke(REDMOND, NEW, { Identity: "New", ...given });
    assert.equal([...new Set(codesOf(result))], [code]);
    assert.is(result.tenant, REDMOND);
  });

const BAD_RULES: readonly (readonly [why: string, Parameters, ProblemCode])[] = [
  ["no name", { InMemory: true }, "CMDLET_MISSING_PARAMETER"],
  ["no -InMemory", { Name: "A" }, "CMDLET_MISSING_PARAMETER"],
  ["a broken pattern", { Name: "A", InMemory: true, Pattern: "(" }, "REGEX_INVALID"],
  [
    "a description of 513 characters",
    { Name: "A", InMemory: true, Description: "a".repeat(513) },
    "CMDLET_INVALID_VALUE",
  ],
];
for (const [why, given, code] of BAD_RULES)
  plans(`a rule is refused for ${why}`, () => {
    const result = invoke(CONTOSO, "New-CsVoiceNormalizationRule", given);
    assert.equal(codesOf(result), [code]);
    assert.equal(result.output, []);
  });

plans("wishes without effect are warned about", () => {
  const again = invoke(REDMOND, SET, {
    Identity: "Redmond",
    NormalizationRules: table({ Add: LOCAL, Remove: "Nowhere" }),
  });
  assert.equal([...codesOf(again)].sort(), ["LIST_DUPLICATE", "LIST_NOT_PRESENT"]);
  assert.equal(again.tenant, REDMOND);
});

plans("granted to a user, a plan cannot be removed until she has another", () => {
  const granted = invokeAll(REDMOND, [
    "Grant-CsTenantDialPlan",
    { Identity: "megan@contoso.com", PolicyName: "redmond" },
  ]);
  assert.is(granted.users[0]?.tenantDialPlan, "Redmond");
  const refused = invoke(granted, "Remove-CsTenantDialPlan", { Identity: "Redmond" });
  assert.equal(codesOf(refused), ["POLICY_ASSIGNED"]);
  assert.match(refused.problems[0]?.what ?? "", "megan@contoso.com");
  const removed = invokeAll(
    granted,
    ["Grant-CsTenantDialPlan", { Identity: "megan@contoso.com", PolicyName: null }],
    ["Remove-CsTenantDialPlan", { Identity: "Redmond" }],
  );
  assert.equal(removed, CONTOSO);
});

plans.run();
