import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { MAX_MESSAGE_BYTES } from "../../engine/sip/sip-limits.ts";
import { type FramingFault, StreamFramer } from "../../engine/sip/stream-framer.ts";
import { options } from "./test-end.ts";

const RUNS =
  process.env["LONG"] === undefined ? { numRuns: 300, seed: 14_255_550 } : { numRuns: 20_000 };

interface Framed {
  readonly messages: readonly string[];
  readonly keepAlives: number;
  readonly fault: FramingFault | null;
  readonly isWaiting: boolean;
}

function frame(chunks: readonly Buffer[]): Framed {
  const framer = new StreamFramer();
  const messages: Buffer[] = [];
  let keepAlives = 0;
  let fault: FramingFault | null = null;
  const sink = {
    onMessage: (message: Buffer) => messages.push(message),
    onKeepAlive: () => {
      keepAlives++;
    },
  };
  for (const chunk of chunks) {
    fault = framer.push(chunk, sink);
    // Node reads into fresh memory, yet nothing may hold on to a chunk that it did not copy or hand out.
    if (messages.length === 0) chunk.fill(0);
  }
  return {
    messages: messages.map((message) => message.toString()),
    keepAlives,
    fault,
    isWaiting: framer.isWaiting,
  };
}

function cut(text: Buffer, at: readonly number[]): Buffer[] {
  const places = [0, ...[...at].sort((a, b) => a - b), text.length];
  return places.slice(1).map((end, index) => Buffer.from(text.subarray(places[index], end)));
}

const head = (...headers: string[]): string =>
  `${["INVITE sip:+442079460123@contoso.com SIP/2.0", ...headers].join("\r\n")}\r\n\r\n`;

const framer = suite("stream-framer");

framer("two messages with keep-alives around are found however a stream is cut once", () => {
  const sent = [options("megan", "v=0\r\n\r\nö"), options("adele")];
  const stream = Buffer.from(`\r\n\r\n${sent[0]}\r\n${sent[1]}\r\n\r\n`);
  for (let at = 0; at <= stream.length; at++) {
    const found = frame(cut(stream, [at]));
    assert.equal(found.messages, sent, `cut at ${at}`);
    assert.is(found.keepAlives, 2, `cut at ${at}`);
    assert.is(found.fault, null);
    assert.not(found.isWaiting);
  }
});

framer("any messages come out whole and in order however a stream is cut", () => {
  const message = fc
    .tuple(fc.string({ unit: "binary", maxLength: 200 }), fc.nat({ max: 3 }))
    .map(([body, emptyLines]) => ({ body, emptyLines }));
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 6 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }),
      (messages, cuts) => {
        const sent = messages.map(({ body }, index) => options(String(index), body));
        const stream = Buffer.from(
          sent.map((one, index) => "\r\n".repeat(messages[index]?.emptyLines ?? 0) + one).join(""),
        );
        const places = cuts.map((share) => Math.floor(share * stream.length));
        const found = frame(cut(stream, places));
        assert.equal(found.messages, sent);
        assert.is(found.fault, null);
      },
    ),
    RUNS,
  );
});

framer("a stream of any bytes is framed, waited for or refused, alike in any pieces", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "\r\n",
      "\r",
      "\n",
      "Content-Length: 3\r\n",
      "l:0\r\n",
      "INVITE x\r\n",
      ": ",
      " ",
    ),
    fc.string({ unit: "binary", maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const stream = Buffer.from(pieces.join(""));
      const whole = frame([Buffer.from(stream)]);
      const single = frame(Array.from(stream, (byte) => Buffer.from([byte])));
      assert.equal(single, whole);
    }),
    RUNS,
  );
});

const READABLE: readonly [what: string, header: string][] = [
  ["in lower case", "content-length: 3"],
  ["compact", "l: 3"],
  ["compact in upper case", "L:3"],
  ["with blanks around the colon", "Content-Length \t:\t 3 "],
  ["folded", "Content-Length:\r\n 3"],
  ["said twice alike", "Content-Length: 3\r\nl: 03"],
];

for (const [what, header] of READABLE) {
  framer(`a Content-Length ${what} is read`, () => {
    const found = frame([Buffer.from(`${head("CSeq: 1 INVITE", header)}abc${options("next")}`)]);
    assert.equal(found.messages, [`${head("CSeq: 1 INVITE", header)}abc`, options("next")]);
  });
}

const UNREADABLE: readonly [
  what: string,
  headers: readonly string[],
  status: number,
  told: RegExp,
][] = [
  ["no Content-Length", ["CSeq: 1 INVITE"], 400, /without Content-Length/],
  [
    "one in a folded line of another header",
    ["Subject: a", " l: 3"],
    400,
    /without Content-Length/,
  ],
  ["a negative one", ["Content-Length: -1"], 400, /no number/],
  ["a word for one", ["Content-Length: three"], 400, /no number/],
  ["one that no number holds", ["l: 99999999999999999999"], 400, /no number/],
  ["two that differ", ["Content-Length: 3", "l: 4"], 400, /two Content-Lengths/],
  ["a body past the limit", [`Content-Length: ${MAX_MESSAGE_BYTES}`], 413, /limit is 65535/],
];

for (const [what, headers, status, told] of UNREADABLE) {
  framer(`${what}: the good message before it comes out, then ${status} with the head`, () => {
    const bad = head(...headers);
    const found = frame([Buffer.from(options("good") + bad + options("lost"))]);
    assert.equal(found.messages, [options("good")]);
    assert.is(found.fault?.status, status);
    assert.is(found.fault?.head.toString(), bad);
    assert.match(found.fault?.what ?? "", told);
  });
}

framer("a head without end is 513 once it passes the limit, with what came of it", () => {
  const endless = `INVITE sip:a SIP/2.0\r\n${"Subject: a\r\n".repeat(MAX_MESSAGE_BYTES / 10)}`;
  const found = frame([Buffer.from(options("good")), Buffer.from(endless)]);
  assert.equal(found.messages, [options("good")]);
  assert.is(found.fault?.status, 513);
  assert.is(found.fault?.head.length, MAX_MESSAGE_BYTES);
  assert.not(found.isWaiting, "nothing is held any more");
});

framer("a message of just the limit comes out, one byte more does not", () => {
  const headBytes = head("Content-Length: 65000").length;
  const fits = MAX_MESSAGE_BYTES - headBytes;
  const message = head(`Content-Length: ${fits}`) + "a".repeat(fits);
  assert.equal(frame([Buffer.from(message)]).messages, [message]);
  assert.is(frame([Buffer.from(head(`Content-Length: ${fits + 1}`))]).fault?.status, 413);
});

framer("a fault is given again, and nothing is read after it", () => {
  const framer = new StreamFramer();
  const heard: Buffer[] = [];
  const sink = { onMessage: (one: Buffer) => heard.push(one), onKeepAlive: () => undefined };
  const fault = framer.push(Buffer.from(head("CSeq: 1 INVITE")), sink);
  assert.is(framer.push(Buffer.from(options("late")), sink), fault);
  assert.equal(heard, []);
});

framer("a long message that comes byte by byte costs no more than its bytes", () => {
  const body = "a".repeat(MAX_MESSAGE_BYTES - 200);
  const message = head(`Subject: ${"b".repeat(40)}`, `Content-Length: ${body.length}`) + body;
  const framer = new StreamFramer();
  const heard: Buffer[] = [];
  const sink = { onMessage: (one: Buffer) => heard.push(one), onKeepAlive: () => undefined };
  const began = performance.now();
  for (const byte of Buffer.from(message.repeat(4))) framer.push(Buffer.from([byte]), sink);
  assert.is(heard.length, 4);
  // Copying what is held at each byte would take over 8 GB of copies.
  assert.ok(performance.now() - began < 3_000);
});

framer.run();
