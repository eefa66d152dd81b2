import { suite } from "uvu";
import * as assert from "uvu/assert";
import { judgeRequest, type ServedRequests } from "../../engine/sip/judge-request.ts";
import { parseSipMessage } from "../../engine/sip/parse-sip-message.ts";

const judging = suite("judgeRequest");

const SERVED: ServedRequests = {
  methods: ["INVITE", "ACK", "CANCEL", "BYE", "OPTIONS"],
  supported: ["100rel"],
  contentTypes: ["application/sdp"],
};

interface Asked {
  readonly method?: string;
  readonly uri?: string;
  readonly toTag?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
}

/** Status, phrase and added headers in one line; `null` = the request is let through. */
function verdict({ method = "INVITE", uri = "sip:b@192.0.2.1", ...asked }: Asked): string | null {
  const head = [
    `${method} ${uri} SIP/2.0`,
    "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKx",
    "From: <sip:a@contoso.com>;tag=1",
    `To: <sip:b@contoso.com>${asked.toTag === undefined ? "" : `;tag=${asked.toTag}`}`,
    "Call-ID: 1",
    `CSeq: 1 ${method}`,
    ...(asked.headers ?? []),
  ];
  const parsed = parseSipMessage(Buffer.from([...head, "", asked.body ?? ""].join("\r\n")));
  if (parsed.kind !== "request") throw new Error(`it is ${JSON.stringify(parsed)}`);
  const refusal = judgeRequest(parsed.message, SERVED);
  if (refusal === null) return null;
  const added = refusal.headers.map(([name, value]) => ` ${name}: ${value}`);
  return `${refusal.status} ${refusal.phrase}${added.join("")}`;
}

const ALLOW = "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS";
const SDP = ["Content-Type: application/sdp"];
const GZIP = ["Content-Encoding: gzip"];
const BLOB = ["Content-Type: application/x-blob"];

const ROWS: readonly (readonly [what: string, asked: Asked, expected: string | null])[] = [
  ["a plain INVITE is let through", {}, null],
  [
    "a method that we know and do not serve",
    { method: "REGISTER" },
    `405 Method Not Allowed ${ALLOW}`,
  ],
  ["a method that nobody knows", { method: "WINK" }, `501 Not Implemented ${ALLOW}`],
  ["methods differ by case", { method: "invite" }, `501 Not Implemented ${ALLOW}`],
  ["sips is understood", { uri: "sips:b@contoso.com" }, null],
  ["tel is understood", { uri: "tel:+442079460123" }, null],
  ["a foreign scheme is not", { uri: "urn:service:sos" }, "416 Unsupported URI Scheme"],
  ["no hops left", { headers: ["Max-Forwards: 0"] }, "483 Too Many Hops"],
  ["no hops left for OPTIONS", { method: "OPTIONS", headers: ["Max-Forwards: 0"] }, null],
  ["no hops left within a call", { toTag: "x", headers: ["Max-Forwards: 0"] }, null],
  ["one hop left", { headers: ["Max-Forwards: 1"] }, null],
  [
    "hops that are no number",
    { headers: ["Max-Forwards: many"] },
    "400 Malformed Max-Forwards header",
  ],
  ["more than 255 hops", { headers: ["Max-Forwards: 300"] }, "400 Malformed Max-Forwards header"],
  [
    "extensions that we lack, named one by one",
    { headers: ["Require: 100rel, foo", "Require: bar"] },
    "420 Bad Extension Unsupported: foo, bar",
  ],
  ["an extension that we have, in any case", { headers: ["Require: 100REL"] }, null],
  ["what a proxy would need is none of ours", { headers: ["Proxy-Require: foo"] }, null],
  ["nothing can be required of an ACK", { method: "ACK", headers: ["Require: foo"] }, null],
  ["a body of SDP", { headers: SDP, body: "v=0" }, null],
  [
    "parameters of its type do not matter",
    { headers: [`${SDP[0]} ;charset=x`], body: "v=0" },
    null,
  ],
  [
    "a body of another type",
    { headers: BLOB, body: "x" },
    "415 Unsupported Media Type Accept: application/sdp",
  ],
  ["a type without a body", { headers: BLOB }, null],
  [
    "a body that may be ignored",
    { headers: [...BLOB, "Content-Disposition: x;handling=optional"], body: "x" },
    null,
  ],
  [
    "a body to do something with that we do not know",
    { headers: [...SDP, "Content-Disposition: x"], body: "x" },
    "415 Unsupported Media Type Accept: application/sdp",
  ],
  [
    "the disposition that SDP has",
    { headers: [...SDP, "Content-Disposition: session"], body: "x" },
    null,
  ],
  [
    "a packed body",
    { headers: [...SDP, ...GZIP], body: "x" },
    "415 Unsupported Media Type Accept-Encoding: identity",
  ],
  ["a body without type", { body: "x" }, "400 No Content-Type header"],
  ["a BYE's body is left alone", { method: "BYE", toTag: "x", headers: BLOB, body: "x" }, null],
  ["a caller that takes no SDP", { headers: ["Accept: text/plain"] }, "406 Not Acceptable"],
  [
    "a caller that takes SDP among others",
    { headers: ["Accept: a/b, application/sdp;q=0.1"] },
    null,
  ],
];

for (const [what, asked, expected] of ROWS) {
  judging(what, () => {
    assert.is(verdict(asked), expected);
  });
}

judging.run();
