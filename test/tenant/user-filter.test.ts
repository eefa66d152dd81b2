import { suite } from "uvu";
import * as assert from "uvu/assert";
import { outputObject } from "../../engine/tenant/cmdlet.ts";
import { readUserFilter } from "../../engine/tenant/user-filter.ts";
import { CONTOSO, codesOf, invoke } from "./invoke.ts";

const filters = suite("Get-CsOnlineUser -Filter");

const PROPERTIES = ["Name", "LineUri", "TenantDialPlan", "EnterpriseVoiceEnabled", "FeatureTypes"];

const PEOPLE = [
  ["Megan", "tel:+14255550101", "US", true, ["Teams", "PhoneSystem"]],
  ["Adele", "tel:+442079460101", "GB", true, ["Teams"]],
  ["Diego", null, null, false, ["Teams"]],
].map((values) =>
  outputObject(Object.fromEntries(PROPERTIES.map((name, i) => [name, values[i] ?? null]))),
);

const ACCEPTED: readonly (readonly [filter: string, names: string])[] = [
  [`LineURI -like "tel:+1425*"`, "Megan"],
  [`lineuri -LIKE 'TEL:*0101'`, "Megan Adele"],
  [`LineUri -like '*555*01'`, "Megan"],
  [`LineUri -like 'tel:+14255550101'`, "Megan"],
  [`LineUri -like 'tel:+1425555*55550101'`, ""],
  [`LineUri -notlike '*0101'`, "Diego"],
  ["LineUri -eq $null", "Diego"],
  ["LineUri -ne $null", "Megan Adele"],
  [`LineUri -ne ''`, "Megan Adele"],
  ["EnterpriseVoiceEnabled -eq $true", "Megan Adele"],
  ["EnterpriseVoiceEnabled -eq $False", "Diego"],
  [`TenantDialPlan -eq "Tag:gb"`, "Adele"],
  [`(TenantDialPlan -eq 'US') -or (TenantDialPlan -eq 'GB')`, "Megan Adele"],
  [`TenantDialPlan -eq 'US' -or TenantDialPlan -eq 'GB' -and Name -eq 'Adele'`, "Adele"],
  [`-not (TenantDialPlan -eq 'US') -and -not(LineUri -eq $null)`, "Adele"],
  [`FeatureTypes -contains 'PhoneSystem'`, "Megan"],
  ["\n  Name -eq Diego\n", "Diego"],
];

filters("accepts whom its comparisons hold for", () => {
  for (const [filter, names] of ACCEPTED) {
    const read = readUserFilter(filter, PROPERTIES);
    assert.ok(read.ok, filter);
    const accepted = PEOPLE.filter((one) => read.ok && read.accepts(one));
    assert.is(accepted.map(({ properties }) => properties["Name"]).join(" "), names, filter);
  }
});

const NOT_READ: readonly (readonly [filter: string, cause: RegExp])[] = [
  [`Department -eq 'Sales'`, /"Department" is no property/],
  ["Name -eq $who", /"\$who" is no literal/],
  [`Name -eq "$who"`, /is not read/],
  [`Name -like 'M?gan'`, /"-like" is not evaluated/],
  [`Name -gt 'A'`, /"-gt" is not evaluated/],
  [`Name -eq`, /ends too early/],
  [`(Name -eq 'a'`, /ends too early/],
  [`Name -eq 'a')`, /not expected/],
  [`Name.Length -eq 5`, /"Name.Length" is no property/],
  ["(".repeat(1000), /nested too deeply/],
  ["-not ".repeat(1000), /nested too deeply/],
  [`Name -eq '${"a".repeat(20_000)}'`, /too long/],
];

filters("names what it cannot evaluate", () => {
  for (const [filter, cause] of NOT_READ) {
    const read = readUserFilter(filter, PROPERTIES);
    assert.not.ok(read.ok, filter);
    if (!read.ok) assert.match(read.cause, cause);
  }
});

filters("narrows what Get-CsOnlineUser prints, before -ResultSize counts", () => {
  const all = invoke(CONTOSO, "Get-CsOnlineUser").output.map((one) => one.properties["Identity"]);
  const last = String(all.at(-1));
  const found = invoke(CONTOSO, "Get-CsOnlineUser", {
    Filter: `UserPrincipalName -eq '${last}'`,
    ResultSize: 1,
  });
  assert.equal(
    found.output.map((one) => one.properties["Identity"]),
    [last],
  );
  const refused = invoke(CONTOSO, "Get-CsOnlineUser", { Filter: "Department -eq 'Sales'" });
  assert.equal(codesOf(refused), ["IMPORT_UNRESOLVED"]);
  assert.is(refused.output.length, 0);
});

filters.run();
