/**
 * A message of the largest size takes a time that is in proportion to its bytes, whatever shape they have:
 * nobody can stop this end with a few datagrams.
 */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parseSipMessage } from "../../engine/sip/parse-sip-message.ts";

const hostile = suite("hostile messages");

const SMALL = 16_000;
const LARGE = 64_000;
/** Four times the bytes take some four times as long; what grows with their square takes sixteen times. */
const MOST_TIMES_AS_LONG = 10;
/** Below this a measurement tells nothing; the square of 64,000 is never below it. */
const SLACK_MILLISECONDS = 2;
const ROUNDS = 7;

/** What is read of a message when somebody asks. */
const ASKED = ["Via", "From", "To", "Contact", "Route", "Record-Route", "Supported", "User-Agent"];

const START = "INVITE sip:+442079460123@192.0.2.1 SIP/2.0\r\n";
const REST: Readonly<Record<string, string>> = {
  Via: "SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKone",
  From: "<sip:+14255550101@contoso.com>;tag=1",
  To: "<sip:+442079460123@contoso.com>",
  "Call-ID": "call-1",
  CSeq: "1 INVITE",
  Contact: "<sip:megan@192.0.2.9>",
  "Max-Forwards": "70",
};

/** An INVITE one of whose headers is what `fill` makes of so many bytes. */
function header(name: string, fill: (bytes: number) => string): (bytes: number) => string {
  const others = Object.entries(REST).filter(([other]) => other !== name);
  const lines = others.map(([other, value]) => `${other}: ${value}\r\n`).join("");
  return (bytes) => `${START}${lines}${name}: ${fill(bytes - 400)}\r\n\r\n`;
}

const many = (piece: string) => (bytes: number) => piece.repeat(bytes / piece.length);
const after = (begin: string, piece: string) => (bytes: number) => begin + many(piece)(bytes);

const LISTS = ["Via", "Contact", "Route", "Supported"];
const PIECES = [
  ...[",", ", ", "<", ">", '"', '""', '\\"', '"\\', "\\", ";", ";a", ";a=", ';a="', ";rport", "="],
  ...["a,", "<,", '",', "<>,", '"<', "<sip:a@b>,", '"a" <sip:b@c>, ', "sip:", "@", ":", "[", "]"],
  ...[
    "%",
    "%61",
    "?a=b&",
    "\t",
    " ",
    "\r\n ",
    "\r",
    "\n",
    "0",
    "9",
    "é",
    "(",
    "()",
    "SIP/2.0/UDP ",
  ],
];

const SHAPES: readonly (readonly [string, (bytes: number) => string])[] = [
  ...["From", ...LISTS].flatMap((name) =>
    PIECES.map((piece) => [`${name}: ${piece}`, header(name, many(piece))] as const),
  ),
  ["a quote that never closes", header("From", after('"', "a"))],
  ["a bracket that never closes", header("Contact", after("<sip:a@b", ";x=y"))],
  ["parameters of a Via", header("Via", after("SIP/2.0/UDP 192.0.2.9", ";received=1"))],
  ["tags", header("To", after("<sip:a@b>", ";tag=1"))],
  ["digits of CSeq", header("CSeq", many("1"))],
  ["digits of Content-Length", header("Content-Length", many("0"))],
  ["comments", header("User-Agent", many("(\\("))],
  ["a header without a name", header("", many(":"))],
  ["a name without end", (bytes) => START + many("a")(bytes)],
  ["header lines", header("X", many("\r\nX:"))],
  ["Via lines", header("X", many("\r\nVia: SIP/2.0/UDP a"))],
  ["different header lines", header("X", (n) => lines(n, (i) => `\r\nX-${i}:`))],
  ["lengths", header("X", many("\r\nl: 1"))],
  ["empty lines first", (bytes) => many("\r\n")(bytes) + START],
  ["a start line without end", many("INVITE ")],
  ["a Request-URI", (bytes) => `INVITE sip:${many("%61")(bytes)}@b SIP/2.0\r\n\r\n`],
  ["a response's phrase", (bytes) => `SIP/2.0 200 ${many("O ")(bytes)}\r\n\r\n`],
  ["null bytes", many("\0")],
];

function lines(bytes: number, line: (i: number) => string): string {
  let text = "";
  for (let i = 0; text.length < bytes; i++) text += line(i);
  return text.slice(0, bytes);
}

function readAll(bytes: Buffer): void {
  const parsed = parseSipMessage(bytes);
  if (parsed.kind === "malformed") return;
  const { message } = parsed;
  for (const name of ASKED) {
    const values = message.valuesOf(name);
    message.getHeaders(name);
    message.parseHeader(name, 0);
    message.parseHeader(name, values.length - 1);
  }
}

/** The shortest of several, in milliseconds. */
function timeOf(bytes: Buffer): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    readAll(bytes);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

hostile(`${SHAPES.length} shapes are read in time that grows with their size alone`, () => {
  for (const [, make] of SHAPES) readAll(Buffer.from(make(SMALL)));
  for (const [name, make] of SHAPES) {
    const small = timeOf(Buffer.from(make(SMALL)));
    const large = timeOf(Buffer.from(make(LARGE)));
    const most = MOST_TIMES_AS_LONG * small + SLACK_MILLISECONDS;
    const told = `${name}: ${small.toFixed(3)} ms for ${SMALL} bytes, ${large.toFixed(3)} for ${LARGE}`;
    assert.ok(large < most, told);
  }
});

hostile.run();
