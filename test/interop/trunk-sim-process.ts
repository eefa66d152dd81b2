import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { OperatorCallRecord } from "../../engine/model/call-detail-record.ts";
import type { ListenAddress } from "../../engine/sip/sip-peer.ts";
import { freePort } from "./free-ports.ts";
import { type PeerProcess, startPeer } from "./peer-process.ts";

const dist = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** A trunk as a scenario file would have it, but for its name and port. */
export interface SimulatedTrunk {
  readonly transport?: ListenAddress["transport"];
  /** 127.0.0.1 when left out. */
  readonly host?: string;
  readonly [key: string]: unknown;
}

export interface TrunkSimProcess {
  readonly peer: PeerProcess;
  /** Of the trunks, in the order given. */
  readonly addresses: readonly ListenAddress[];
  /** Ends it; the records of all its calls. Rejects when something was left over. */
  records(): Promise<readonly OperatorCallRecord[]>;
}

/** The trunk simulator as a user starts it, with trunks that behave by its defaults unless said otherwise. */
export async function startTrunkSimProcess(
  trunks: readonly SimulatedTrunk[],
  { args = [], cores }: { readonly args?: readonly string[]; readonly cores?: string } = {},
): Promise<TrunkSimProcess> {
  const addresses: ListenAddress[] = [];
  for (const { transport = "udp", host = "127.0.0.1" } of trunks) {
    addresses.push({ transport, host, port: await freePort() });
  }
  const folder = mkdtempSync(join(tmpdir(), "outdial-trunk-sim-"));
  const scenario = join(folder, "scenario.json");
  const described = trunks.map((trunk, index) => ({
    ...trunk,
    name: `Contoso-London-${index + 1}`,
    ...addresses[index],
  }));
  writeFileSync(scenario, JSON.stringify({ trunkSim: 1, trunks: described }));
  const main = join(dist, "trunk-sim", "main.js");
  const pinned = cores === undefined ? {} : { cores };
  const records = join(folder, "records.ndjson");
  const options = ["--scenario", scenario, "--cdr", records, ...args];
  // As its first line has the system start it.
  const [shebang = ""] = readFileSync(main, "utf8").split("\n", 1);
  const flags = shebang.split(" ").filter((word) => word.startsWith("--"));
  const peer = startPeer("node", [...flags, main, ...options], pinned);
  const written = peer.ended.then((code) => {
    const lines = existsSync(records) ? readFileSync(records, "utf8").trimEnd().split("\n") : [];
    rmSync(folder, { recursive: true });
    if (code !== 0) return new Error(`trunk-sim ended with ${code}\n${peer.output()}`);
    return lines.filter(Boolean).map((line) => JSON.parse(line) as OperatorCallRecord);
  });
  for (const { transport, port } of addresses) {
    await peer.listening(transport === "udp" ? "udp" : "tcp", port);
  }
  return {
    peer,
    addresses,
    async records() {
      await peer.stop();
      const read = await written;
      if (read instanceof Error) throw read;
      return read;
    },
  };
}
