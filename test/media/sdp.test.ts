import { suite } from "uvu";
import * as assert from "uvu/assert";
import { answerOffer, createOffer, readAnswer } from "../../engine/media/sdp.ts";

const local = { address: "127.0.0.1", port: 30_000, sessionId: 7, version: 1 };

function offer(...media: readonly string[]): string {
  return [
    "v=0",
    "o=- 1 1 IN IP4 192.0.2.1",
    "s=-",
    "c=IN IP4 192.0.2.1",
    "t=0 0",
    ...media,
    "",
  ].join("\r\n");
}

const sdp = suite("session descriptions");

sdp("our own offer is answered by PCMA with telephone events", () => {
  const answer = answerOffer(createOffer(local), { ...local, port: 30_002 });
  assert.ok(answer.ok);
  assert.equal(answer.session, {
    codec: "PCMA",
    payloadType: 8,
    telephoneEventType: 101,
    ptimeMilliseconds: 20,
    remote: { host: "127.0.0.1", port: 30_000 },
    direction: "sendrecv",
    secure: false,
  });
  assert.match(answer.sdp, "m=audio 30002 RTP/AVP 8 101\r\n");
  const read = readAnswer(answer.sdp);
  assert.ok(typeof read !== "string");
  assert.is(read.remote.port, 30_002);
});

const ROWS: readonly (readonly [name: string, media: readonly string[], expected: RegExp])[] = [
  ["µ-law alone", ["m=audio 4000 RTP/AVP 0"], /m=audio 30000 RTP\/AVP 0\r\na=rtpmap:0 PCMU\/8000/],
  [
    "the caller's order of codecs",
    ["m=audio 4000 RTP/AVP 18 0 8", "a=rtpmap:18 G729/8000"],
    /RTP\/AVP 0\r\n/,
  ],
  [
    "a codec under a dynamic payload type",
    ["m=audio 4000 RTP/AVP 96", "a=rtpmap:96 pcma/8000"],
    /RTP\/AVP 96\r\na=rtpmap:96 PCMA/,
  ],
  [
    "telephone events under the caller's number",
    ["m=audio 4000 RTP/AVP 8 96", "a=rtpmap:96 telephone-event/8000"],
    /RTP\/AVP 8 96\r\n.*\r\na=rtpmap:96 telephone-event/,
  ],
  ["hold", ["m=audio 4000 RTP/AVP 8", "a=sendonly"], /a=recvonly/],
  ["hold of the other side", ["m=audio 4000 RTP/AVP 8", "a=recvonly"], /a=sendonly/],
  ["no media either way", ["m=audio 4000 RTP/AVP 8", "a=inactive"], /a=inactive/],
  ["hold by an address of zeros", ["m=audio 4000 RTP/AVP 8", "c=IN IP4 0.0.0.0"], /a=recvonly/],
  ["a packet length", ["m=audio 4000 RTP/AVP 8", "a=ptime:30"], /a=ptime:30/],
  ["an absurd packet length", ["m=audio 4000 RTP/AVP 8", "a=ptime:999"], /a=ptime:60/],
  [
    "video beside it, declined in its place",
    ["m=video 4002 RTP/AVP 31", "m=audio 4000 RTP/AVP 8"],
    /m=video 0 RTP\/AVP 31\r\nm=audio 30000/,
  ],
  [
    "SRTP",
    [
      "m=audio 4000 RTP/SAVP 8",
      "a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj",
    ],
    /m=audio 30000 RTP\/SAVP 8\r\n.*\r\na=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:[A-Za-z0-9+/]{40}\r\n/,
  ],
];

for (const [name, media, expected] of ROWS) {
  sdp(`answers ${name}`, () => {
    const answer = answerOffer(offer(...media), local);
    assert.ok(answer.ok, answer.ok ? "" : answer.why);
    assert.match(answer.sdp, expected);
  });
}

const REFUSED: readonly (readonly [name: string, text: string, why: RegExp])[] = [
  ["no codec in common", offer("m=audio 4000 RTP/AVP 18", "a=rtpmap:18 G729/8000"), /no codec/],
  ["no audio", offer("m=video 4000 RTP/AVP 31"), /no audio/],
  ["audio declined by the offer itself", offer("m=audio 0 RTP/AVP 8"), /no audio/],
  ["an unknown protocol", offer("m=audio 4000 UDP/TLS/RTP/SAVPF 8"), /SAVPF/],
  ["SRTP without a key", offer("m=audio 4000 RTP/SAVP 8"), /lacks AES/],
  ["a port beyond the last", offer("m=audio 70000 RTP/AVP 8"), /m= line/],
  ["no text at all", "", /v=0/],
  ["too long a text", `v=0\r\n${"a=x\r\n".repeat(20_000)}`, /characters/],
  ["too many streams", offer(...Array<string>(40).fill("m=audio 4 RTP/AVP 8")), /streams/],
  ["no address", "v=0\r\nm=audio 4000 RTP/AVP 8\r\n", /no address/],
];

for (const [name, text, why] of REFUSED) {
  sdp(`refuses ${name}`, () => {
    const answer = answerOffer(text, local);
    assert.not.ok(answer.ok);
    if (!answer.ok) assert.match(answer.why, why);
  });
}

sdp("an IPv6 end says so", () => {
  assert.match(createOffer({ ...local, address: "::1" }), "c=IN IP6 ::1\r\n");
});

sdp("a declined answer is told", () => {
  assert.match(String(readAnswer(offer("m=audio 0 RTP/AVP 8"))), /declined/);
});

const KEY = /a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:([A-Za-z0-9+/]{40})\|2\^31\r\n/;

sdp("an offer of SRTP is as Microsoft's: one key, RTCP on the port of RTP", () => {
  const secure = createOffer(local, "RTP/SAVP");
  assert.match(secure, "m=audio 30000 RTP/SAVP 8 0 101\r\n");
  assert.match(secure, KEY);
  assert.match(secure, "a=rtcp:30000\r\na=rtcp-mux\r\n");
  assert.not.match(createOffer(local), "crypto");
});

sdp("no two offers of SRTP have the same key", () => {
  const [one, other] = [0, 1].map(() => KEY.exec(createOffer(local, "RTP/SAVP"))?.[1]);
  assert.ok(one);
  assert.is.not(one, other);
});

sdp("our own offer of SRTP is answered with its tag and another key", () => {
  const secure = createOffer(local, "RTP/SAVP");
  const answer = answerOffer(secure, { ...local, port: 30_002 });
  assert.ok(answer.ok);
  const session = readAnswer(answer.sdp, "RTP/SAVP");
  assert.ok(typeof session !== "string" && session.secure, String(session));
  assert.not.match(answer.sdp, KEY.exec(secure)?.[1] ?? "no key");
});

sdp("SRTP is not brought down to speech in the clear, nor to another key", () => {
  const clear = offer("m=audio 4000 RTP/AVP 8");
  const otherKey =
    "a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj";
  assert.is(readAnswer(clear, "RTP/SAVP"), "RTP/AVP answers an offer of RTP/SAVP");
  assert.match(
    String(readAnswer(offer("m=audio 4000 RTP/SAVP 8", otherKey), "RTP/SAVP")),
    /no offered key/,
  );
});

sdp.run();
