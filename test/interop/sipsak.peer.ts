/** sipsak asks the trunk simulator whether it is alive. */
import * as assert from "uvu/assert";
import { startPeer } from "./peer-process.ts";
import { peerSuite } from "./peer-suite.ts";
import { type SimulatedTrunk, startTrunkSimProcess } from "./trunk-sim-process.ts";

interface Row {
  readonly name: string;
  readonly trunk: SimulatedTrunk;
  /** First line of the answer; `null` = sipsak gets none. */
  readonly answer: RegExp | null;
}

const ROWS: readonly Row[] = [
  { name: "OPTIONS over UDP is answered", trunk: {}, answer: /^SIP\/2\.0 200 / },
  { name: "a trunk in trouble says so", trunk: { optionsStatus: 503 }, answer: /^SIP\/2\.0 503 / },
  { name: "OPTIONS over TCP is answered", trunk: { transport: "tcp" }, answer: /^SIP\/2\.0 200 / },
];

const sipsak = peerSuite("sipsak and trunk-sim", ["sipsak"]);

for (const { name, trunk, answer } of ROWS) {
  sipsak(name, async () => {
    const { peer, addresses } = await startTrunkSimProcess([trunk]);
    const [at] = addresses;
    assert.ok(at);
    try {
      const asked = startPeer("sipsak", [
        "-vv",
        ...transportOf(at.transport),
        "-s",
        `sip:ping@${at.host}:${at.port}`,
      ]);
      await asked.ended;
      const lines = asked.output().split(/\r?\n/);
      assert.ok(
        lines.some((line) => answer?.test(line)),
        asked.output(),
      );
    } finally {
      await peer.stop();
    }
  });
}

function transportOf(transport: string): string[] {
  return transport === "tcp" ? ["-E", "tcp"] : [];
}

sipsak.run();
