import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ProblemCode } from "../../engine/model/problem.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import { CONTOSO, codesOf, invoke, invokeAll, type Parameters } from "./invoke.ts";

const rules = suite("translation rule cmdlets");
const NEW = "New-CsTeamsTranslationRule";
const ADD_PLUS = { Identity: "AddPlus", Pattern: "^(\\d+)$", Translation: "+$1" };

const TENANT: Tenant = invokeAll(
  CONTOSO,
  [NEW, ADD_PLUS],
  [NEW, { Name: "Strip", Pattern: "^\\+(\\d+)$", Translation: "$1", Description: "E.164 off" }],
);

rules("rules are made by Identity or Name, changed, printed and removed", () => {
  assert.equal(
    TENANT.teamsTranslationRules.map((rule) => rule.identity),
    ["AddPlus", "Strip"],
  );
  const changedRule = invoke(TENANT, "Set-CsTeamsTranslationRule", {
    Identity: "addplus",
    Translation: "+44$1",
  }).tenant.teamsTranslationRules[0];
  assert.equal(changedRule, {
    identity: "AddPlus",
    pattern: "^(\\d+)$",
    translation: "+44$1",
    description: null,
  });
  const printed = invoke(TENANT, "Get-CsTeamsTranslationRule", { Identity: "STRIP" });
  assert.equal(printed.output[0]?.properties, {
    Identity: "Strip",
    Name: "Strip",
    Description: "E.164 off",
    Pattern: "^\\+(\\d+)$",
    Translation: "$1",
  });
  assert.is(invoke(TENANT, "Get-CsTeamsTranslationRule", { Filter: "S*" }).output.length, 1);
  const removed = invoke(TENANT, "Remove-CsTeamsTranslationRule", { Identity: "Strip" }).tenant;
  assert.is(removed.teamsTranslationRules.length, 1);
});

rules("a rule that a gateway names cannot be removed", () => {
  for (const list of [
    "InboundTeamsNumberTranslationRules",
    "InboundPstnNumberTranslationRules",
    "OutboundTeamsNumberTranslationRules",
    "OutboundPstnNumberTranslationRules",
  ]) {
    const used = invokeAll(TENANT, [
      "New-CsOnlinePSTNGateway",
      { Fqdn: "sbc1.contoso.com", SipSignalingPort: 5067, [list]: ["Strip"] },
    ]);
    const refused = invoke(used, "Remove-CsTeamsTranslationRule", { Identity: "Strip" });
    assert.equal(codesOf(refused), ["TRANSLATION_RULE_IN_USE"]);
    assert.match(refused.problems[0]?.hint ?? "", "sbc1.contoso.com");
  }
});

const REFUSED: readonly (readonly [why: string, Parameters, ProblemCode])[] = [
  ["no identity", { Identity: "" }, "CMDLET_MISSING_PARAMETER"],
  ["an identity that is there", { Identity: "ADDPLUS" }, "CMDLET_ALREADY_EXISTS"],
  ["a name of 101 characters", { Identity: "a".repeat(101) }, "CMDLET_INVALID_VALUE"],
  ["a pattern of 1025 characters", { Pattern: "1".repeat(1025) }, "CMDLET_INVALID_VALUE"],
  ["an empty pattern", { Pattern: "" }, "CMDLET_INVALID_VALUE"],
  ["a broken pattern", { Pattern: "[1" }, "REGEX_INVALID"],
  ["a translation of 257 characters", { Translation: "1".repeat(257) }, "CMDLET_INVALID_VALUE"],
];
for (const [why, given, code] of REFUSED)
  rules(`a new rule is refused for ${why}`, () => {
    assert.equal(codesOf(invoke(TENANT, NEW, { ...ADD_PLUS, Identity: "New", ...given })), [code]);
  });

rules("names, patterns and translations may be as long as documented, and rules as many", () => {
  const longest = {
    Identity: "a".repeat(100),
    Pattern: "1".repeat(1024),
    Translation: "1".repeat(256),
  };
  const teamsTranslationRules = Array.from({ length: 399 }, (_, i) => ({
    identity: `R${i}`,
    pattern: "^1$",
    translation: "2",
    description: null,
  }));
  const full = invokeAll({ ...CONTOSO, teamsTranslationRules }, [NEW, longest]);
  assert.is(full.teamsTranslationRules.length, 400);
  assert.equal(codesOf(invoke(full, NEW, ADD_PLUS)), ["CMDLET_INVALID_VALUE"]);
});

rules("what is not there is not found", () => {
  for (const cmdlet of ["Get", "Set", "Remove"]) {
    const result = invoke(TENANT, `${cmdlet}-CsTeamsTranslationRule`, { Identity: "AddPlos" });
    assert.equal(codesOf(result), ["CMDLET_NOT_FOUND"]);
    assert.match(result.problems[0]?.hint ?? "", "AddPlus");
  }
});

rules.run();
