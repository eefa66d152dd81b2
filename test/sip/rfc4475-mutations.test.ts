import { createSocket } from "node:dgram";
import { NameAddrHeader } from "sip.js/lib/core/index.js";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openSipEndpoint } from "../../engine/sip/open-sip-endpoint.ts";
import { parseSipMessage } from "../../engine/sip/parse-sip-message.ts";
import type { SipPeer } from "../../engine/sip/sip-peer.ts";
import { mutate, seeded } from "./mutate-message.ts";
import {
  askOverTcp,
  askOverUdp,
  busyEnd,
  fixtureNames,
  pingTcp,
  readFixture,
  withRport,
} from "./torture-lab.ts";

const isLong = process.env["LONG"] !== undefined;
const seed = isLong ? Date.now() % 1_000_000 : 4475;
const mutations = suite(`RFC 4475's messages, mutated (seed ${seed})`);
const messages = fixtureNames().map((name) => withRport(readFixture(name)));

const PARSED = isLong ? 300_000 : 10_000;
const SENT_OVER_UDP = isLong ? 60_000 : 3_000;
const SENT_OVER_TCP = isLong ? 3_000 : 150;
/** Datagrams between two OPTIONS: few enough that none is lost to a full socket buffer. */
const BATCH = 50;
const ANSWERED_WITHIN_MS = 100;
/** Other programs of the machine may delay an answer, but not several in a row. */
const TRIES = 5;

function* mutants(count: number): Generator<Buffer> {
  const random = seeded(seed);
  const any = (): Buffer => messages[random(messages.length)] ?? Buffer.alloc(0);
  for (let i = 0; i < count; i++) yield mutate(any(), any(), random);
}

mutations("the parser never throws, and what it answers is one well-formed response", () => {
  const kinds = { request: 0, response: 0, malformed: 0 };
  for (const bytes of mutants(PARSED)) {
    const parsed = parseSipMessage(bytes);
    kinds[parsed.kind]++;
    if (parsed.kind === "malformed") {
      if (parsed.answer !== null) assertOneResponse(parsed.answer);
    } else {
      // Everything that is read later is read without a throw, too.
      for (const name of Object.keys(parsed.message.headers)) {
        parsed.message.valuesOf(name);
        parsed.message.parseHeader(name);
      }
      assert.ok(parsed.message.from instanceof NameAddrHeader);
      assert.ok(parsed.message.to instanceof NameAddrHeader);
      assert.ok(parsed.message.from.uri.host.length > 0);
    }
  }
  for (const [kind, count] of Object.entries(kinds)) {
    assert.ok(count > PARSED / 200, `only ${count} were ${kind}`);
  }
});

function assertOneResponse(answer: string): void {
  assert.match(answer, /^SIP\/2\.0 [45]\d\d [^\r\n]+\r\n/);
  const end = answer.indexOf("\r\n\r\n");
  assert.is(end, answer.length - 4, `it ends once: ${answer}`);
  for (const line of answer.slice(0, end).split("\r\n").slice(1)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be sent back
    assert.match(line, /^[A-Za-z-]+: [^\0-\x08\x0a-\x1f\x7f]*$/);
  }
}

/** Milliseconds until OPTIONS is answered: the least of some tries, as other programs run too. */
async function answersWithin(ask: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < TRIES && least > ANSWERED_WITHIN_MS; tries++) {
    const asked = performance.now();
    await ask();
    least = Math.min(least, performance.now() - asked);
  }
  return least;
}

async function withBusyEnd(
  transport: "udp" | "tcp",
  run: (peer: SipPeer) => Promise<void>,
): Promise<void> {
  const endpoint = await openSipEndpoint(busyEnd(transport));
  try {
    const [peer] = endpoint.addresses;
    if (peer === undefined) throw new Error("no address");
    await run(peer);
  } finally {
    await endpoint.close();
  }
}

mutations(`after ${SENT_OVER_UDP} mutants over UDP, OPTIONS is answered at once`, async () => {
  await withBusyEnd("udp", async (peer) => {
    const socket = createSocket("udp4");
    const nothing = Buffer.from("\r\n\r\n");
    let sent = 0;
    let slowest = 0;
    for (const bytes of mutants(SENT_OVER_UDP)) {
      socket.send(bytes, peer.port, peer.host);
      if (++sent % BATCH !== 0) continue;
      slowest = Math.max(slowest, await answersWithin(() => askOverUdp(peer, nothing)));
    }
    socket.close();
    assert.ok(slowest < ANSWERED_WITHIN_MS, `OPTIONS took ${slowest} ms`);
  });
});

mutations(`after ${SENT_OVER_TCP} mutants over TCP, OPTIONS is answered at once`, async () => {
  await withBusyEnd("tcp", async (peer) => {
    for (const bytes of mutants(SENT_OVER_TCP)) {
      // It may wait for more, close, or answer: it has to go on serving others.
      await askOverTcp(peer, bytes, true);
    }
    const took = await answersWithin(() => pingTcp(peer));
    assert.ok(took < ANSWERED_WITHIN_MS, `OPTIONS took ${took} ms`);
  });
});

mutations.run();
