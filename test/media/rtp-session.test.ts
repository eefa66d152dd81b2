import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { RTP_HEADER_BYTES, readRtpPacket, writeRtpHeader } from "../../engine/media/rtp-packet.ts";
import {
  openRtpSession,
  type RtpSession,
  type RtpSessionOptions,
} from "../../engine/media/rtp-session.ts";
import { until } from "./until.ts";

const sessions = suite("RTP sessions");

/** Numerical Recipes' generator: the same draws in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

async function open(options: Partial<RtpSessionOptions> = {}): Promise<RtpSession> {
  const session = await openRtpSession({
    host: "127.0.0.1",
    sound: "tone",
    random: seeded(7),
    ...options,
  });
  assert.ok(session !== null, "no session");
  return session as RtpSession;
}

async function plainSocket(): Promise<Socket> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return socket;
}

function rtp(sequence: number, ssrc = 1): Buffer {
  const bytes = Buffer.alloc(RTP_HEADER_BYTES + 160);
  const timestamp = (sequence * 160) >>> 0;
  writeRtpHeader(bytes, { payloadType: 8, marker: false, sequence, timestamp, ssrc });
  return bytes;
}

for (const host of ["127.0.0.1", "::1"]) {
  sessions(`two ends hear each other without loss over ${host}`, async () => {
    const one = await open({ host, random: seeded(1) });
    const other = await open({ host, random: seeded(2), sound: "silence" });
    assert.is(one.port % 2, 0);
    assert.is(other.port % 2, 0);
    one.start({ host, port: other.port, payloadType: 8 });
    other.start({ host, port: one.port, payloadType: 0 });
    await until("30 packets", () => one.counts().packetsReceived >= 30);
    const sent = other.counts().packetsSent;
    const quality = one.stop();
    const back = other.stop();
    assert.ok(quality !== null && back !== null);
    assert.is(quality?.source, "measured");
    assert.is(quality?.lossRatio, 0);
    assert.is(quality?.packetsExpected, quality?.packetsReceived);
    // Some may be on their way: a tick sends up to five that were missed.
    assert.ok(sent - (quality?.packetsReceived ?? 0) <= 6);
    assert.ok((quality?.packetsReceived ?? 0) <= sent);
    assert.ok((quality?.meanOpinionScore ?? 0) > 3);
    assert.is(one.stop(), quality);
  });
}

sessions(
  "each packet is the next one: a marker first, 160 samples a frame, five frames of tone",
  async () => {
    const session = await open();
    const far = await plainSocket();
    const heard: Buffer[] = [];
    far.on("message", (bytes) => heard.push(bytes));
    session.start({ host: "127.0.0.1", port: far.address().port, payloadType: 8 });
    await until("twelve packets", () => heard.length >= 12);
    session.stop();
    far.close();
    const packets = heard.map((bytes) => readRtpPacket(bytes));
    const first = packets[0];
    packets.forEach((packet, at) => {
      assert.is(packet?.marker, at === 0);
      assert.is(packet?.payloadBytes, 160);
      assert.is(packet?.ssrc, first?.ssrc);
      assert.is(packet?.sequence, ((first?.sequence ?? 0) + at) & 0xffff);
    });
    const payload = (at: number): string => heard[at]?.toString("hex", RTP_HEADER_BYTES) ?? "";
    assert.is(payload(0), payload(5));
    assert.is.not(payload(0), payload(1));
  },
);

sessions("loss, a duplicate, a swap and strangers are told apart", async () => {
  const session = await open();
  const far = await plainSocket();
  const stranger = await plainSocket();
  const send = (socket: Socket, bytes: Buffer): void =>
    socket.send(bytes, session.port, "127.0.0.1");
  session.start({ host: "127.0.0.1", port: far.address().port, payloadType: 8 });
  send(far, rtp(65_534));
  await until("the first", () => session.counts().packetsReceived === 1);
  for (const bytes of [rtp(70), rtp(71), rtp(72)]) send(stranger, bytes);
  for (const sequence of [65_535, 1, 0, 1, 4]) send(far, rtp(sequence));
  for (const bytes of [Buffer.alloc(3), Buffer.alloc(200), rtp(9, 77)]) send(far, bytes);
  await until("all", () => {
    const { packetsReceived, packetsForeign } = session.counts();
    return packetsReceived === 5 && packetsForeign === 6;
  });
  const counts = session.counts();
  assert.is(counts.packetsExpected, 7);
  assert.is(counts.packetsDuplicated, 1);
  assert.is(counts.packetsReordered, 1);
  const quality = session.stop();
  assert.is(quality?.packetsExpected, 7);
  assert.is(quality?.packetsReceived, 5);
  assert.ok(Math.abs((quality?.lossRatio ?? 0) - 2 / 7) < 1e-12);
  far.close();
  stranger.close();
});

sessions("answers go to where the other end is heard from, not to what it announced", async () => {
  const session = await open();
  const announced = await plainSocket();
  const nat = await plainSocket();
  let heard = 0;
  nat.on("message", () => heard++);
  session.start({ host: "127.0.0.1", port: announced.address().port, payloadType: 8 });
  nat.send(rtp(1), session.port, "127.0.0.1");
  nat.send(rtp(2), session.port, "127.0.0.1");
  await until("packets at the other address", () => heard >= 3);
  session.stop();
  announced.close();
  nat.close();
});

sessions("on hold nothing is sent, and what comes is counted on", async () => {
  const session = await open();
  const far = await plainSocket();
  const remote = { host: "127.0.0.1", port: far.address().port, payloadType: 8 } as const;
  session.start(remote);
  await until("two sent", () => session.counts().packetsSent >= 2);
  session.start(null);
  const { packetsSent } = session.counts();
  far.send(rtp(1), session.port, "127.0.0.1");
  far.send(rtp(2), session.port, "127.0.0.1");
  far.send(rtp(3), session.port, "127.0.0.1");
  await until("three heard", () => session.counts().packetsReceived === 3);
  assert.is(session.counts().packetsSent, packetsSent);
  const markers: (boolean | undefined)[] = [];
  far.on("message", (bytes) => markers.push(readRtpPacket(bytes)?.marker));
  session.start(remote);
  await until("a third sent", () => session.counts().packetsSent > packetsSent + 1);
  await until("it arrived", () => markers.length >= 1);
  assert.is(markers.at(-1) === true || markers.includes(true), true);
  session.stop();
  session.start(remote);
  far.close();
});

sessions("where nothing came there is no quality", async () => {
  const session = await open();
  assert.is(session.stop(), null);
  const sending = await open();
  for (const host of ["not-an-address.example", "::1", "0.0.0.0"]) {
    sending.start({ host, port: 0, payloadType: 8 });
  }
  assert.is(sending.stop(), null);
});

sessions("a path's loss is measured at the other end", async () => {
  const path = { lossRatio: 0.3, jitterMilliseconds: 0, delayMilliseconds: 0 };
  const lossy = await open({ random: seeded(3), path });
  const far = await open({ random: seeded(4) });
  lossy.start({ host: "127.0.0.1", port: far.port, payloadType: 8 });
  await until("forty sent", () => lossy.counts().packetsSent >= 40);
  const { packetsSent } = lossy.counts();
  lossy.stop();
  const quality = far.stop();
  assert.ok((quality?.packetsReceived ?? 0) < packetsSent);
  assert.ok((quality?.lossRatio ?? 0) > 0.1 && (quality?.lossRatio ?? 1) < 0.5);
  assert.ok((quality?.meanOpinionScore ?? 5) < 3.6);
});

sessions("ports are even, within the range, and given back", async () => {
  const probe = await open();
  const first = probe.port;
  probe.stop();
  const portRange = { first: first - 1, last: first + 1 };
  const holder = await open({ portRange });
  assert.is(holder.port, first);
  const options = { host: "127.0.0.1", sound: "tone", random: seeded(9), portRange } as const;
  assert.is(await openRtpSession(options), null);
  holder.stop();
  const again = await open({ portRange });
  assert.is(again.port, first);
  again.stop();
  assert.is(await openRtpSession({ ...options, portRange: { first: 9, last: 9 } }), null);
  assert.is(await openRtpSession({ ...options, host: "192.0.2.1" }), null);
});

sessions("no more streams than may be", async () => {
  const options = { host: "127.0.0.1", sound: "silence", random: seeded(5) } as const;
  const opened = await Promise.all(
    Array.from({ length: 12 }, () => openRtpSession({ ...options, mostStreams: 10 })),
  );
  assert.is(opened.filter((session) => session !== null).length, 10);
  for (const session of opened) session?.stop();
  const after = await openRtpSession({ ...options, mostStreams: 1 });
  assert.ok(after !== null);
  after?.stop();
});

sessions.run();
