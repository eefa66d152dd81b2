import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { CallGround } from "../../engine/call/caller.ts";
import { trunkTargets } from "../../engine/call/trunk-targets.ts";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import { EVERYTHING_UP } from "../../engine/model/call.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import { createRouter } from "../../engine/route/create-router.ts";
import type { ServerCall } from "../../engine/sip/sip-calls.ts";
import { MEGAN_CALLS, withCallLab } from "./call-lab.ts";

const adopt = suite("adopting a tenant");

function groundOf(tenant: Tenant): CallGround {
  const router = createRouter(compileTenant(tenant).compiled, EVERYTHING_UP);
  return { tenant, router, targets: trunkTargets(tenant, []) };
}

/** The tenant with its first trunk changed, or gone. */
function changed(tenant: Tenant, change: "disabled" | "gone"): Tenant {
  const operators = tenant.operators.map((operator) => ({
    ...operator,
    trunks: operator.trunks.flatMap((trunk, at) => {
      if (at > 0) return [trunk];
      return change === "gone" ? [] : [{ ...trunk, enabled: false }];
    }),
  }));
  return { ...tenant, operators };
}

const answers = (call: ServerCall): void => call.answer();

for (const change of ["disabled", "gone"] as const) {
  adopt(`calls over a trunk that is ${change} live on, new ones go elsewhere`, async () => {
    const trunks = [
      { name: "trunk-1", onInvite: answers },
      { name: "trunk-2", onInvite: answers, trunk: { priority: 1 } },
    ];
    await withCallLab(trunks, async ({ caller, tenant, wire }) => {
      const hangUp = new AbortController();
      const talking = caller.place(MEGAN_CALLS, { signal: hangUp.signal });
      while (caller.counts().talking === 0) await new Promise(setImmediate);

      const ground = groundOf(changed(tenant, change));
      caller.adopt(ground);
      const record = await caller.place(MEGAN_CALLS, { holdSeconds: 0 });
      assert.equal([record.trunk, record.attempts.length], ["trunk-2", 1]);
      assert.is(record.revision, ground.router.revision);
      assert.is(caller.counts().talking, 1);
      assert.is(caller.load().find(({ trunk }) => trunk === "trunk-1")?.calls, 1);
      assert.not(wire.includes("trunk-1 > BYE"));

      hangUp.abort();
      const first = await talking;
      assert.equal([first.trunk, first.result], ["trunk-1", "answered"]);
      assert.not.equal(first.revision, record.revision);
    });
  });
}

adopt.run();
