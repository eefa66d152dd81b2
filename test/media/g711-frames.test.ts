import { createHash } from "node:crypto";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  encodeALaw,
  encodeMuLaw,
  g711Frames,
  SAMPLES_PER_FRAME,
  SAMPLES_PER_SECOND,
  TONE_HERTZ,
} from "../../engine/media/g711-frames.ts";

const frames = suite("G.711 frames");

/** Linear value in the middle of a step: the formulas of G.711's tables, read from the other side. */
function decodeMuLaw(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 0x0f) << 1) + 33) << ((bits >> 4) & 7)) - 33;
  return (bits & 0x80 ? -magnitude : magnitude) * 4;
}

function decodeALaw(code: number): number {
  const bits = code ^ 0x55;
  const segment = (bits >> 4) & 7;
  const step = bits & 0x0f;
  const magnitude = segment === 0 ? (step << 1) + 1 : ((step << 1) + 33) << (segment - 1);
  return (bits & 0x80 ? magnitude : -magnitude) * 8;
}

const LAWS = [
  { law: "A-law", payloadType: 8, encode: encodeALaw, decode: decodeALaw, silence: 0xd5 },
  { law: "μ-law", payloadType: 0, encode: encodeMuLaw, decode: decodeMuLaw, silence: 0xff },
] as const;

/** Sample, A-law, μ-law. */
const KNOWN = [
  [0, 0xd5, 0xff],
  [8, 0xd5, 0xfe],
  [100, 0xd3, 0xf2],
  [1000, 0xfa, 0xce],
  [8191, 0x8a, 0x9f],
  [32_767, 0xaa, 0x80],
  [-1, 0x55, 0x7f],
  [-1000, 0x7a, 0x4e],
  [-32_768, 0x2a, 0x00],
] as const;

frames("samples become the codes of the Recommendation's tables", () => {
  for (const [sample, aLaw, muLaw] of KNOWN) {
    assert.is(encodeALaw(sample), aLaw, `A-law of ${sample}`);
    assert.is(encodeMuLaw(sample), muLaw, `μ-law of ${sample}`);
  }
});

frames("every positive sample becomes what Python's audioop makes of it", () => {
  const digest = (encode: (sample: number) => number): string => {
    const codes = Buffer.from(Array.from({ length: 32_768 }, (_, sample) => encode(sample)));
    return createHash("sha256").update(codes).digest("hex").slice(0, 16);
  };
  assert.is(digest(encodeALaw), "b209cb65664652ae");
  assert.is(digest(encodeMuLaw), "912062bf9c931c7e");
});

for (const { law, payloadType, encode, decode, silence } of LAWS) {
  frames(`${law}: each code's value is coded as itself`, () => {
    for (let code = 0; code < 256; code++) {
      // Minus zero has no linear value of its own.
      if (decode(code) === 0) continue;
      assert.is(encode(decode(code)), code);
    }
  });

  frames(`${law}: a sample and its mirror image differ in sign only`, () => {
    for (let sample = 0; sample < 32_768; sample += 7) {
      assert.is(encode(sample) ^ encode(~sample), 0x80);
    }
  });

  frames(`${law}: silence is one frame of zeros`, () => {
    const [frame, ...more] = g711Frames(payloadType, "silence");
    assert.is(more.length, 0);
    assert.equal(frame, Buffer.alloc(SAMPLES_PER_FRAME, silence));
  });

  frames(`${law}: the tone goes on smoothly from the last frame to the first`, () => {
    const tone = Buffer.concat(g711Frames(payloadType, "tone"));
    const samples = [...tone, ...tone].map(decode);
    const rises = samples.filter((sample, at) => sample >= 0 && (samples[at - 1] ?? 0) < 0).length;
    const seconds = samples.length / SAMPLES_PER_SECOND;
    assert.is(Math.abs(rises - TONE_HERTZ * seconds) <= 1, true, `${rises} cycles`);
    const steepest = Math.max(
      ...samples.map((sample, at) => Math.abs(sample - (samples[at - 1] ?? 0))),
    );
    // 2πfA/rate, and a coarse step of quantisation.
    assert.ok(steepest < 2600 + 512, `a leap of ${steepest}`);
    assert.ok(Math.max(...samples) > 6_900);
  });
}

frames("the frames are made once", () => {
  assert.is(g711Frames(0, "tone"), g711Frames(0, "tone"));
  assert.is(g711Frames(8, "tone").length, 5);
});

frames.run();
