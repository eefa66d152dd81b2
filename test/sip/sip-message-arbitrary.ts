import fc from "fast-check";

/** Valid SIP messages and their parts, in the spellings that RFC 3261 allows. */

const ALPHANUMERIC = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"];

function textOf(
  characters: readonly string[],
  minLength: number,
  maxLength: number,
): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...characters), { minLength, maxLength })
    .map((pieces) => pieces.join(""));
}

export const token = textOf([...ALPHANUMERIC, ..."-.!%*_+`'~"], 1, 12);

const label = textOf([...ALPHANUMERIC].slice(0, 26), 1, 8);

export const host = fc.oneof(
  fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join(".")),
  fc.ipV4(),
  // sip.js does not read every spelling of an IPv6 address.
  fc.constantFrom("[::1]", "[2001:db8::1]", "[2001:DB8:0:0:1:2:3:4]"),
);

const port = fc.oneof(
  fc.constant(""),
  fc.integer({ min: 1, max: 65_535 }).map((at) => `:${at}`),
);

export const user = textOf(
  [...ALPHANUMERIC, ..."-_.!~*'()&=+$,;?/", "%20", "%41", "%3B", "%C3%A9", "%25"],
  1,
  14,
);

const uriValue = textOf([...ALPHANUMERIC, ..."-_.!~*'()[]/:&+$", "%20"], 1, 8);

const uriParameter = fc.oneof(
  fc.constantFrom(";lr", ";user=phone", ";transport=UDP", ";transport=tcp"),
  fc.tuple(label, uriValue).map(([name, value]) => `;x-${name}=${value}`),
  label.map((name) => `;y-${name}`),
);

const uriParameters = fc
  .uniqueArray(uriParameter, {
    maxLength: 3,
    selector: (text) => (text.split("=")[0] ?? "").toLowerCase(),
  })
  .map((parameters) => parameters.join(""));

export const uri = fc
  .tuple(fc.constantFrom("sip:", "sips:", "SIP:"), fc.option(user), host, port, uriParameters)
  .map(([scheme, name, at, number, parameters]) =>
    [scheme, name === null ? "" : `${name}@`, at, number, parameters].join(""),
  );

/** Blanks where they may stand, and folded lines. */
const blank = fc.constantFrom("", " ", "  ", "\t", "\r\n ", " \r\n\t ");

const quoted = fc
  .array(fc.constantFrom(...ALPHANUMERIC, " ", ",", ";", "<", ">", "@", '\\"', "\\\\", "é"), {
    maxLength: 10,
  })
  .map((pieces) => `"${pieces.join("")}"`);

const displayName = fc.oneof(
  fc.constant(""),
  quoted,
  fc.array(token, { minLength: 1, maxLength: 3 }).map((words) => `${words.join(" ")} `),
);

const headerParameter = fc
  .tuple(blank, label, blank, fc.oneof(token, quoted, fc.constant(null)))
  .map(([before, name, between, value]) =>
    value === null ? `${before};${before}x-${name}` : `;x-${name}${between}=${between}${value}`,
  );

const headerParameters = fc
  .uniqueArray(headerParameter, {
    maxLength: 3,
    selector: (text) => /x-\w+/.exec(text)?.[0].toLowerCase() ?? "",
  })
  .map((parameters) => parameters.join(""));

export const nameAddr = fc
  .tuple(displayName, uri, headerParameters)
  .map(([name, to, parameters]) => `${name}<${to}>${parameters}`);

const tag = fc.option(token).map((value) => (value === null ? "" : `;tag=${value}`));
const tagged = fc.tuple(nameAddr, tag).map(([address, value]) => address + value);

const via = fc
  .tuple(blank, fc.constantFrom("UDP", "TCP", "TLS", "SCTP"), host, port, token, headerParameters)
  .map(
    ([space, transport, at, number, branch, parameters]) =>
      `SIP${space}/${space}2.0${space}/${space}${transport} ${at}${number}` +
      `;branch=z9hG4bK${branch}${parameters}`,
  );

const METHODS = ["INVITE", "OPTIONS", "BYE", "MESSAGE", "FOO-bar"];

const names = {
  via: ["Via", "v", "VIA"],
  from: ["From", "f", "FROM"],
  to: ["To", "t", "tO"],
  callId: ["Call-ID", "i", "call-id"],
  cseq: ["CSeq", "cseq", "CSEQ"],
  contact: ["Contact", "m"],
};

const extra = fc.constantFrom(
  "Subject: a, b; c",
  "Allow: INVITE, ACK",
  "X-Odd-Name!: ;;,,",
  "User-Agent: some end/1.0 (x; y)",
  "Date: Fri, 20 Nov 2026 16:00:00 GMT",
  "P-Asserted-Identity: <sip:a@b>, <tel:+14255550101>",
  "X-Empty:",
  'Warning: 399 a.b "c, d"',
);

/** A whole message with its headers in any order and spelling. */
export const message = fc
  .record({
    method: fc.constantFrom(...METHODS),
    status: fc.option(fc.integer({ min: 100, max: 699 }), { freq: 3 }),
    phrase: fc.constantFrom("", "OK", "Not here, sorry", "a  b"),
    requestUri: uri,
    vias: fc.array(via, { minLength: 1, maxLength: 3 }),
    from: tagged,
    to: tagged,
    callId: textOf([...ALPHANUMERIC, ..."-.!%*_+`'~()<>:\\\"/[]?{}"], 1, 20),
    cseq: fc.integer({ min: 0, max: 2_147_483_647 }),
    contacts: fc.array(nameAddr, { maxLength: 2 }),
    extras: fc.array(extra, { maxLength: 4 }),
    body: fc.constantFrom("", "v=0\r\n", "a\r\n\r\nb"),
    spelling: fc.nat({ max: 2 }),
    colon: fc.constantFrom(": ", ":", " : ", "\t:  "),
    turn: fc.nat({ max: 20 }),
  })
  .map((parts) => {
    const spell = (of: readonly string[]): string =>
      `${of[parts.spelling % of.length]}${parts.colon}`;
    const headers = [
      ...parts.vias.map((value) => spell(names.via) + value),
      spell(names.from) + parts.from,
      spell(names.to) + parts.to,
      spell(names.callId) + parts.callId,
      `${spell(names.cseq)}${parts.cseq} ${parts.method}`,
      ...parts.contacts.map((value) => spell(names.contact) + value),
      ...parts.extras,
      `Content-Length: ${parts.body.length}`,
    ];
    const turned = headers.map((_, i) => headers[(i + parts.turn) % headers.length] ?? "");
    const first =
      parts.status === null
        ? `${parts.method} ${parts.requestUri} SIP/2.0`
        : `SIP/2.0 ${parts.status} ${parts.phrase}`;
    return [first, ...turned, "", parts.body].join("\r\n");
  });
