import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parseSipMessage } from "../../engine/sip/parse-sip-message.ts";
import { headerName, headerNameAt } from "../../engine/sip/sip-header-names.ts";

const names = suite("names of headers");

/** IANA, Session Initiation Protocol (SIP) Parameters, Header Fields: every one with a compact form. */
const COMPACT: readonly (readonly [compact: string, name: string])[] = [
  ["a", "Accept-Contact"],
  ["b", "Referred-By"],
  ["c", "Content-Type"],
  ["d", "Request-Disposition"],
  ["e", "Content-Encoding"],
  ["f", "From"],
  ["i", "Call-ID"],
  ["j", "Reject-Contact"],
  ["k", "Supported"],
  ["l", "Content-Length"],
  ["m", "Contact"],
  ["n", "Identity-Info"],
  ["o", "Event"],
  ["r", "Refer-To"],
  ["s", "Subject"],
  ["t", "To"],
  ["u", "Allow-Events"],
  ["v", "Via"],
  ["x", "Session-Expires"],
  ["y", "Identity"],
];

const MANDATORY: Readonly<Record<string, string>> = {
  v: "SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKone",
  f: "<sip:a@contoso.com>;tag=1",
  t: "<sip:b@contoso.com>",
  i: "call-1",
  m: "<sip:a@192.0.2.9>",
  l: "0",
};

function inviteWith(own: string, value: string): Buffer {
  const lines = ["INVITE sip:b@192.0.2.1 SIP/2.0", "CSeq: 1 INVITE", "Max-Forwards: 70"];
  for (const [compact, written] of Object.entries(MANDATORY)) {
    if (compact !== own.toLowerCase()) lines.push(`${compact}: ${written}`);
  }
  return Buffer.from([...lines, `${own}: ${value}`, "", ""].join("\r\n"));
}

for (const [compact, name] of COMPACT) {
  for (const spelling of [compact, compact.toUpperCase()]) {
    names(`${spelling} is ${name}, in a message too`, () => {
      assert.is(headerName(spelling).name, name);
      assert.is(headerName(spelling), headerName(name));
      assert.is(headerNameAt(`\r\n${spelling}: x`, 2, 3), headerName(name));
      const value = MANDATORY[compact] ?? "some";
      const parsed = parseSipMessage(inviteWith(spelling, value));
      assert.is(parsed.kind, "request");
      if (parsed.kind === "request") assert.equal(parsed.message.getHeaders(name), [value]);
    });
  }
}

names("no other letter is a compact form", () => {
  const letters = COMPACT.map(([compact]) => compact);
  for (const letter of "abcdefghijklmnopqrstuvwxyz") {
    assert.is(headerName(letter).known, letters.includes(letter), letter);
  }
});

const SPELLED: readonly (readonly [spelling: string, name: string])[] = [
  ["call-id", "Call-ID"],
  ["CALL-ID", "Call-ID"],
  ["cSeQ", "CSeq"],
  ["www-authenticate", "WWW-Authenticate"],
  ["x-ms-sbc", "X-MS-SBC"],
  ["x-some-thing", "X-Some-Thing"],
  ["__proto__", "__proto__"],
  ["constructor", "Constructor"],
];

for (const [spelling, name] of SPELLED) {
  names(`${spelling} is written ${name}`, () => {
    assert.is(headerName(spelling).name, name);
    assert.is(headerNameAt(`${spelling}:`, 0, spelling.length).name, name);
  });
}

names.run();
