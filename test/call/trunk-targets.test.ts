import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parseTrunkMapping } from "../../engine/call/trunk-targets.ts";

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

mappings.run();
