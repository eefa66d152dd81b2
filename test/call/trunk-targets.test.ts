import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parseTrunkMapping, trunkTargets } from "../../engine/call/trunk-targets.ts";
import { labTenant } from "./call-lab.ts";

const mappings = suite("trunk mappings");

const READ: readonly (readonly [string, unknown])[] = [
  ["sbc1.contoso.com=127.0.0.1:5080", { transport: "udp", host: "127.0.0.1", port: 5080 }],
  [
    "sbc1.contoso.com=lab.contoso.com:5061;tls",
    { transport: "tls", host: "lab.contoso.com", port: 5061 },
  ],
  ["sbc1.contoso.com=[::1]:5080;TCP", { transport: "tcp", host: "::1", port: 5080 }],
];

for (const [text, peer] of READ) {
  mappings(`${text} is read`, () => {
    assert.equal(parseTrunkMapping(text), { name: "sbc1.contoso.com", peer });
  });
}

const REFUSED = [
  "",
  "sbc1.contoso.com",
  "sbc1.contoso.com=",
  "sbc1.contoso.com=127.0.0.1",
  "=127.0.0.1:5080",
  "sbc1.contoso.com=127.0.0.1:0",
  "sbc1.contoso.com=127.0.0.1:65536",
  "sbc1.contoso.com=127.0.0.1:5080;sctp",
  "sbc1.contoso.com=127.0.0.1:5080;tls;tls",
  "sbc1.contoso.com=::1:5080",
  "sbc1.contoso.com=a b:5080",
];

for (const text of REFUSED) {
  mappings(`'${text}' is refused`, () => {
    assert.is(parseTrunkMapping(text), null);
  });
}

mappings("operators' trunks and gateways of a tenant are found by name, in any case", () => {
  const tenant = labTenant(
    [{ name: "Trunk-1", port: 5071, maxConcurrentCalls: 5, callsPerSecond: 2 }],
    [{ identity: "sbc1.contoso.com", sipSignalingPort: 5067, maxConcurrentSessions: 3 }],
    { failoverResponseCodes: [486] },
  );
  const targets = trunkTargets(tenant, []);
  assert.equal([...targets.keys()], ["trunk-1", "sbc1.contoso.com"]);
  const trunk = targets.get("trunk-1");
  assert.equal(trunk?.peer, { transport: "udp", host: "127.0.0.1", port: 5071 });
  assert.equal(trunk?.failoverResponseCodes, [486]);
  assert.equal([trunk?.maxConcurrentCalls, trunk?.callsPerSecond], [5, 2]);
  assert.is(trunk?.failoverTimeSeconds, 10);
  const gateway = targets.get("sbc1.contoso.com");
  assert.equal(gateway?.peer, {
    transport: "tls",
    host: "sbc1.contoso.com",
    port: 5067,
    serverName: "sbc1.contoso.com",
  });
  assert.is(gateway?.maxConcurrentCalls, null, "MaxConcurrentSessions never blocks a call");
});

mappings("a mapped gateway over TLS must still show a certificate in its own name", () => {
  const tenant = labTenant(
    [],
    [{ identity: "sbc1.contoso.com" }, { identity: "sbc2.contoso.com" }],
  );
  const targets = trunkTargets(tenant, [
    { name: "SBC1.contoso.com", peer: { transport: "tls", host: "127.0.0.1", port: 5080 } },
    { name: "sbc2.contoso.com", peer: { transport: "udp", host: "127.0.0.1", port: 5081 } },
    { name: "sbc3.contoso.com", peer: { transport: "udp", host: "127.0.0.1", port: 5082 } },
  ]);
  assert.equal(targets.get("sbc1.contoso.com")?.peer, {
    transport: "tls",
    host: "127.0.0.1",
    port: 5080,
    serverName: "sbc1.contoso.com",
  });
  assert.equal(targets.get("sbc2.contoso.com")?.peer, {
    transport: "udp",
    host: "127.0.0.1",
    port: 5081,
  });
  assert.is(targets.size, 2);
});

mappings.run();
