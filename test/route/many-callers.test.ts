import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import { EVERYTHING_UP } from "../../engine/model/call.ts";
import type { RouteDecision } from "../../engine/model/decision.ts";
import { EMPTY_TENANT, type Tenant } from "../../engine/model/tenant.ts";
import { USER_DEFAULTS } from "../../engine/model/user.ts";
import { GATEWAY_DEFAULTS } from "../../engine/model/voice-routing.ts";
import { createRouter } from "../../engine/route/create-router.ts";

const many = suite("many callers");

const CALLERS = 3000;
const ROUTES = 20;
const ROUNDS = 3;

/** Callers who differ in nothing but their own numbers, and a route for each first two digits. */
const TENANT: Tenant = {
  ...EMPTY_TENANT,
  users: Array.from({ length: CALLERS }, (_, i) => ({
    ...USER_DEFAULTS,
    userPrincipalName: `caller${i}@contoso.com`,
    displayName: `Caller ${i}`,
    usageLocation: "US",
    licenses: ["TeamsPhone" as const],
    enterpriseVoiceEnabled: true,
    lineUri: `tel:+1425555${String(i).padStart(4, "0")}`,
    numberType: "DirectRouting" as const,
    onlineVoiceRoutingPolicy: "All",
  })),
  onlinePstnUsages: ["All"],
  onlineVoiceRoutes: Array.from({ length: ROUTES }, (_, i) => ({
    identity: `Route ${i}`,
    priority: i,
    numberPattern: `^\\+${i + 30}`,
    onlinePstnUsages: ["All"],
    onlinePstnGatewayList: ["sbc1.contoso.com"],
    bridgeSourcePhoneNumber: null,
    description: null,
  })),
  onlinePstnGateways: [
    { ...GATEWAY_DEFAULTS, identity: "sbc1.contoso.com", sipSignalingPort: 5067, enabled: true },
  ],
  onlineVoiceRoutingPolicies: [
    ...EMPTY_TENANT.onlineVoiceRoutingPolicies,
    { identity: "All", onlinePstnUsages: ["All"], description: null },
  ],
};

many(
  "who differ in their own numbers only share their outlines, and show their own numbers",
  () => {
    const { compiled } = compileTenant(TENANT);
    const router = createRouter(compiled, EVERYTHING_UP);
    const outlines = new Set<number>();
    for (let round = 0; round < ROUNDS; round++) {
      for (let caller = 0; caller < CALLERS; caller++) {
        const route = (caller + round) % ROUTES;
        const bytes = Buffer.from(`+${route + 30}2079460123`);
        const outline = router.outlineBytes(caller, "user-call", false, bytes, 0, bytes.length);
        outlines.add(outline);
        const { decision, showsOwnNumber } = router.outline(outline);
        assert.is(decision.route, `Route ${route}`);
        assert.is(decision.callerId, null);
        assert.ok(showsOwnNumber);
        const own = `+1425555${String(caller).padStart(4, "0")}`;
        assert.is(router.shownCallerId(router.callerId), own);
      }
    }
    assert.is(outlines.size, ROUTES);
    assert.is(router.generation, 0);
  },
);

many(
  "get the same decision, which shows their own number, whenever they make the same call",
  () => {
    const { compiled } = compileTenant(TENANT);
    const router = createRouter(compiled, EVERYTHING_UP);
    const decideAll = (): readonly RouteDecision[] =>
      Array.from({ length: CALLERS * 2 }, (_, call) => {
        // Each route has callers in turn, and each caller two routes.
        const caller = call >> 1;
        const bytes = Buffer.from(`+${30 + ((caller + call) % ROUTES)}2079460123`);
        return router.decideBytes(caller, "user-call", false, bytes, 0, bytes.length);
      });
    const first = decideAll();
    assert.is(new Set(first).size, CALLERS * 2);
    first.forEach(({ callerId }, call) => {
      assert.is(callerId, `+1425555${String(call >> 1).padStart(4, "0")}`);
    });
    const again = decideAll();
    first.forEach((decision, call) => {
      assert.is(again[call], decision);
    });
  },
);

many.run();
