import fc from "fast-check";
import {
  Grammar,
  type IncomingMessage,
  type IncomingRequestMessage,
  NameAddrHeader,
  Parser,
  URI,
} from "sip.js/lib/core/index.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parseNameAddr } from "../../engine/sip/parse-name-addr.ts";
import { parseSipMessage } from "../../engine/sip/parse-sip-message.ts";
import { parseSipUri } from "../../engine/sip/parse-sip-uri.ts";
import { SilentLoggerFactory } from "../../engine/sip/silent-logger.ts";
import { mutate, seeded } from "./mutate-message.ts";
import { message, nameAddr, uri } from "./sip-message-arbitrary.ts";

const LONG = process.env["LONG"] !== undefined;
const runs = (few: number): fc.Parameters<unknown> =>
  LONG
    ? { numRuns: few * 30, includeErrorInReport: true }
    : { numRuns: few, seed: 20_261_121, includeErrorInReport: true };

const oracle = suite("our parser beside sip.js's");
const logger = new SilentLoggerFactory().getLogger();

interface UriParts {
  readonly scheme: string;
  readonly user: string | undefined;
  readonly host: string;
  readonly port: number | undefined;
  readonly parameters: unknown;
}

function partsOfUri({ scheme, user, host, port, parameters }: URI): UriParts {
  return { scheme, user, host, port, parameters: { ...parameters } };
}

/** Folded values in one line, as we give them. */
function unfolded(value: string): string {
  return value
    .split("\r\n")
    .map((piece) => piece.trim())
    .filter((piece) => piece !== "")
    .join(" ");
}

function partsOfNameAddr(header: NameAddrHeader): object {
  const parameters = Object.entries(header.parameters).map(([name, value]) => [name, value]);
  return {
    // sip.js gives none where the name is empty.
    displayName: header.displayName ?? "",
    uri: partsOfUri(header.uri),
    parameters: Object.fromEntries(parameters) as unknown,
  };
}

oracle("a URI has the parts that sip.js finds in it", () => {
  fc.assert(
    fc.property(uri, (text) => {
      const theirs = Grammar.URIParse(text);
      const ours = parseSipUri(text);
      if (theirs === undefined || ours === null) throw new Error(`not read: ${text}`);
      assert.equal(partsOfUri(ours), partsOfUri(theirs), text);
      assert.is(String(ours), text);
    }),
    runs(400),
  );
});

oracle("a name-addr has the parts that sip.js finds in it", () => {
  fc.assert(
    fc.property(nameAddr, (folded) => {
      const text = unfolded(folded);
      const theirs = Grammar.nameAddrHeaderParse(text);
      const ours = parseNameAddr(text);
      if (theirs === undefined || ours === null) throw new Error(`not read: ${text}`);
      assert.equal(partsOfNameAddr(ours), partsOfNameAddr(theirs), text);
    }),
    runs(300),
  );
});

function headersOf(received: IncomingMessage): object {
  const lists = Object.entries(received.headers).map(([name, values]) => [
    name,
    values.map(({ raw }) => unfolded(raw)),
  ]);
  return Object.fromEntries(lists) as object;
}

/** All that sip.js's core asks a message for. */
function factsOf(received: IncomingMessage): object {
  const { method, viaBranch, callId, cseq, fromTag, toTag, body, from, to } = received;
  const ruri = (received as IncomingRequestMessage).ruri;
  const contacts = received.getHeaders("Contact").map((_, i): unknown => {
    const contact: unknown = received.parseHeader("Contact", i);
    return contact instanceof NameAddrHeader ? partsOfNameAddr(contact) : contact;
  });
  return {
    ...{ method, viaBranch, callId, cseq, fromTag, toTag, body, contacts },
    from: partsOfNameAddr(from),
    to: partsOfNameAddr(to),
    ruri: ruri instanceof URI ? partsOfUri(ruri) : undefined,
    headers: headersOf(received),
  };
}

oracle("a message says to sip.js's core what it says when sip.js reads it", () => {
  let requests = 0;
  fc.assert(
    fc.property(message, (text) => {
      const theirs = Parser.parseMessage(text, logger);
      const ours = parseSipMessage(Buffer.from(text));
      if (theirs === undefined || ours.kind === "malformed") throw new Error(`not read: ${text}`);
      if (ours.kind === "request") requests++;
      assert.equal(factsOf(ours.message as IncomingMessage), factsOf(theirs), text);
    }),
    runs(120),
  );
  assert.ok(requests > 20, "there were requests");
});

oracle("a name-addr that sip.js can read, we can read", () => {
  const random = seeded(LONG ? Date.now() : 7);
  const samples = fc.sample(nameAddr, { numRuns: LONG ? 5000 : 300, seed: 11 }).map(unfolded);
  let read = 0;
  for (const sample of samples) {
    const text = mutate(Buffer.from(sample), Buffer.from(samples[0] ?? ""), random).toString();
    const theirs = Grammar.nameAddrHeaderParse(text);
    if (theirs === undefined || text.includes("\r") || text.includes("\n")) continue;
    read++;
    const ours = parseNameAddr(text);
    if (ours === null) throw new Error(`only sip.js reads ${JSON.stringify(text)}`);
    assert.is(ours.uri.host.length > 0, true);
  }
  assert.ok(read > 10, `sip.js read ${read}`);
});

oracle.run();
