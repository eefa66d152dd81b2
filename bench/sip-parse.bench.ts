/**
 * How long does it take to read a carrier's INVITE of 20 headers? From a datagram in memory to a message that
 * sip.js's core can use, by:
 *
 * - our parser: mandatory headers checked, the rest read when asked for
 * - the same, with all that a call asks for: From, To and Contact too
 * - npm `sip` 0.0.6's parser
 * - sip.js's own parser
 *
 * Not measured: sockets, transactions, answers. sip.js and npm `sip` are given a string, ours bytes.
 *
 * @module
 */
import { createRequire } from "node:module";
import { LoggerFactory, Parser } from "sip.js/lib/core/index.js";
import { parseSipMessage } from "../engine/sip/parse-sip-message.ts";
import type { BenchReport } from "./report.ts";
import { type Candidate, timeCandidates } from "./rounds.ts";

const OURS = "outdial";
const OURS_FORCED = "outdial, From To Contact";
const SIP_JS = "sip.js Parser";
const TITLE = "INVITE of 20 headers";

/** Different messages, so that none is learnt by heart. */
const MESSAGES = 512;

function carrierInvite(i: number): string {
  const body = `v=0\r\no=- ${i} 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\nm=audio 6000 RTP/AVP 8\r\n`;
  const called = `+44207946${String(i).padStart(4, "0")}`;
  return [
    `INVITE sip:${called}@192.0.2.1:5060;user=phone SIP/2.0`,
    `Via: SIP/2.0/UDP 192.0.2.8:5060;branch=z9hG4bKa${i};rport`,
    `Via: SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKb${i};rport=5060`,
    "Record-Route: <sip:192.0.2.8;lr;ftag=as1>",
    "Max-Forwards: 68",
    `From: "Megan Bowen" <sip:+14255550101@contoso.com;user=phone>;tag=as58f4${i}`,
    `To: <sip:${called}@192.0.2.1;user=phone>`,
    "Contact: <sip:+14255550101@192.0.2.9:5060;transport=udp>",
    `Call-ID: 6c2dd1f27b5d2a5a${i}@192.0.2.9`,
    "CSeq: 102 INVITE",
    "User-Agent: SBC 7.2",
    "Date: Fri, 20 Nov 2026 16:00:00 GMT",
    "Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, SUBSCRIBE, NOTIFY, INFO, PUBLISH",
    "Supported: replaces, timer, 100rel",
    'P-Asserted-Identity: "Megan Bowen" <sip:+14255550101@contoso.com>',
    "Diversion: <sip:+14255550102@contoso.com>;reason=unconditional",
    "Session-Expires: 1800;refresher=uac",
    "Min-SE: 90",
    "Content-Type: application/sdp",
    `Content-Length: ${body.length}`,
    "",
    body,
  ].join("\r\n");
}

function candidate(name: string, batch: number, answer: (i: number) => number): Candidate {
  const answerAll = (from: number, to: number): number => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += answer(i);
    return sum;
  };
  return { name, answer, answerAll, batch };
}

/** Times the parsers; each answers with the length of the Call-ID, which must be the same for all. */
export function benchSipParse(rounds: number): BenchReport {
  const texts = Array.from({ length: MESSAGES }, (_, i) => carrierInvite(i));
  const datagrams = texts.map((text) => Buffer.from(text));
  const factory = new LoggerFactory();
  factory.builtinEnabled = false;
  const logger = factory.getLogger("bench");
  const npmSip = createRequire(import.meta.url)("sip") as {
    parse(text: string): { headers: { "call-id": string } };
  };
  const read = (i: number, forced: boolean): number => {
    const parsed = parseSipMessage(datagrams[i] ?? Buffer.alloc(0));
    if (parsed.kind !== "request") return -1;
    const { message } = parsed;
    const complete =
      !forced ||
      (message.from.uri.host.length > 0 &&
        message.to.uri.host.length > 0 &&
        message.parseHeader("Contact") !== undefined);
    return complete ? message.callId.length : -1;
  };
  const candidates = [
    candidate(OURS, 256, (i) => read(i, false)),
    candidate(OURS_FORCED, 256, (i) => read(i, true)),
    candidate("npm sip 0.0.6", 256, (i) => npmSip.parse(texts[i] ?? "").headers["call-id"].length),
    candidate(SIP_JS, 4, (i) => Parser.parseMessage(texts[i] ?? "", logger)?.callId.length ?? -1),
  ];
  const answers = new Set(candidates.map(({ answer }) => answer(7)));
  if (answers.size !== 1) throw new Error(`the parsers disagree: ${[...answers].join(", ")}`);
  const timings = timeCandidates(candidates, MESSAGES, rounds);
  return {
    name: "sip-parse",
    questions: [{ title: TITLE, numbers: MESSAGES, hits: 1, timings }],
    floors: [
      { question: TITLE, candidate: OURS, rival: SIP_JS, atLeast: 250 },
      { question: TITLE, candidate: OURS_FORCED, rival: SIP_JS, atLeast: 250 },
    ],
  };
}
