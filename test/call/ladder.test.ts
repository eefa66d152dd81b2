import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ladderLines } from "../../engine/call/ladder.ts";
import { type TappedMessage, tapTo } from "../../engine/call/tapped-message.ts";
import { cellsOf } from "../../engine/call/text-cells.ts";
import type { SipPeer } from "../../engine/sip/sip-peer.ts";

const RUNS =
  process.env["LONG"] === undefined ? { numRuns: 300, seed: 4_402_079 } : { numRuns: 5_000 };

const end = (port: number, host = "127.0.0.1"): SipPeer => ({ transport: "udp", host, port });
const outdial = end(5070);
const london = end(5071);
const leeds = end(5072, "::1");

function tapped(
  at: number,
  direction: "received" | "sent",
  peer: SipPeer,
  firstLine: string,
  cseq: string,
  body = "",
): TappedMessage {
  const headers = [`CSeq: ${cseq}`, ...(body === "" ? [] : ["c: application/sdp"])];
  const message = `${[firstLine, ...headers].join("\r\n")}\r\n\r\n${body}`;
  return { at: 1_795_000_000_000 + at, direction, message, peer, local: outdial };
}

const INVITE = "INVITE sip:+442079460123@contoso.com SIP/2.0";
const FAILOVER: readonly TappedMessage[] = [
  tapped(0, "sent", london, INVITE, "1 INVITE", "v=0"),
  tapped(500.04, "sent", london, INVITE, "1 INVITE", "v=0"),
  tapped(501.3, "received", london, "SIP/2.0 503 Service Unavailable", "1 INVITE"),
  tapped(501.4, "sent", london, "ACK sip:+442079460123@contoso.com SIP/2.0", "1 ACK"),
  tapped(501.5, "sent", leeds, INVITE, "1 INVITE", "v=0"),
  tapped(530, "received", leeds, "SIP/2.0 200 OK", "1 INVITE", "v=0"),
  tapped(530.5, "sent", leeds, "ACK sip:leeds SIP/2.0", "1 ACK"),
  tapped(12_345, "received", leeds, "BYE sip:outdial SIP/2.0", "7 BYE"),
  tapped(12_345.5, "sent", leeds, "SIP/2.0 200 OK", "7 BYE"),
];
const nameOf = ({ port }: { readonly port: number }): string | undefined =>
  port === 5070 ? "outdial" : undefined;

const ladder = suite("ladder");

ladder("a failover is drawn from lifeline to lifeline", () => {
  assert.is(
    ladderLines(FAILOVER, { width: 90, nameOf }).join("\n"),
    [
      "     ms           outdial                127.0.0.1:5071               [::1]:5072",
      "    0.0              │───── INVITE + SDP ──────▶│                          │",
      "  500.0              │─ INVITE + SDP (again) ──▶│                          │",
      "  501.3              │◀─ 503 Service Unavaila… ─│                          │",
      "  501.4              │────────── ACK ──────────▶│                          │",
      "  501.5              │─────────────────── INVITE + SDP ───────────────────▶│",
      "  530.0              │◀─────────────────── 200 OK + SDP ───────────────────│",
      "  530.5              │─────────────────────── ACK ────────────────────────▶│",
      "12345.0              │◀─────────────────────── BYE ────────────────────────│",
      "12345.5              │─────────────────── 200 OK (BYE) ───────────────────▶│",
    ].join("\n"),
  );
});

ladder("where lifelines do not fit, each message is a line of words", () => {
  const lines = ladderLines(FAILOVER, { width: 40, nameOf });
  assert.equal(lines.slice(0, 3), [
    "    0.0 outdial → 127.0.0.1:5071: INVIT…",
    "  500.0 outdial → 127.0.0.1:5071: INVIT…",
    "  501.3 127.0.0.1:5071 → outdial: 503 S…",
  ]);
});

ladder("no message, no line", () => {
  assert.equal(ladderLines([], { width: 80 }), []);
});

ladder("ends of one name share a lifeline, and an end can talk to itself", () => {
  const lines = ladderLines(FAILOVER, { width: 80, nameOf: () => "lab" });
  assert.is(lines[0]?.trim(), "ms                   lab");
  assert.match(lines[1] ?? "", /│─+ INVITE \+ SDP ─+┐$/);
});

ladder("what no SIP message is still stands there, and cannot steer the terminal", () => {
  const odd = tapped(1, "received", london, "\u001b[2J\u202ehello\u0007", "x");
  const lines = ladderLines([...FAILOVER.slice(0, 1), odd], { width: 80 });
  assert.match(lines[2] ?? "", /│◀─+ {1,3}\[2J hello {1,2}─+│/);
});

ladder("past a thousand messages it says how many more there were", () => {
  const many = Array.from({ length: 1_234 }, (_, at) =>
    tapped(at, "sent", london, "OPTIONS sip:a SIP/2.0", `${at} OPTIONS`),
  );
  const lines = ladderLines(many, { width: 80 });
  assert.is(lines.length, 1_002);
  assert.is(lines.at(-1), "and 234 more messages");
});

ladder(
  "any text of any peer keeps each line within the width, and free of control characters",
  () => {
    const text = fc.string({ unit: "binary", maxLength: 60 });
    const one = fc.record({
      at: fc.double({ min: 0, max: 1e7, noNaN: true }),
      direction: fc.constantFrom("received" as const, "sent" as const),
      message: fc.oneof(
        text,
        text.map((rest) => `SIP/2.0 200 ${rest}\r\n\r\n`),
      ),
      peer: fc.record({
        transport: fc.constant("udp" as const),
        host: fc.constantFrom("127.0.0.1", "::1", "東京.example", "sbc1.contoso.com"),
        port: fc.integer({ min: 5060, max: 5063 }),
      }),
      local: fc.constant(outdial),
    });
    fc.assert(
      fc.property(
        fc.array(one, { maxLength: 8 }),
        fc.integer({ min: 10, max: 200 }),
        text,
        (messages, width, name) => {
          const named = (port: number): string | undefined => (port === 5061 ? name : undefined);
          const lines = ladderLines(messages, { width, nameOf: ({ port }) => named(port) });
          for (const line of lines) {
            assert.ok(cellsOf(line) <= width, `${cellsOf(line)} cells of ${width}: ${line}`);
            assert.not.match(line, /[\p{Cc}\u2028-\u202e\u2066-\u2069]/u);
          }
        },
      ),
      RUNS,
    );
  },
);

ladder("a tap gives messages with the time of day", () => {
  const heard: TappedMessage[] = [];
  const tap = tapTo((one) => heard.push(one));
  const before = Date.now() - 1_000;
  tap("sent", "a", london, outdial);
  tap("received", "b", london, outdial);
  const [first, second] = heard;
  assert.equal([first?.message, second?.message], ["a", "b"]);
  assert.ok((first?.at ?? 0) > before && (first?.at ?? 0) < before + 10_000);
  assert.ok((second?.at ?? 0) >= (first?.at ?? 0));
});

ladder.run();
