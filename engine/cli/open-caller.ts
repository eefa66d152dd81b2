import { isIP } from "node:net";
import type { Caller } from "../call/caller.ts";
import { createCaller } from "../call/create-caller.ts";
import { type TrunkMapping, type TrunkTargets, trunkTargets } from "../call/trunk-targets.ts";
import { chooseTlsIdentity } from "../sip/choose-tls-identity.ts";
import { openSipEndpoint } from "../sip/open-sip-endpoint.ts";
import type { SipEndpoint, WireTap } from "../sip/sip-endpoint.ts";
import { hostPort, type ListenAddress, type SipPeer } from "../sip/sip-peer.ts";
import type { PlacingGround } from "./call-ground.ts";
import type { SipOptions } from "./sip-options.ts";

/** Who places the calls of a command, with its sockets. */
export interface OpenedCaller {
  readonly caller: Caller;
  readonly endpoint: SipEndpoint;
  readonly targets: TrunkTargets;
  /** Ends what is left at once. */
  close(): Promise<void>;
}

export interface CallerSetup {
  readonly ground: PlacingGround;
  readonly sip: SipOptions;
  /** Trunks that are simulated elsewhere; what the command line maps counts before. */
  readonly simulated: readonly TrunkMapping[];
  readonly seed: number;
  readonly maxMediaStreams: number;
  /** `null` = no OPTIONS is sent. */
  readonly optionsIntervalSeconds: number | null;
  readonly tap?: WireTap;
  /** What was wrong on the wire, a line each. */
  readonly onFault: (what: string) => void;
}

/**
 * Opens sockets on every transport that the trunks use, on any free ports, and a caller on them.
 *
 * @throws EngineError when an address of ours cannot be listened on, or a certificate not be used.
 */
export async function openCaller(setup: CallerSetup): Promise<OpenedCaller> {
  const { ground, sip } = setup;
  const { tenant, router, mappings } = ground;
  const targets = trunkTargets(tenant, [...setup.simulated, ...mappings]);
  const isTlsNeeded = [...targets.values()].some(({ peer }) => peer.transport === "tls");
  const endpoint = await openSipEndpoint({
    listen: listenAddresses(targets, sip.local),
    product: "outdial",
    ...(isTlsNeeded ? { tls: await chooseTlsIdentity(sip.tls, "client") } : {}),
    // WHY: realm "": which realm a trunk names is known to its operator only.
    ...(sip.login === null ? {} : { digest: { realm: "", login: sip.login } }),
    ...(setup.tap === undefined ? {} : { tap: setup.tap }),
    onFault: (what, peer) =>
      setup.onFault(peer === null ? what : `${namePeer(targets, peer)}: ${what}`),
  });
  const caller = createCaller({
    tenant,
    router,
    targets,
    endpoint,
    seed: setup.seed,
    ...(sip.teamsFqdn === null ? {} : { teamsFqdn: sip.teamsFqdn }),
    ringSeconds: sip.ringSeconds,
    optionsIntervalSeconds: setup.optionsIntervalSeconds,
    maxMediaStreams: setup.maxMediaStreams,
  });
  const close = async (): Promise<void> => {
    caller.close();
    await endpoint.close();
  };
  return { caller, endpoint, targets, close };
}

/** Where a message went or came from: address, and whose it is where that is known. */
export function namePeer(targets: TrunkTargets, { host, port, transport }: SipPeer): string {
  const address = `${hostPort({ host, port })}/${transport}`;
  const names = [...targets.values()]
    .filter(({ peer }) => peer.host === host && peer.port === port && peer.transport === transport)
    .map(({ name }) => name);
  return names.length === 0 ? address : `${names.join(", ")} (${address})`;
}

/**
 * Where to listen: `local`, else the loopback address when every trunk that is known by its address is
 * there, else every address of the machine. Names do not count: the sample tenant's gateways have some.
 */
export function listenAddresses(
  targets: TrunkTargets,
  local: string | null,
): readonly ListenAddress[] {
  const peers = [...targets.values()].map((target) => target.peer);
  const transports = new Set(peers.map(({ transport }) => transport));
  if (transports.size === 0) transports.add("udp");
  const hosts = local === null ? hostsFor(peers) : [local];
  return hosts.flatMap((host) =>
    [...transports].map((transport) => ({ transport, host, port: 0 })),
  );
}

function hostsFor(peers: readonly SipPeer[]): readonly string[] {
  const addresses = peers.map(({ host }) => host).filter((host) => isIP(host) !== 0);
  const isLocal = addresses.length > 0 && addresses.every(isLoopback);
  const hosts = [isLocal ? "127.0.0.1" : "0.0.0.0"];
  if (addresses.some((host) => isIP(host) === 6)) hosts.push(isLocal ? "::1" : "::");
  return hosts;
}

function isLoopback(address: string): boolean {
  return address.startsWith("127.") || address === "::1";
}
