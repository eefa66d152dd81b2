/**
 * SIPp's scenarios against each other: what our ends fail afterwards is not the scenarios' fault.
 */
import * as assert from "uvu/assert";
import { peerSuite } from "./peer-suite.ts";
import { flowOf, startSipp } from "./sipp.ts";

const CALLS = 3;
const keys = { called: "+442079460123", calling: "+14255550100" };

const PAIRS = [
  { uas: "uas-answers", uac: "uac" },
  { uas: "uas-rings-until-cancelled", uac: "uac-cancels" },
  { uas: "uas-challenges", uac: "uac-authenticates", password: "correct-horse" },
  { uas: "uas-challenges", uac: "uac-refused-credentials", password: "wrong-horse" },
  { uas: "uas-reliable", uac: "uac-reliable" },
] as const;

const scenarios = peerSuite("SIPp's scenarios", ["sipp"]);

for (const { uas, uac, ...more } of PAIRS) {
  scenarios(`${uac} and ${uas} agree`, async () => {
    const called = await startSipp({ scenario: uas, calls: CALLS });
    const password = "password" in more ? ["-au", "contoso", "-ap", more.password] : [];
    const calling = await startSipp({
      scenario: uac,
      remote: called,
      calls: CALLS,
      keys,
      args: password,
    });
    const { created, successful, failed } = await calling.done();
    assert.equal({ created, successful, failed }, { created: CALLS, successful: CALLS, failed: 0 });
    await called.done();
    assert.is(flowOf(calling.messages()).filter((line) => line === "→ INVITE").length % CALLS, 0);
    await called.stop();
  });
}

scenarios.run();
