import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parseSipMessage } from "../../engine/sip/parse-sip-message.ts";
import type { ReceivedRequest } from "../../engine/sip/received-request.ts";
import type { ReceivedResponse } from "../../engine/sip/received-response.ts";

const messages = suite("parseSipMessage");

function lines(...all: readonly string[]): Buffer {
  return Buffer.from(all.join("\r\n"));
}

function request(bytes: Buffer): ReceivedRequest {
  const parsed = parseSipMessage(bytes);
  if (parsed.kind !== "request") throw new Error(`${parsed.kind}: ${JSON.stringify(parsed)}`);
  return parsed.message;
}

function response(bytes: Buffer): ReceivedResponse {
  const parsed = parseSipMessage(bytes);
  if (parsed.kind !== "response") throw new Error(`${parsed.kind}: ${JSON.stringify(parsed)}`);
  return parsed.message;
}

function answerTo(bytes: Buffer): string | null {
  const parsed = parseSipMessage(bytes);
  if (parsed.kind !== "malformed") throw new Error(`it is a ${parsed.kind}`);
  return parsed.answer;
}

const INVITE = [
  "INVITE sip:+442079460123@192.0.2.1;user=phone SIP/2.0",
  "Via: SIP/2.0/UDP 192.0.2.9:5061;branch=z9hG4bKone;rport",
  'From: "Megan" <sip:+14255550101@contoso.com>;tag=from1',
  "To: <sip:+442079460123@192.0.2.1>",
  "Call-ID: call-1@192.0.2.9",
  "CSeq: 7 INVITE",
  "Contact: <sip:megan@192.0.2.9:5061;transport=udp>",
  "Max-Forwards: 70",
];

messages("a request is read into what sip.js's core asks for", () => {
  const invite = request(lines(...INVITE, "Content-Length: 2", "", "v="));
  assert.is(invite.method, "INVITE");
  assert.is(invite.requestUri, "sip:+442079460123@192.0.2.1;user=phone");
  assert.is(invite.ruri?.user, "+442079460123");
  assert.is(invite.ruri?.host, "192.0.2.1");
  assert.is(invite.viaBranch, "z9hG4bKone");
  assert.is(invite.fromTag, "from1");
  assert.is(invite.toTag, undefined);
  assert.is(invite.callId, "call-1@192.0.2.9");
  assert.is(invite.cseq, 7);
  assert.is(invite.from.displayName, "Megan");
  assert.is(invite.to.uri.user, "+442079460123");
  assert.is(String(invite.parseHeader("Contact")), "<sip:megan@192.0.2.9:5061;transport=udp>");
  assert.is(invite.body, "v=");
});

messages("a response is read with its status, phrase and the method of its CSeq", () => {
  const ringing = response(lines("SIP/2.0 183 Session Progress", ...INVITE.slice(1), "", ""));
  assert.is(ringing.statusCode, 183);
  assert.is(ringing.reasonPhrase, "Session Progress");
  assert.is(ringing.method, "INVITE");
  assert.is(ringing.cseq, 7);
});

messages("lengths are counted in bytes, not in characters", () => {
  const invite = request(lines(...INVITE, "Content-Length: 4", "", "žé and more"));
  assert.is(invite.body, "žé");
});

messages("a request without Contact, tags and branch is one of RFC 2543's", () => {
  const old = request(
    lines(
      "OPTIONS sip:192.0.2.1 SIP/2.0",
      "v: SIP/2.0/UDP 192.0.2.9",
      "f: sip:a@contoso.com",
      "t: sip:b@contoso.com",
      "i: 1",
      "CSeq: 1 OPTIONS",
      "",
      "",
    ),
  );
  assert.is(old.fromTag, undefined);
  assert.is(old.getHeader("Via"), "SIP/2.0/UDP 192.0.2.9");
  assert.ok(old.viaBranch.length > 0);
});

messages("an answer repeats what could be read and adds a tag", () => {
  const broken = lines(...INVITE, "Content-Length: 99", "", "v=");
  const answer = answerTo(broken);
  assert.is(answer?.split("\r\n")[0], "SIP/2.0 400 Content-Length is not the length of the body");
  assert.match(
    answer ?? "",
    /\r\nVia: SIP\/2\.0\/UDP 192\.0\.2\.9:5061;branch=z9hG4bKone;rport\r\n/,
  );
  assert.match(answer ?? "", /\r\nTo: <sip:\+442079460123@192\.0\.2\.1>;tag=m[0-9a-f]+\r\n/);
  assert.match(answer ?? "", /\r\nCSeq: 7 INVITE\r\n/);
  assert.is(answerTo(broken), answer, "a repeat gets the same answer");
});

messages("an ACK, a response and noise are not answered", () => {
  const ack = INVITE.map((line) => line.replaceAll("INVITE", "ACK"));
  assert.is(answerTo(lines(...ack, "Content-Length: 99", "", "v=")), null);
  assert.is(answerTo(lines("SIP/2.0 1000 Too much", ...INVITE.slice(1), "", "")), null);
  assert.is(answerTo(Buffer.from("GET / HTTP/1.1\r\n\r\n")), null);
  assert.is(answerTo(Buffer.from([0, 255, 13, 10, 13, 10])), null);
});

messages.run();
