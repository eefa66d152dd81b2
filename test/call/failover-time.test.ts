import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ServerCall } from "../../engine/sip/sip-calls.ts";
import { DIEGO_CALLS, withCallLab } from "./call-lab.ts";

const failoverTime = suite("failover time");

const silent = (call: ServerCall): void => call.trying();

const SECONDS: Readonly<Record<string, number>> = {
  "sbc1.contoso.com": 0.15,
  "sbc2.contoso.com": 0.45,
};

failoverTime(
  "each gateway has FailoverTimeSeconds of its own, and its clock starts with its INVITE",
  async () => {
    const gateways = Object.entries(SECONDS).map(([name, failoverTimeSeconds]) => ({
      name,
      onInvite: silent,
      gateway: { failoverTimeSeconds },
    }));
    await withCallLab(gateways, async (lab) => {
      const record = await lab.caller.place(DIEGO_CALLS);
      assert.is(record.result, "timed-out");
      assert.equal([...lab.arrived].sort(), Object.keys(SECONDS));
      for (const { trunk, outcome, phrase, invitedAt, endedAt } of record.attempts) {
        const own = SECONDS[trunk] ?? 0;
        assert.equal([outcome, phrase], ["no-response", `no response in ${own} s`]);
        const waited = Date.parse(endedAt) - Date.parse(invitedAt);
        assert.ok(waited >= own * 1_000 - 5, `${trunk}: ${waited} ms`);
      }
      await lab.caller.drain(0.1);
    });
  },
);

failoverTime.run();
