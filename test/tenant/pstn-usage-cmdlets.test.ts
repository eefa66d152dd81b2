import { suite } from "uvu";
import * as assert from "uvu/assert";
import { CONTOSO, codesOf, invoke, invokeAll, table } from "./invoke.ts";

const usages = suite("PSTN usage cmdlets");
const SET = "Set-CsOnlinePstnUsage";

usages("a usage is added at the end, under the only identity there is", () => {
  const result = invoke(CONTOSO, SET, { Identity: "global", Usage: table({ Add: "Local" }) });
  assert.equal(result.problems, []);
  assert.equal(result.tenant.onlinePstnUsages, ["UK", "International", "Local"]);
});

usages("a plain array replaces the list, removal comes before addition, $null clears", () => {
  const of = (usage: Parameters<typeof invoke>[2]): readonly string[] =>
    invoke(CONTOSO, SET, usage).tenant.onlinePstnUsages;
  assert.equal(of({ Usage: ["Local", "uk"] }), ["Local", "UK"]);
  assert.equal(of({ Usage: table({ add: ["UK"], REMOVE: "uk" }) }), ["International", "UK"]);
  assert.equal(of({ Usage: table({ Replace: ["Local"] }) }), ["Local"]);
  assert.equal(of({ Usage: null }), []);
});

usages(
  "adding what is there and removing what is not are warned about and change nothing else",
  () => {
    const result = invoke(CONTOSO, SET, {
      Usage: table({ Add: ["uk", "Local"], Remove: "Internatonal" }),
    });
    assert.equal(codesOf(result), ["USAGE_DUPLICATE", "USAGE_NOT_PRESENT"]);
    assert.equal(result.problems[1]?.hint, 'did you mean "International"?');
    assert.equal(result.tenant.onlinePstnUsages, ["UK", "International", "Local"]);
  },
);

usages("a usage that a route or policy names is kept, unless -Force takes it out of them", () => {
  const tenant = invokeAll(
    CONTOSO,
    ["New-CsOnlineVoiceRoute", { Identity: "UK", OnlinePstnUsages: "uk" }],
    ["New-CsOnlineVoiceRoutingPolicy", { Identity: "London", OnlinePstnUsages: ["UK"] }],
  );
  const refused = invoke(tenant, SET, { Usage: table({ Remove: "UK" }) });
  assert.equal(codesOf(refused), ["USAGE_IN_USE"]);
  assert.match(refused.problems[0]?.what ?? "", /voice route "UK", voice routing policy "London"/);
  const forced = invoke(tenant, SET, { Usage: table({ Remove: "UK" }), Force: true }).tenant;
  assert.equal(forced.onlinePstnUsages, ["International"]);
  assert.equal(forced.onlineVoiceRoutes[0]?.onlinePstnUsages, []);
  assert.equal(forced.onlineVoiceRoutingPolicies[1]?.onlinePstnUsages, []);
  assert.equal(codesOf(invoke(tenant, SET, { Usage: table({ Remove: "International" }) })), []);
});

usages("there is one list, and it is Global", () => {
  assert.equal(codesOf(invoke(CONTOSO, SET, { Identity: "UK", Usage: "x" })), [
    "CMDLET_INVALID_VALUE",
  ]);
  assert.equal(codesOf(invoke(CONTOSO, SET, {})), ["CMDLET_MISSING_PARAMETER"]);
  const shown = invoke(CONTOSO, "Get-CsOnlinePstnUsage").output;
  assert.equal(shown[0]?.properties, { Identity: "Global", Usage: ["UK", "International"] });
  assert.equal(codesOf(invoke(CONTOSO, "Get-CsOnlinePstnUsage", { Identity: "x" })), [
    "CMDLET_INVALID_VALUE",
  ]);
});

usages.run();
