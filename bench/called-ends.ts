/**
 * Called ends to compare: each answers SIPp's `uac` on the core of the programs under test.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../test/interop/free-ports.ts";
import { startKamailio } from "../test/interop/kamailio.ts";
import { startPeer } from "../test/interop/peer-process.ts";
import { startSipp } from "../test/interop/sipp.ts";
import { startTrunkSimProcess } from "../test/interop/trunk-sim-process.ts";
import { type CalledEnd, TESTED_CORE } from "./sip-load.ts";

const here = dirname(fileURLToPath(import.meta.url));
const HOST = "127.0.0.1";

/** SIPp's own `uas`: 180 and 200 at once. */
export async function startSippUas(): Promise<CalledEnd> {
  const sipp = await startSipp({ scenario: "uas", cores: TESTED_CORE, quiet: true });
  return { name: "SIPp uas", pid: sipp.peer.pid, host: HOST, port: sipp.port, stop: sipp.stop };
}

/** Kamailio with one process, 180 and 200 by `t_reply`. */
export async function startKamailioAnswer(): Promise<CalledEnd> {
  const { peer, addressOf } = await startKamailio({
    config: "answer",
    transports: ["udp"],
    cores: TESTED_CORE,
  });
  const { host, port } = addressOf("udp");
  return { name: "Kamailio t_reply, 1 child", pid: peer.pid, host, port, stop: peer.stop };
}

/** npm `sip` 0.0.6: 180 and 200 at once. */
export async function startNpmSip(): Promise<CalledEnd> {
  const port = await freePort();
  const peer = startPeer("node", [join(here, "npm-sip-server.js"), `${port}`], {
    cores: TESTED_CORE,
  });
  await peer.listening("udp", port);
  return { name: "npm sip 0.0.6", pid: peer.pid, host: HOST, port, stop: peer.stop };
}

/** The trunk simulator with one trunk, as it runs by default but for media, which the others have none of. */
export async function startTrunkSim(): Promise<CalledEnd> {
  const { peer, addresses } = await startTrunkSimProcess([{}], {
    args: ["--rtp-streams", "0"],
    cores: TESTED_CORE,
  });
  const port = addresses[0]?.port ?? 0;
  return { name: "trunk-sim", pid: peer.pid, host: HOST, port, stop: peer.stop };
}
