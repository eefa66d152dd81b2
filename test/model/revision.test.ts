import { createHash } from "node:crypto";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { canonicalJson, revisionOf } from "../../engine/model/revision.ts";
import { EMPTY_TENANT, type Tenant } from "../../engine/model/tenant.ts";
import { CONTOSO } from "../tenant/invoke.ts";

const revision = suite("revision");

const TENANTS: readonly (readonly [what: string, tenant: Tenant])[] = [
  ["that holds nothing", EMPTY_TENANT],
  ["with objects in its lists", CONTOSO],
  ["with lists of one text and of several", { ...CONTOSO, onlinePstnUsages: ["US"] }],
  [
    "with commas, quotes, half a surrogate pair and letters outside ASCII",
    { ...CONTOSO, onlinePstnUsages: ["a,b", '"]', "\ud83d", "Zürich", "東京"] },
  ],
];

for (const [what, tenant] of TENANTS) {
  revision(`is the hash of the whole canonical JSON, of a tenant ${what}`, () => {
    const whole = createHash("sha256").update(canonicalJson(tenant)).digest("hex");
    assert.is(revisionOf(tenant), whole.slice(0, 16));
  });
}

revision("does not depend on the order of keys, nor on keys that are undefined", () => {
  const turned = Object.fromEntries(Object.entries(CONTOSO).reverse());
  const withNothing = { ...turned, nothing: undefined } as unknown as Tenant;
  assert.is(revisionOf(withNothing), revisionOf(CONTOSO));
});

revision("depends on the order of a list", () => {
  const usages = ["US", "UK"];
  const before = revisionOf({ ...CONTOSO, onlinePstnUsages: usages });
  assert.is.not(revisionOf({ ...CONTOSO, onlinePstnUsages: usages.toReversed() }), before);
});

revision.run();
