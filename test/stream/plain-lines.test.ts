import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import { CALL_KINDS } from "../../engine/model/call.ts";
import { createRouter } from "../../engine/route/create-router.ts";
import type { Router } from "../../engine/route/router.ts";
import { ChunkRouter } from "../../engine/stream/chunk-router.ts";
import { OutputBytes } from "../../engine/stream/output-bytes.ts";
import type { OutputFormat } from "../../engine/stream/row-format.ts";
import type { CallDefaults, InputSetup } from "../../engine/stream/stream-setup.ts";
import { Chance } from "../route/random/chance.ts";
import { randomCall, randomContext } from "../route/random/random-call.ts";
import { randomTenant } from "../route/random-tenant.ts";

const plain = suite("plain lines");

const isLong = process.env["LONG"] !== undefined;
const TENANTS = isLong ? 3000 : 12;
const LINES = 120;
const SEED = Number(process.env["SEED"] ?? (isLong ? Date.now() >>> 0 : 20_261_121));

/** What stands in no number, needs quotes or escapes, or is as long or short as numbers get. */
const ODD = [
  ..."911 1 12345678 1234567890123456 +12345678901234567 *67 tel:+14255550100 1,2 5\\6".split(" "),
  '"+14255550100"',
  "+1 (425) 555-0100",
  "+14255550100;ext=12",
  "é",
  " ",
  "0".repeat(70),
];

/** Routes one chunk and gives its rows, without their line ends, and what was counted. */
function routed(
  router: Router,
  input: InputSetup,
  output: OutputFormat,
  call: CallDefaults,
  text: string,
): { readonly rows: readonly string[]; readonly counted: ReadonlySet<string> } {
  const chunks = new ChunkRouter(router, { input, output, defaults: call, allFaults: false });
  const out = new OutputBytes(new ArrayBuffer(0));
  const { tally } = chunks.route(new TextEncoder().encode(text), out);
  const rows = Buffer.from(out.bytes.subarray(0, out.length)).toString().split("\n");
  assert.is(rows.pop(), "");
  return { rows, counted: new Set(tally.map((line) => JSON.stringify(line))) };
}

plain(
  "give the rows of their decisions, and the same ones as records that name every field",
  () => {
    const chance = new Chance(SEED);
    for (let i = 0; i < TENANTS; i++) {
      const { compiled } = compileTenant(randomTenant(chance));
      const router = createRouter(compiled, randomContext(chance));
      const call = { ...randomCall(chance), kind: chance.pick(CALL_KINDS), originalCaller: null };
      const numbers = Array.from({ length: LINES }, () => randomCall(chance).dialed);
      const dialed = [...numbers, ...ODD, ...numbers].filter((text) => !/[\r\n]|^$/.test(text));
      const lines = dialed.join(chance.once(2) ? "\n" : "\r\n");
      const records = dialed.map((text) => JSON.stringify({ dialed: text })).join("\n");
      for (const output of ["csv", "ndjson"] as const) {
        const told = `seed ${SEED}, tenant ${i}, ${output}`;
        const short = routed(router, { format: "lines" }, output, call, lines);
        const long = routed(router, { format: "ndjson" }, output, call, records);
        assert.equal(short, long, told);
        if (output === "csv" || router.callerIndex(call.user) < 0) continue;
        for (const [at, row] of short.rows.entries()) {
          const { outcome, route, callerId, trunks, reason } = JSON.parse(row);
          const decided = router.decide({ ...call, dialed: dialed[at] ?? "" });
          const seen = { outcome, route, callerId, trunks, reason };
          const { outcome: o, route: r, callerId: c, trunks: t, reason: why } = decided;
          assert.equal(seen, { outcome: o, route: r, callerId: c, trunks: t, reason: why }, told);
        }
      }
    }
  },
);

plain("keep a row of each caller ID that one outline is shown with", () => {
  const chance = new Chance(SEED);
  const { compiled } = compileTenant(randomTenant(chance));
  const real = createRouter(compiled, randomContext(chance));
  const outline = 40;
  const decision = { ...real.outline(1).decision, callerId: null };
  let asked = 0;
  const router: Router = {
    ...real,
    revision: "r",
    generation: 0,
    numberBytes: new Uint8Array([49]),
    numberStart: 0,
    numberEnd: 1,
    get callerId(): number {
      return asked % 3;
    },
    callerIndex: () => 0,
    shownCallerId: (index) => `+1425555010${index}`,
    outline: () => ({ decision, showsOwnNumber: true }),
    outlineBytes: () => {
      asked++;
      return outline;
    },
  };
  const call = { ...randomCall(chance), user: "megan@contoso.com", originalCaller: null };
  const lines = { ...call, ingressTrunk: null, site: null };
  const { rows } = routed(router, { format: "lines" }, "ndjson", lines, "1\n".repeat(9));
  const shown = rows.map((row) => Number(JSON.parse(row).callerId.at(-1)));
  assert.equal(shown, [1, 2, 0, 1, 2, 0, 1, 2, 0]);
});

plain.run();
