import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import { FRESH_GLOBAL } from "../../engine/model/policies-of-type.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import { NO_GLOBAL_POLICIES } from "../../engine/model/voice-routing.ts";
import { createRouter } from "../../engine/route/create-router.ts";
import { allocatedBytes } from "./allocated-bytes.ts";
import { Chance } from "./random/chance.ts";
import { randomCall } from "./random/random-call.ts";
import { randomTenant } from "./random-tenant.ts";

const allocation = suite("allocation");

const CALLS = 100_000;
/** The smallest object a decision could make takes a dozen times as much. */
const MAX_BYTES = CALLS;

allocation("what is allocated is seen, collected or not", async () => {
  let kept: object = {};
  const bytes = await allocatedBytes(() => {
    for (let i = 0; i < CALLS; i++) kept = { i };
  });
  assert.ok("i" in kept);
  assert.ok(bytes > 10 * CALLS, `saw ${bytes} bytes`);
});

allocation("deciding bytes again allocates nothing", async () => {
  const chance = new Chance(6);
  const { compiled } = compileTenant(randomTenant(chance));
  const router = createRouter(compiled, { down: new Set(), seed: 0 });
  const calls = Array.from({ length: 500 }, () => {
    const { dialed, user, kind, hideCallerId } = randomCall(chance);
    return { bytes: Buffer.from(dialed), caller: router.callerIndex(user), kind, hideCallerId };
  });
  const decideAll = (): number => {
    let trunks = 0;
    for (let i = 0; i < CALLS; i++) {
      const call = calls[i % calls.length];
      if (call === undefined) continue;
      const { caller, kind, hideCallerId, bytes } = call;
      trunks += router.decideBytes(caller, kind, hideCallerId, bytes, 0, bytes.length).trunks
        .length;
    }
    return trunks;
  };
  const trunks = decideAll();
  assert.ok(trunks > 0);
  const bytes = await allocatedBytes(() => assert.is(decideAll(), trunks));
  assert.ok(bytes < MAX_BYTES, `${CALLS} decisions took ${bytes} bytes`);
});

/** Names a group, as .NET does. */
const LONDON = ["+44$", "{area}$", "{rest}"].join("");

/** Dial plan rules of every kind that acts: plain, with a lookahead, with an extension, and one that fails. */
const RULES = [
  ["^(\\d{7})$", "+1425$1"],
  ["^(?<area>20)(?!0)(?<rest>\\d{8})$", LONDON],
  ["^(7\\d{3})$", "+14255550100;ext=$1"],
  ["^8$", "x"],
].map(([pattern = "", translation = ""], index) => ({
  name: `Rule ${index}`,
  pattern,
  translation,
  description: null,
  isInternalExtension: false,
}));

allocation("numbers that a dial plan rewrites are decided without allocating", async () => {
  const chance = new Chance(5);
  const tenant: Tenant = {
    ...randomTenant(chance, new Set()),
    globalPolicies: NO_GLOBAL_POLICIES,
    groupPolicyAssignments: [],
    tenantDialPlans: [{ ...FRESH_GLOBAL.TenantDialPlan, normalizationRules: RULES }],
  };
  const { compiled } = compileTenant(tenant);
  const router = createRouter(compiled, { down: new Set(), seed: 0 });
  const dialed = ["5550190", "555-0191", "2079460123", "7001", "8", "1234", "+14255550123"];
  const calls = dialed.map((text) => Buffer.from(text));
  const decideAll = (): number => {
    let bytes = 0;
    for (let i = 0; i < CALLS; i++) {
      const call = calls[i % calls.length];
      if (call === undefined) continue;
      router.decideBytes(i % 6, "user-call", false, call, 0, call.length);
      bytes += router.numberEnd - router.numberStart;
    }
    return bytes;
  };
  const written = decideAll();
  const perRound = "+14255550190+14255550191+442079460123+14255550100" + "1234+14255550123";
  assert.ok(Math.abs(written - (perRound.length * CALLS) / calls.length) < 200);
  const bytes = await allocatedBytes(() => assert.is(decideAll(), written));
  assert.ok(bytes < MAX_BYTES, `${CALLS} decisions took ${bytes} bytes`);
});

allocation.run();
