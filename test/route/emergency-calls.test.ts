import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import { EVERYTHING_UP } from "../../engine/model/call.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import { createRouter } from "../../engine/route/create-router.ts";
import type { Router } from "../../engine/route/router.ts";
import { allocatedBytes } from "./allocated-bytes.ts";
import { type DecisionCase, decisionCases } from "./decision-rows.ts";

const emergency = suite("emergency calls");

const rows = decisionCases().filter(({ file }) => file === "emergency.json");

function rowOf(name: string): DecisionCase {
  const found = rows.find(({ row }) => row.name === name);
  if (found === undefined) throw new Error(`no row ${name}`);
  return found;
}

function routerOf(tenant: Tenant, context = EVERYTHING_UP): Router {
  return createRouter(compileTenant(tenant).compiled, context);
}

function text(router: Router): string {
  const { numberBytes, numberStart, numberEnd } = router;
  return Buffer.from(numberBytes.subarray(numberStart, numberEnd)).toString();
}

emergency("a call given by bytes and a site's index is decided as one given by names", () => {
  const sited = rows.filter(({ call }) => call.site !== null);
  assert.ok(sited.length >= 5);
  for (const { row, tenant, call, context } of sited) {
    const router = routerOf(tenant, context);
    const named = router.decide(call);
    const bytes = Buffer.from(call.dialed);
    const site = router.siteIndex(call.site ?? "");
    const caller = router.callerIndex(call.user);
    const { kind, hideCallerId: hide } = call;
    assert.is(
      router.decideBytes(caller, kind, hide, bytes, 0, bytes.length, -1, site),
      named,
      row.name,
    );
  }
});

emergency("what is called is the dial string", () => {
  const { tenant, call } = rowOf("9911: the other mask goes by the usage of the policy's entry");
  const router = routerOf(tenant);
  router.decide(call);
  assert.is(text(router), "911");
  router.decide({ ...call, dialed: "+14255550199" });
  assert.is(text(router), "+14255550199");
});

emergency("its trunks by rank are those of its usage, and the next call's are its own", () => {
  const name = "several routes of the usage are tried by priority";
  const { tenant, call } = rowOf(name);
  const router = routerOf(tenant);
  const ranks = router.trunkRanks(call);
  assert.equal(
    ranks.map((rank) => rank.names),
    [["sbc2.contoso.com"], ["sbc1.contoso.com"]],
  );
  assert.ok(ranks.every((rank) => rank.callerId === "+14255550106"));
  const ordinary = router.trunkRanks({ ...call, dialed: "+14255550199" });
  assert.equal(
    ordinary.map((rank) => rank.names),
    [["sbc1.contoso.com"]],
  );
});

emergency("equal emergency calls give the same decision, other callers and sites their own", () => {
  const { tenant, call } = rowOf("of site and user the site's policy counts");
  const router = routerOf(tenant);
  const atSite = router.decide(call);
  const elsewhere = router.decide({ ...call, site: null });
  assert.is(router.decide(call), atSite);
  assert.is(router.decide({ ...call, site: null }), elsewhere);
  assert.is.not(atSite.policy, elsewhere.policy);
  const other = router.decide({ ...call, user: "grady@contoso.com", dialed: "911", site: null });
  assert.is(other.callerId, "+14255550109");
  assert.is(elsewhere.callerId, "+14255550106");
});

emergency(
  "at a site whose policy does not exist the caller's own counts, and the site is told of",
  () => {
    const { tenant, call } = rowOf("of site and user the site's policy counts");
    const networkSites = tenant.networkSites.map((site) =>
      site.identity === "London" ? { ...site, teamsEmergencyCallRoutingPolicy: "Gone" } : site,
    );
    const { compiled, problems } = compileTenant({ ...tenant, networkSites });
    const decision = createRouter(compiled, EVERYTHING_UP).decide(call);
    assert.is(decision.policy, "US Emergency");
    assert.is(decision.policySource, "direct");
    assert.equal(
      problems.map(({ code, what }) => [code, what.includes('"London"'), what.includes('"Gone"')]),
      [["POLICY_UNKNOWN", true, true]],
    );
  },
);

const CALLS = 100_000;
const MAX_BYTES = CALLS;

emergency("deciding emergency and restricted calls again allocates nothing", async () => {
  const calls = decisionCases()
    .filter(({ file }) => file === "emergency.json" || file === "restrictions.json")
    .filter((_, index) => index % 8 === 0)
    .map(({ tenant, call, context }) => {
      const router = routerOf(tenant, context);
      const caller = router.callerIndex(call.user);
      const site = call.site === null ? -1 : router.siteIndex(call.site);
      return { router, caller, site, call, bytes: Buffer.from(call.dialed) };
    });
  const decideAll = (): number => {
    let trunks = 0;
    for (let i = 0; i < CALLS; i++) {
      const one = calls[i % calls.length];
      if (one === undefined) continue;
      const { router, caller, site, call, bytes } = one;
      const { kind, hideCallerId: hide } = call;
      trunks += router.decideBytes(caller, kind, hide, bytes, 0, bytes.length, -1, site).trunks
        .length;
    }
    return trunks;
  };
  const trunks = decideAll();
  assert.ok(trunks > 0);
  const bytes = await allocatedBytes(() => assert.is(decideAll(), trunks));
  assert.ok(bytes < MAX_BYTES, `${CALLS} decisions took ${bytes} bytes`);
});

emergency("hostile policies cost little: ten thousand numbers with long masks", () => {
  const { tenant } = rowOf("911: the dial string goes by the usage of the policy's entry");
  const numbers = Array.from({ length: 10_000 }, (_, i) => ({
    emergencyDialString: String(10_000 + i),
    emergencyDialMask: Array.from({ length: 20 }, (_mask, j) =>
      j === 0 ? `${i}`.repeat(3) : `${i}${j}`.repeat(30),
    ).join(";"),
    onlinePstnUsage: "Emergency",
  }));
  const policies = tenant.teamsEmergencyCallRoutingPolicies.map((policy) =>
    policy.identity === "US Emergency" ? { ...policy, emergencyNumbers: numbers } : policy,
  );
  const started = process.cpuUsage();
  const router = routerOf({ ...tenant, teamsEmergencyCallRoutingPolicies: policies });
  const call = { kind: "user-call", user: "diego@contoso.com" } as const;
  const rest = { site: null, ingressTrunk: null, hideCallerId: false };
  router.decide({ ...call, ...rest, dialed: "777" });
  assert.is(text(router), "10007", "the mask of the eighth number");
  // WHY not by the clock: a machine with other work would fail what is quick.
  assert.ok(process.cpuUsage(started).user < 5e6);
});

emergency.run();
