import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import { createRouter } from "../../engine/route/create-router.ts";
import { Chance } from "./random/chance.ts";
import { randomCall, randomContext, roughCountry } from "./random/random-call.ts";
import { randomTenant } from "./random-tenant.ts";

const ranks = suite("trunk ranks");

const isLong = process.env["LONG"] !== undefined;
const TENANTS = isLong ? 2_000 : 200;
const CALLS = 50;
const SEED = isLong ? Date.now() >>> 0 : 11;

const countryOf = (bytes: Uint8Array, start: number, end: number): string | null =>
  roughCountry(String.fromCharCode(...bytes.subarray(start, end)));

ranks(`are the decision's trunks, rank by rank, on random calls (seed ${SEED})`, () => {
  const chance = new Chance(SEED);
  let several = 0;
  let backups = 0;
  for (let i = 0; i < TENANTS; i++) {
    const { compiled } = compileTenant(randomTenant(chance));
    const router = createRouter(compiled, randomContext(chance), countryOf);
    for (let j = 0; j < CALLS; j++) {
      const call = randomCall(chance);
      const { trunks, operator, callerId } = router.decide(call);
      const of = router.trunkRanks(call);
      assert.is(
        of.every(({ names, weights }) => names.length === weights.length && names.length > 0),
        true,
      );
      let at = 0;
      for (const { names } of of) {
        assert.equal([...trunks.slice(at, at + names.length)].sort(), [...names].sort());
        at += names.length;
      }
      assert.is(at, trunks.length);
      if (of[0] !== undefined) assert.equal([of[0].operator, of[0].callerId], [operator, callerId]);
      if (of.some(({ names }) => names.length > 1)) several++;
      if (of.some((rank) => rank.callerId !== callerId)) backups++;
    }
  }
  assert.ok(several > 50, `only ${several} calls had equal trunks`);
  assert.ok(backups >= 3, `only ${backups} calls had a backup that shows another number`);
});

ranks.run();
