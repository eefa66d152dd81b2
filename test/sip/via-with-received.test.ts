import { suite } from "uvu";
import * as assert from "uvu/assert";
import { answerWithReceived, viaWithReceived } from "../../engine/sip/via-with-received.ts";

const vias = suite("viaWithReceived");

type Row = readonly [what: string, via: string, host: string, told: string];

/** What is told of a Via of which the request came from port 5099 of `host`. */
const ROWS: readonly Row[] = [
  [
    "from where it says, nothing asked for: as it stood",
    "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1",
    "192.0.2.1",
    "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1",
  ],
  [
    "the port is no reason for received",
    "SIP/2.0/UDP 192.0.2.1:5061;branch=z9hG4bK1",
    "192.0.2.1",
    "SIP/2.0/UDP 192.0.2.1:5061;branch=z9hG4bK1",
  ],
  [
    "from elsewhere",
    "SIP/2.0/TCP 10.0.0.7:5060;branch=z9hG4bK1",
    "192.0.2.1",
    "SIP/2.0/TCP 10.0.0.7:5060;branch=z9hG4bK1;received=192.0.2.1",
  ],
  [
    "a name is never the address",
    "SIP/2.0/TLS sbc1.contoso.com;branch=z9hG4bK1",
    "192.0.2.1",
    "SIP/2.0/TLS sbc1.contoso.com;branch=z9hG4bK1;received=192.0.2.1",
  ],
  [
    "rport asked for: both, even from where it says",
    "SIP/2.0/UDP 192.0.2.1;rport;branch=z9hG4bK1",
    "192.0.2.1",
    "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1;received=192.0.2.1;rport=5099",
  ],
  [
    "what the sender wrote is not believed",
    "SIP/2.0/UDP 10.0.0.7;received=203.0.113.9;rport=1;branch=z9hG4bK1",
    "192.0.2.1",
    "SIP/2.0/UDP 10.0.0.7;branch=z9hG4bK1;received=192.0.2.1;rport=5099",
  ],
  [
    "nor a received that nobody asked for",
    "SIP/2.0/UDP 192.0.2.1;received=203.0.113.9;branch=z9hG4bK1",
    "192.0.2.1",
    "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1",
  ],
  [
    "IPv6 is in brackets in one place and not in the other",
    "SIP/2.0/UDP [2001:DB8::1]:5060;branch=z9hG4bK1",
    "2001:db8::1",
    "SIP/2.0/UDP [2001:DB8::1]:5060;branch=z9hG4bK1",
  ],
  [
    "IPv6 from elsewhere",
    "SIP/2.0/UDP [2001:db8::1];branch=z9hG4bK1",
    "2001:db8::2",
    "SIP/2.0/UDP [2001:db8::1];branch=z9hG4bK1;received=2001:db8::2",
  ],
  [
    "other parameters stay, with and without a value",
    'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1;hidden;x="a;b"',
    "192.0.2.2",
    'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1;hidden;x="a;b";received=192.0.2.2',
  ],
  ["no Via at all", "nothing of the kind", "192.0.2.1", "nothing of the kind"],
  ["an empty one", "", "192.0.2.1", ""],
];

for (const [what, via, host, told] of ROWS) {
  vias(what, () => {
    assert.is(viaWithReceived(via, { host, port: 5099 }), told);
  });
}

vias("of an answer only the first Via is told", () => {
  const line = "Via: SIP/2.0/UDP 10.0.0.7;branch=z9hG4bK1";
  const answer = `SIP/2.0 400 Bad Request\r\n${line}\r\n${line}\r\n\r\n`;
  assert.is(
    answerWithReceived(answer, { host: "192.0.2.1", port: 5099 }),
    `SIP/2.0 400 Bad Request\r\n${line};received=192.0.2.1\r\n${line}\r\n\r\n`,
  );
  const without = "SIP/2.0 400 Bad Request\r\n\r\n";
  assert.is(answerWithReceived(without, { host: "192.0.2.1", port: 5099 }), without);
});

vias.run();
