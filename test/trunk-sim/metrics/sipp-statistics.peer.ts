/**
 * Our statistics beside those of the SIPp that is installed: the same columns, cells of the same looks.
 */
import * as assert from "uvu/assert";
import { SippStatistics } from "../../../trunk-sim/metrics/sipp-statistics.ts";
import { peerSuite } from "../../interop/peer-suite.ts";
import { startSipp } from "../../interop/sipp.ts";
import { play } from "./played-call.ts";

const CALLS = 5;

const columns = peerSuite("columns of SIPp's statistics", ["sipp"]);

columns("SIPp's server and caller and our simulator write the same", async () => {
  const called = await startSipp({ scenario: "uas", calls: CALLS });
  const calling = await startSipp({ scenario: "uac", remote: called, calls: CALLS });
  await calling.done();
  await called.done();
  const [uac = [], uas = []] = [calling, called].map((sipp) => sipp.statistics().split("\n"));
  let text = "";
  const ours = new SippStatistics((part) => {
    text += part;
  });
  for (let call = 0; call < CALLS; call++) play(ours.listener, { answered: 3, ended: 5 });
  ours.stop();
  const lines = text.split("\n");
  assert.is(lines[0], uac[0]);
  assert.is(lines[0], uas[0]);
  const column = lines[0]?.split(";").indexOf("SuccessfulCall(C)") ?? -1;
  for (const [name, rows] of Object.entries({ uac, ours: lines })) {
    const last =
      rows
        .filter((row) => row !== "")
        .at(-1)
        ?.split(";") ?? [];
    assert.is(last[column], String(CALLS), name);
    assert.is(last.length, lines[0]?.split(";").length, name);
  }
});

columns.run();
