import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import { createRouter } from "../../engine/route/create-router.ts";
import { Chance, randomCall, randomTenant } from "./random-tenant.ts";

const allocation = suite("allocation");

const CALLS = 100_000;
const ATTEMPTS = 5;
/** One small object a decision would take several times as much. */
const MAX_BYTES = 8 * CALLS;

allocation("deciding bytes again allocates nothing", () => {
  const chance = new Chance(5);
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
  // Several attempts: compiling in the background may allocate during one of them.
  const grown = Array.from({ length: ATTEMPTS }, () => {
    const before = process.memoryUsage().heapUsed;
    assert.is(decideAll(), trunks);
    return process.memoryUsage().heapUsed - before;
  }).sort((a, b) => a - b);
  const median = grown[Math.floor(ATTEMPTS / 2)] ?? 0;
  assert.ok(median < MAX_BYTES, `the heap grew by ${median} bytes over ${CALLS} decisions`);
});

allocation.run();
