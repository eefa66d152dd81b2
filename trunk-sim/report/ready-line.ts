import { hostPort } from "../../engine/sip/sip-peer.ts";
import type { SimulatedTrunk } from "../trunk/simulated-trunk.ts";

/**
 * What is printed when calls may come: for scripts one line of JSON with every trunk's real address, for
 * people one line for each.
 */
export function readyText(
  trunks: readonly SimulatedTrunk[],
  seed: number,
  { json }: { readonly json: boolean },
): string {
  if (json) {
    const listed = trunks.map(
      ({ profile: { name, operator }, address: { host, port, transport } }) => ({
        name,
        operator,
        host,
        port,
        transport,
      }),
    );
    return `${JSON.stringify({ ready: true, seed, trunks: listed })}\n`;
  }
  const width = Math.max(...trunks.map(({ profile }) => profile.name.length));
  const lines = trunks.map(
    ({ profile, address }) =>
      `  ${profile.name.padEnd(width)}  ${hostPort(address)}/${address.transport}${profile.enabled ? "" : "  (disabled: answers 503)"}\n`,
  );
  const count = `${trunks.length} trunk${trunks.length === 1 ? "" : "s"}`;
  return `trunk-sim is ready: ${count}, seed ${seed}\n${lines.join("")}`;
}
