import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openRtpSession } from "../../engine/media/rtp-session.ts";
import { createOffer, readAnswer, SDP_CONTENT_TYPE } from "../../engine/media/sdp.ts";
import { keyedRandom } from "../../trunk-sim/scenario/call-random.ts";
import type { CallSpeech } from "../../trunk-sim/trunk/call-speech.ts";
import { SpeechDesk, StreamRoom } from "../../trunk-sim/trunk/speech-desk.ts";
import { until } from "../media/until.ts";
import { withTrunk } from "./trunk-lab.ts";

const PATH = { lossRatio: 0.02, jitterMilliseconds: 3, delayMilliseconds: 30 };

function offer(port: number, direction = "sendrecv"): { contentType: string; content: string } {
  const content = createOffer({ address: "127.0.0.1", port, sessionId: 1, version: 1 });
  return {
    contentType: SDP_CONTENT_TYPE,
    content: content.replace("a=sendrecv", `a=${direction}`),
  };
}

async function withSpeech(
  streams: number,
  run: (speech: CallSpeech) => void | Promise<void>,
): Promise<void> {
  const desk = await SpeechDesk.open("127.0.0.1", PATH, new StreamRoom(streams));
  const wanted = offer(40_000);
  assert.is(desk.refusal(wanted), null);
  const speech = await desk.speechFor(wanted, keyedRandom("speech"));
  try {
    await run(speech);
  } finally {
    speech.end(0);
    await desk.close();
  }
}

const speeches = suite("a call's speech");

for (const streams of [0, 1]) {
  const kind = streams === 0 ? "unheard" : "heard";
  speeches(`hold and back: ${kind} speech mirrors the direction and counts versions`, async () => {
    await withSpeech(streams, (speech) => {
      speech.start();
      const held = speech.reoffer(offer(40_000, "sendonly").content);
      assert.match(held.content, /a=recvonly/);
      assert.match(held.content, /o=- 1 2 IN/);
      assert.match(speech.reoffer(offer(40_002, "inactive").content).content, /a=inactive/);
      const back = speech.reoffer(offer(40_002).content);
      assert.match(back.content, /a=sendrecv/);
      assert.match(back.content, /o=- 1 4 IN/);
      const port = /m=audio (\d+)/.exec(back.content)?.[1];
      assert.is(/m=audio (\d+)/.exec(held.content)?.[1], port, "the port stays");
    });
  });

  speeches(`${kind} speech leaves a call alone whose new offer means nothing`, async () => {
    await withSpeech(streams, (speech) => {
      assert.is(speech.reoffer("v=0\r\nm=audio 1 RTP/AVP 18\r\n").content, speech.body.content);
      assert.match(speech.reoffer(null).content, /m=audio \d+ RTP\/AVP 8 0 101/);
    });
  });
}

speeches("unheard speech has the quality of the trunk's profile, and says so", async () => {
  await withSpeech(0, (speech) => {
    const quality = speech.end(120);
    assert.is(quality?.source, "synthesised");
    assert.is(quality?.packetsReceived, null);
    assert.ok(Math.abs((quality?.lossRatio ?? 0) - 0.02) < 0.01, String(quality?.lossRatio));
  });
});

speeches("a call's packets are sent, measured and recorded", async () => {
  let stopRtp: () => unknown = () => {};
  await withTrunk(
    { answer: { progress: "early-media" } },
    async (lab) => {
      const random = keyedRandom("caller");
      const rtp = await openRtpSession({
        host: "127.0.0.1",
        sound: "tone",
        random,
        mostStreams: 60,
      });
      assert.ok(rtp !== null);
      stopRtp = () => rtp.stop();
      const placed = lab.place({ body: offer(rtp.port) });
      await placed.reached("progress 183");
      const agreed = readAnswer(placed.responses[0]?.body?.content ?? "");
      assert.ok(typeof agreed !== "string");
      rtp.start({ ...agreed.remote, payloadType: 8 });
      await placed.reached("answer");
      await until("ten packets each way", () => rtp.counts().packetsReceived >= 10);
      const second = await lab.call();
      assert.is(second.final?.status, 200);
      placed.call?.hangUp();
      await placed.ended();
      rtp.stop();
      const sources = lab.records().map(({ quality }) => quality?.source);
      assert.equal(sources, ["synthesised", "measured"], "there was room for one stream");
      const measured = lab.records()[1]?.quality;
      assert.ok((measured?.packetsReceived ?? 0) >= 5, JSON.stringify(measured));
    },
    { rtpStreams: 1 },
  ).finally(() => stopRtp());
});

speeches("the place of a stream is free again when its call ends", async () => {
  await withTrunk(
    {},
    async (lab) => {
      for (let calls = 0; calls < 3; calls += 1) {
        const placed = await lab.call();
        assert.is(placed.final?.status, 200);
      }
      // Nothing was sent to these calls: their quality is unknown, and not made up.
      assert.equal(
        lab.records().map(({ quality }) => quality),
        [null, null, null],
      );
    },
    { rtpStreams: 1 },
  );
});

speeches.run();
