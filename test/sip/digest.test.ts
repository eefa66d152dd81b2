import { suite } from "uvu";
import * as assert from "uvu/assert";
import { DigestAnswer } from "../../engine/sip/digest-answer.ts";
import { DigestChallenge } from "../../engine/sip/digest-challenge.ts";
import { digestParameters, digestResponse } from "../../engine/sip/digest-words.ts";
import { IncomingRequest, IncomingResponse } from "../../engine/sip/incoming-message.ts";
import { parseSipMessage } from "../../engine/sip/parse-sip-message.ts";
import type { ServerCall } from "../../engine/sip/sip-calls.ts";
import type { SipPeer } from "../../engine/sip/sip-peer.ts";
import { until } from "../media/until.ts";
import { RawPeer, rawResponse, toTagOf } from "./raw-peer.ts";
import { Heard, SDP, withLab } from "./sip-lab.ts";

const digest = suite("digest");

const REALM = "northwind.example";
const PASSWORD = "correct horse";
const guard = {
  realm: REALM,
  passwordOf: (user: string): string | undefined => (user === "contoso" ? PASSWORD : undefined),
};
const login = { realm: REALM, login: { user: "contoso", password: PASSWORD } };
const URI = "sip:+442079460123@127.0.0.1";

function requestWith(authorization: string | null): IncomingRequest {
  const text = [
    `INVITE ${URI} SIP/2.0`,
    "Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK1",
    "From: <sip:a@contoso.com>;tag=1",
    `To: <${URI}>`,
    "Call-ID: d1",
    "CSeq: 1 INVITE",
    ...(authorization === null ? [] : [`Authorization: ${authorization}`]),
    "Content-Length: 0\r\n\r\n",
  ].join("\r\n");
  const parsed = parseSipMessage(Buffer.from(text));
  if (parsed.kind !== "request") throw new Error("not a request");
  return new IncomingRequest(parsed.message, { transport: "udp", host: "127.0.0.1", port: 5060 });
}

function responseWith(headers: readonly string[], status = 401): IncomingResponse {
  const text = [
    `SIP/2.0 ${status} Unauthorized`,
    "Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK1",
    "From: <sip:a@contoso.com>;tag=1",
    `To: <${URI}>;tag=2`,
    "Call-ID: d1",
    "CSeq: 1 INVITE",
    ...headers,
    "Content-Length: 0\r\n\r\n",
  ].join("\r\n");
  const parsed = parseSipMessage(Buffer.from(text));
  if (parsed.kind !== "response") throw new Error("not a response");
  return new IncomingResponse(parsed.message);
}

/** Asked and answered once; the Authorization value. */
function answerTo(
  challenge: DigestChallenge,
  answerer = new DigestAnswer(login),
  uri = URI,
): string {
  const headers = challenge.challenge(requestWith(null))?.headers ?? [];
  const response = responseWith(headers.map(([name, value]) => `${name}: ${value}`));
  return answerer.answer(response, "INVITE", uri)?.[1] ?? "";
}

digest("RFC 7616 section 3.9.1: both algorithms give the examples' responses", () => {
  const example = {
    user: "Mufasa",
    realm: "http-auth@example.org",
    password: "Circle of Life",
    method: "GET",
    uri: "/dir/index.html",
    nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
    qop: {
      nonceCount: "00000001",
      clientNonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
    },
  };
  assert.is(digestResponse({ ...example, algorithm: "MD5" }), "8ca523f5e9506fed4657c9700eebdbec");
  assert.is(
    digestResponse({ ...example, algorithm: "SHA-256" }),
    "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
  );
});

digest("a caller with the right password gets through, with the next sequence number", async () => {
  const authorizations: (string | undefined)[] = [];
  const onInvite = (call: ServerCall): void => {
    authorizations.push(call.request.header("Authorization"));
    call.answer({ body: SDP });
  };
  await withLab({ caller: { digest: login }, called: { digest: guard, onInvite } }, async (lab) => {
    const heard = new Heard();
    heard.place(lab);
    await heard.answer.within();
    assert.equal(heard.order, ["answer 200"]);
    assert.equal(lab.wire.slice(0, 4), ["> INVITE", "< 401 INVITE", "> ACK", "> INVITE"]);
    assert.match(lab.messages[3] ?? "", /^CSeq: 2 INVITE\r$/m);
    assert.match(authorizations[0] ?? "", /algorithm=SHA-256/);
    heard.call?.hangUp();
    await heard.end.within();
    const acknowledged = lab.messages.filter((message) => message.startsWith("ACK "));
    assert.match(acknowledged[1] ?? "", /^Authorization: Digest /m);
  });
});

digest("a wrong password is refused after one try, and no call is made", async () => {
  const wrong = { realm: REALM, login: { user: "contoso", password: "battery staple" } };
  const calls: ServerCall[] = [];
  const called = { digest: guard, onInvite: (call: ServerCall): void => void calls.push(call) };
  await withLab({ caller: { digest: wrong }, called }, async (lab) => {
    const heard = new Heard();
    heard.place(lab);
    assert.is((await heard.reject.within()).status, 401);
    await heard.end.within();
    assert.is(lab.wire.filter((line) => line === "> INVITE").length, 2);
    assert.is(calls.length, 0);
  });
});

digest("an answer is good once: its repeat under the same count is stale", () => {
  const challenge = new DigestChallenge(guard);
  const authorization = answerTo(challenge);
  assert.is(challenge.challenge(requestWith(authorization)), null);
  const again = challenge.challenge(requestWith(authorization));
  assert.match(again?.headers[0]?.[1] ?? "", "stale=true");
  challenge.clear();
});

digest("an old nonce is stale, and the caller answers the new one", () => {
  let now = 1_000_000;
  const challenge = new DigestChallenge(guard, () => now);
  const answerer = new DigestAnswer(login);
  const old = answerTo(challenge, answerer);
  now += 30_001;
  const headers = challenge.challenge(requestWith(old))?.headers ?? [];
  assert.match(headers[0]?.[1] ?? "", "stale=true");
  const response = responseWith(headers.map(([name, value]) => `${name}: ${value}`));
  const fresh = answerer.answer(response, "INVITE", URI)?.[1] ?? "";
  assert.is(challenge.challenge(requestWith(fresh)), null);
  assert.is(answerer.answer(response, "INVITE", URI), null);
  challenge.clear();
});

const FORGED: readonly (readonly [what: string, forge: (right: string) => string])[] = [
  ["a nonce of another server", (right) => right.replace(/nonce="./, 'nonce="f')],
  ["another user", (right) => right.replace("contoso", "fabrikam")],
  ["another realm", (right) => right.replace(REALM, "fabrikam.example")],
  ["another response", (right) => right.replace(/response="../, 'response="zz')],
  ["no quality of protection", (right) => right.replace("qop=auth", "qop=none")],
  ["a nonce count that is none", (right) => right.replace("nc=00000001", "nc=1")],
  ["another scheme", () => "Basic Y29udG9zbzpjb250b3Nv"],
  ["nothing that can be read", () => 'Digest username="contoso'],
];

for (const [what, forge] of FORGED) {
  digest(`credentials with ${what} are challenged anew, not as stale`, () => {
    const challenge = new DigestChallenge(guard);
    const again = challenge.challenge(requestWith(forge(answerTo(challenge))));
    assert.equal([again?.because, again?.headers.length], ["wrong", 2]);
    assert.not.match(again?.headers[0]?.[1] ?? "", "stale");
    challenge.clear();
  });
}

const MADE_FOR: readonly (readonly [uri: string, isTaken: boolean])[] = [
  ["sip:+442079460123;npdi@proxy.northwind.example:5080;user=phone", true],
  ["sips:+442079460123@127.0.0.1", true],
  ["sip:127.0.0.1:5060", true],
  ["sip:+442079460199@127.0.0.1", false],
  ["sip:+44207946012@127.0.0.1", false],
  ["/dir/index.html", false],
  ["", false],
];

for (const [uri, isTaken] of MADE_FOR) {
  digest(`credentials made for "${uri}" are ${isTaken ? "taken" : "refused"}`, () => {
    const challenge = new DigestChallenge(guard);
    const again = challenge.challenge(requestWith(answerTo(challenge, undefined, uri)));
    assert.is(again?.because, isTaken ? undefined : "wrong");
    challenge.clear();
  });
}

digest("only the hashes that are allowed are offered and taken", () => {
  const only = new DigestChallenge({ ...guard, algorithms: ["MD5"] });
  const headers = only.challenge(requestWith(null))?.headers ?? [];
  assert.equal(
    headers.map(([, value]) => /algorithm=([^,]+)/.exec(value)?.[1]),
    ["MD5"],
  );
  assert.is(only.challenge(requestWith(answerTo(only))), null);
  const [nonce = ""] = /nonce="[^"]+"/.exec(headers[0]?.[1] ?? "") ?? [];
  const right = digestResponse({
    ...{ algorithm: "SHA-256", user: "contoso", realm: REALM, password: PASSWORD },
    ...{ method: "INVITE", uri: URI, nonce: nonce.slice(7, -1) },
    qop: { nonceCount: "00000001", clientNonce: "c" },
  });
  const parameters = `username="contoso", realm="${REALM}", ${nonce}, uri="${URI}", nc=00000001, cnonce="c"`;
  const sha256 = `Digest ${parameters}, qop=auth, algorithm=SHA-256, response="${right}"`;
  assert.is(only.challenge(requestWith(sha256))?.headers.length, 1);
  only.clear();
});

digest("a proxy's challenge, MD5 only and without quality of protection, is answered", () => {
  const line = `Proxy-Authenticate: Digest realm="${REALM}", nonce="n", opaque="o\\"o"`;
  const given = new DigestAnswer(login).answer(responseWith([line], 407), "INVITE", URI);
  assert.is(given?.[0], "Proxy-Authorization");
  const parameters = digestParameters(given?.[1] ?? "");
  assert.equal([parameters?.get("opaque"), parameters?.get("qop")], ['o"o', undefined]);
  const expected = digestResponse({
    ...{ algorithm: "MD5", user: "contoso", realm: REALM, password: PASSWORD },
    ...{ method: "INVITE", uri: URI, nonce: "n", qop: null },
  });
  assert.is(parameters?.get("response"), expected);
});

digest("challenges that cannot or need not be answered are left", () => {
  const lines = [
    `Digest realm="${REALM}", nonce="n", algorithm=SHA-512-256, qop="auth"`,
    `Digest realm="${REALM}", nonce="n", qop="auth-int"`,
    `Digest realm="fabrikam.example", nonce="n", qop="auth"`,
    "Negotiate",
  ];
  for (const line of lines) {
    const response = responseWith([`WWW-Authenticate: ${line}`]);
    assert.is(new DigestAnswer(login).answer(response, "INVITE", URI), null);
  }
});

digest("a nonce outlasts a jump of the system's clock", () => {
  const challenge = new DigestChallenge(guard);
  const authorization = answerTo(challenge);
  const { now } = Date;
  Date.now = () => now() + 3_600_000;
  try {
    assert.is(challenge.challenge(requestWith(authorization)), null);
  } finally {
    Date.now = now;
  }
  challenge.clear();
});

const CHALLENGE = `WWW-Authenticate: Digest realm="${REALM}", nonce="n", qop="auth"`;

/** Challenges the first BYE and takes the second, or challenges that too; what the second one said. */
async function challengeBye(raw: RawPeer, isRight: boolean): Promise<string> {
  const refused = { lines: [CHALLENGE] };
  raw.send(rawResponse(await raw.hears("BYE"), "401 Unauthorized", refused));
  const answers = (text: string): boolean => /^BYE .*^Authorization: /ms.test(text);
  await until("a BYE with digest", () => raw.heard.some(answers));
  const second = raw.heard.find(answers) ?? "";
  raw.send(rawResponse(second, isRight ? "200 OK" : "401 Unauthorized", isRight ? {} : refused));
  return second;
}

for (const isRight of [true, false]) {
  digest(
    `the caller's BYE is sent with digest, once, ${isRight ? "taken" : "or not"}`,
    async () => {
      await withLab({ caller: { digest: login } }, async (lab) => {
        const [at] = lab.caller.addresses;
        if (at === undefined) throw new Error("no address");
        const raw = await RawPeer.open(at);
        const heard = new Heard();
        const to: SipPeer = { transport: "udp", host: "127.0.0.1", port: raw.port };
        heard.place({ ...lab, calledPeer: to });
        const contact = `Contact: <sip:raw@127.0.0.1:${raw.port}>`;
        const answer = { toTag: "t", lines: [contact], body: SDP.content };
        raw.send(rawResponse(await raw.hears("INVITE"), "200 OK", answer));
        await heard.answer.within();
        heard.call?.hangUp();
        const bye = await challengeBye(raw, isRight);
        await heard.end.within();
        assert.match(bye, /^CSeq: 3 BYE\r$/m);
        assert.match(
          bye,
          new RegExp(`^Authorization: Digest .*uri="sip:raw@127.0.0.1:${raw.port}"`, "m"),
        );
        assert.equal(lab.caller.counts().transactions, 0);
        assert.is(new Set(raw.heard.filter((text) => text.startsWith("BYE "))).size, 2);
        await raw.close();
      });
    },
  );
}

digest("the called end's BYE is sent with digest, once", async () => {
  const onInvite = (call: ServerCall): void => {
    call.events = { onConfirm: () => call.hangUp() };
    call.answer({ body: SDP });
  };
  await withLab({ called: { digest: login, onInvite } }, async (lab) => {
    const raw = await RawPeer.open(lab.calledPeer);
    raw.send(raw.invite({ callId: "b1", branch: "z9hG4bKb1" }));
    const toTag = toTagOf(await raw.hears("200 INVITE"));
    raw.send(raw.request({ method: "ACK", callId: "b1", branch: "z9hG4bKb2", toTag }));
    const bye = await challengeBye(raw, true);
    assert.match(bye, /^CSeq: 2 BYE\r$/m);
    assert.match(bye, /^Authorization: Digest .*username="contoso"/m);
    await until("the end of all transactions", () => lab.called.counts().transactions === 0);
    await raw.close();
  });
});

digest.run();
