import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import type { CompiledTenant } from "../../engine/compile/compiled-tenant.ts";
import type { Call, DecisionContext } from "../../engine/model/call.ts";
import type { RouteDecision } from "../../engine/model/decision.ts";
import { recordingTracer, type TraceStep } from "../../engine/model/trace.ts";
import { createRouter } from "../../engine/route/create-router.ts";
import type { Router } from "../../engine/route/router.ts";
import { foldTrace } from "./fold-trace.ts";
import { Chance } from "./random/chance.ts";
import { randomCall, randomContext, roughCountry } from "./random/random-call.ts";
import { randomTenant } from "./random-tenant.ts";

const router = suite("router");

const isLong = process.env["LONG"] !== undefined;
const TENANTS = isLong ? 2_000 : 60;
const CALLS = 50;
const SEED = isLong ? Date.now() >>> 0 : 7;

const countryOf = (bytes: Uint8Array, start: number, end: number): string | null =>
  roughCountry(String.fromCharCode(...bytes.subarray(start, end)));

function routerOver(compiled: CompiledTenant, context: DecisionContext): Router {
  return createRouter(compiled, context, countryOf);
}

function decideBytes(over: Router, call: Call): RouteDecision {
  const bytes = Buffer.from(`xx${call.dialed}yy`, "latin1");
  const ingress = call.ingressTrunk === null ? -1 : over.gatewayIndex(call.ingressTrunk);
  const caller = over.callerIndex(call.user);
  const end = bytes.length - 2;
  const site = call.site === null ? -1 : over.siteIndex(call.site);
  return over.decideBytes(caller, call.kind, call.hideCallerId, bytes, 2, end, ingress, site);
}

/** Runs `check` on many random calls. */
function onRandomCalls(
  check: (compiled: CompiledTenant, call: Call, context: DecisionContext, over: Router) => void,
): void {
  const chance = new Chance(SEED);
  for (let i = 0; i < TENANTS; i++) {
    const { compiled } = compileTenant(randomTenant(chance));
    const context = randomContext(chance);
    const over = routerOver(compiled, context);
    for (let j = 0; j < CALLS; j++) check(compiled, randomCall(chance), context, over);
  }
}

router("decides traced as it decides silent, and the steps come to the decision", () => {
  onRandomCalls((_compiled, call, _context, over) => {
    const tracer = recordingTracer();
    const traced = over.decide(call, tracer);
    assert.equal(traced, over.decide(call));
    assert.equal(foldTrace(tracer.steps), { ...traced });
  });
});

router("shows as matched exactly the routes whose targets it tries", () => {
  let tried = 0;
  onRandomCalls((_compiled, call, _context, over) => {
    const tracer = recordingTracer();
    over.decide(call, tracer);
    const of = <K extends TraceStep["step"]>(kind: K): Extract<TraceStep, { step: K }>[] =>
      tracer.steps.filter((step): step is Extract<TraceStep, { step: K }> => step.step === kind);
    const used = of("usage").filter((s) => s.standing === "selected" || s.standing === "failover");
    const matched = used.flatMap((s) => s.routes.filter((r) => r.matched).map((r) => r.route));
    const targets = of("target").filter((s) => s.target !== "ingress-gateway");
    assert.equal(
      targets.map((s) => s.route),
      matched,
    );
    tried += matched.length;
  });
  assert.ok(tried > 500, `only ${tried} routes were tried`);
});

/** As bytes are decided: by whom it was first called is no part of them. */
function withoutOriginalCaller(call: Call): Call {
  return { ...call, originalCaller: null };
}

router("decides bytes as it decides calls, and leaves the same number", () => {
  onRandomCalls((_compiled, random, _context, over) => {
    const call = withoutOriginalCaller(random);
    const decision = over.decide(call);
    const number = Buffer.from(
      over.numberBytes.subarray(over.numberStart, over.numberEnd),
    ).toString();
    assert.equal(decideBytes(over, call), decision);
    assert.is(
      Buffer.from(over.numberBytes.subarray(over.numberStart, over.numberEnd)).toString(),
      number,
    );
  });
});

router("gives one object for calls of one kind", () => {
  onRandomCalls((_compiled, call, _context, over) => {
    assert.is(decideBytes(over, call), over.decide(withoutOriginalCaller(call)));
  });
});

router("decides with RE2 as with tables", () => {
  const chance = new Chance(SEED);
  for (let i = 0; i < TENANTS; i++) {
    const tenant = randomTenant(chance);
    const context = randomContext(chance);
    const [dfa, re2] = (["dfa", "re2"] as const).map((engine) =>
      routerOver(compileTenant(tenant, engine).compiled, context),
    );
    for (let j = 0; j < CALLS; j++) {
      const call = randomCall(chance);
      assert.equal(re2?.decide(call), dfa?.decide(call));
    }
  }
});

router("decides the same after a journey to another thread", () => {
  const chance = new Chance(SEED);
  for (let i = 0; i < 10; i++) {
    const { compiled } = compileTenant(randomTenant(chance));
    const context = randomContext(chance);
    const over = routerOver(compiled, context);
    const copy = routerOver(structuredClone(compiled), context);
    for (let j = 0; j < CALLS; j++) {
      const call = randomCall(chance);
      assert.equal(copy.decide(call), over.decide(call));
    }
  }
});

router("spreads equal-rank trunks by weight, and turns with the seed", () => {
  const tenant = randomTenant(new Chance(3), new Set());
  const user = { ...tenant.users[0], onlineVoiceRoutingPolicy: null, groups: [] };
  const trunk = { ...tenant.operators[0]?.trunks[0], priority: 0, enabled: true };
  const trunks = [
    { ...trunk, name: "a", weight: 3 },
    { ...trunk, name: "b", weight: 1 },
    { ...trunk, name: "idle", weight: 0 },
  ];
  const plain = JSON.parse(
    JSON.stringify({
      ...tenant,
      tenant: { ...tenant.tenant, coexistenceMode: "TeamsOnly" },
      users: [
        {
          ...user,
          licenses: ["TeamsPhone"],
          enterpriseVoiceEnabled: true,
          lineUri: "tel:+14255550100",
          numberType: "OperatorConnect",
        },
      ],
      operators: [{ ...tenant.operators[0], status: "Active", trunks }],
      phoneNumbers: [
        { ...tenant.phoneNumbers[0], telephoneNumber: "+14255550100", operator: "pure-ip" },
      ],
      onlineVoiceRoutes: [],
    }),
  ) as typeof tenant;
  const { compiled } = compileTenant(plain);
  const first = (seed: number): string[] => {
    const over = routerOver(compiled, { down: new Set(), seed });
    return Array.from({ length: 4000 }, (_, i) => {
      const call = {
        site: null,
        ingressTrunk: null,
        hideCallerId: false,
        kind: "user-call",
      } as const;
      const dialed = `+4420794${String(60_000 + i)}`;
      const decision = over.decide({ ...call, dialed, user: "user0@contoso.com" });
      assert.is(decision.trunks[2], "idle");
      return decision.trunks[0] ?? "";
    });
  };
  const a = first(0).filter((name) => name === "a").length;
  assert.ok(a > 2850 && a < 3150, `${a} of 4000 began with the trunk of weight 3 of 4`);
  assert.not.equal(first(0), first(1));
});

router.run();
