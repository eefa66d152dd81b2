import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import { EVERYTHING_UP } from "../../engine/model/call.ts";
import { createRouter } from "../../engine/route/create-router.ts";
import { Chance } from "./random/chance.ts";
import { randomCall } from "./random/random-call.ts";
import { randomTenant } from "./random-tenant.ts";

const exactCalls = suite("exact calls");

const TENANTS = 20;
const CALLS = 300;

exactCalls("are settled by tenant and call, not by what was decided before", () => {
  let exact = 0;
  for (let seed = 1; seed <= TENANTS; seed++) {
    const chance = new Chance(seed);
    const { compiled } = compileTenant(randomTenant(chance));
    const router = createRouter(compiled, EVERYTHING_UP);
    const calls = Array.from({ length: CALLS }, () => randomCall(chance));
    const text = Buffer.from(calls.map(({ dialed }) => dialed).join(""), "latin1");
    /** What each call came to, the numbers in bytes of their own or all in the same. */
    const decideAll = (isStream: boolean): string[] => {
      let at = 0;
      return calls.map(({ dialed, user, kind, hideCallerId }) => {
        const before = router.exactCalls;
        const caller = router.callerIndex(user);
        const bytes = isStream ? text : Buffer.from(dialed, "latin1");
        const start = isStream ? at : 0;
        const end = start + dialed.length;
        at += dialed.length;
        const decision = router.decideBytes(caller, kind, hideCallerId, bytes, start, end);
        const { numberBytes, numberStart, numberEnd } = router;
        const number = Buffer.from(numberBytes.subarray(numberStart, numberEnd)).toString();
        return JSON.stringify([decision, number, router.exactCalls - before]);
      });
    };
    const first = decideAll(false);
    assert.equal(decideAll(true), first);
    assert.equal(decideAll(false), first);
    exact += first.filter((answer) => answer.endsWith(",1]")).length;
  }
  assert.ok(exact > 0 && exact < TENANTS * CALLS, `${exact} calls`);
});

exactCalls.run();
