import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { RTP_HEADER_BYTES, readRtpPacket, writeRtpHeader } from "../../engine/media/rtp-packet.ts";

const long = process.env["LONG"] !== undefined;
const runs = long ? { numRuns: 20_000 } : { numRuns: 500, seed: 42 };

const packets = suite("RTP packets");

packets("a header stands on the line as RFC 3550 draws it", () => {
  const bytes = Buffer.alloc(RTP_HEADER_BYTES);
  const header = { payloadType: 8, marker: true, sequence: 258, timestamp: 160, ssrc: 0xdeadbeef };
  writeRtpHeader(bytes, header);
  assert.is(bytes.toString("hex"), "80880102000000a0deadbeef");
});

packets("what is written is read again", () => {
  const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  // 64 to 95 with a marker are taken for RTCP (RFC 5761 section 4).
  const payloadType = fc.oneof(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 96, max: 127 }));
  const header = fc.record({
    payloadType,
    marker: fc.boolean(),
    sequence: fc.integer({ min: 0, max: 65_535 }),
    timestamp: word,
    ssrc: word,
  });
  fc.assert(
    fc.property(header, fc.integer({ min: 0, max: 400 }), (written, payloadBytes) => {
      const bytes = Buffer.alloc(RTP_HEADER_BYTES + payloadBytes);
      writeRtpHeader(bytes, written);
      assert.equal(readRtpPacket(bytes), { ...written, payloadBytes });
    }),
    runs,
  );
});

/** The header after its first byte: PCMA, packet 1, timestamp 2, source 3. */
const rest = "0800010000000200000003";

/** Bytes in hexadecimal; the payload's length, or `null` = no RTP. */
const READ: readonly (readonly [string, string, number | null])[] = [
  ["nothing", "", null],
  ["eleven bytes", `80${rest}`.slice(0, -2), null],
  ["a header alone", `80${rest}`, 0],
  ["version 0", `00${rest}aabb`, null],
  ["version 1 (as ZRTP and old vat)", `40${rest}aabb`, null],
  ["version 3", `c0${rest}aabb`, null],
  ["two bytes of payload", `80${rest}aabb`, 2],
  ["two contributing sources", `82${rest}${"00".repeat(8)}aabb`, 2],
  ["fifteen contributing sources announced, one there", `8f${rest}00000001`, null],
  ["an extension of one word", `90${rest}bede000100000000aabbcc`, 3],
  ["an extension longer than the packet", `90${rest}bedeffff00000000`, null],
  ["an extension cut off", `90${rest}bede`, null],
  ["padding of two", `a0${rest}aabb0002`, 2],
  ["padding of none, which counts itself", `a0${rest}aabb0000`, null],
  ["padding longer than the payload", `a0${rest}aabb00ff`, null],
  ["padding announced, no payload", `a0${rest}`, 0],
  ["an RTCP sender report", `80c8000600000001${"00".repeat(20)}`, null],
  ["an RTCP bye", `81cb000100000001`, null],
];

for (const [name, hex, payloadBytes] of READ) {
  packets(`${name} is read as it should`, () => {
    const packet = readRtpPacket(Buffer.from(hex, "hex"));
    assert.is(packet === null ? null : packet.payloadBytes, payloadBytes);
  });
}

packets("no bytes make the reader throw or count more payload than there is", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const packet = readRtpPacket(Buffer.from(bytes));
      if (packet === null) return;
      assert.ok(packet.payloadBytes >= 0 && packet.payloadBytes <= bytes.length - RTP_HEADER_BYTES);
    }),
    runs,
  );
});

packets.run();
