import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { TrunkTarget, TrunkTargets } from "../../engine/call/trunk-targets.ts";
import { listenAddresses, namePeer } from "../../engine/cli/open-caller.ts";
import type { SipPeer } from "../../engine/sip/sip-peer.ts";

function targets(...peers: readonly (readonly [SipPeer["transport"], string])[]): TrunkTargets {
  return new Map(
    peers.map(([transport, host]) => {
      const target = { name: host, peer: { transport, host, port: 5060 } };
      return [host, target as unknown as TrunkTarget] as const;
    }),
  );
}

const CASES: readonly {
  readonly name: string;
  readonly targets: TrunkTargets;
  readonly local?: string;
  readonly listen: readonly string[];
}[] = [
  {
    name: "trunks of the loopback: the loopback only",
    targets: targets(["udp", "127.0.0.1"], ["tcp", "127.0.0.2"]),
    listen: ["udp 127.0.0.1", "tcp 127.0.0.1"],
  },
  {
    name: "names do not count beside addresses",
    targets: targets(["udp", "127.0.0.1"], ["tls", "sbc1.contoso.com"]),
    listen: ["udp 127.0.0.1", "tls 127.0.0.1"],
  },
  {
    name: "one trunk outside: every address of the machine",
    targets: targets(["udp", "127.0.0.1"], ["udp", "203.0.113.7"]),
    listen: ["udp 0.0.0.0"],
  },
  {
    name: "names only: every address of the machine",
    targets: targets(["tls", "sbc1.contoso.com"]),
    listen: ["tls 0.0.0.0"],
  },
  {
    name: "IPv6 beside IPv4",
    targets: targets(["udp", "127.0.0.1"], ["udp", "::1"]),
    listen: ["udp 127.0.0.1", "udp ::1"],
  },
  {
    name: "what was asked for",
    targets: targets(["udp", "203.0.113.7"]),
    local: "192.0.2.1",
    listen: ["udp 192.0.2.1"],
  },
  { name: "no trunk at all: UDP, to have something", targets: targets(), listen: ["udp 0.0.0.0"] },
];

const listening = suite("where the caller listens");

for (const { name, targets: of, local = null, listen } of CASES) {
  listening(name, () => {
    const addresses = listenAddresses(of, local);
    assert.equal(
      addresses.map(({ transport, host }) => `${transport} ${host}`),
      listen,
    );
    assert.ok(addresses.every(({ port }) => port === 0));
  });
}

listening("a fault names the trunk, its address and port", () => {
  const of = targets(["tcp", "127.0.0.1"], ["udp", "127.0.0.2"]);
  const at = (host: string, port: number) => namePeer(of, { transport: "tcp", host, port });
  assert.is(at("127.0.0.1", 5060), "127.0.0.1 (127.0.0.1:5060/tcp)");
  assert.is(at("127.0.0.1", 5061), "127.0.0.1:5061/tcp");
  assert.is(at("::1", 5060), "[::1]:5060/tcp");
});

listening.run();
