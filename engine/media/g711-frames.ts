/**
 * Speech to send: frames of 20 ms of silence or of a tone, in the two laws of ITU-T G.711.
 *
 * @module
 */

/** Static payload types of RFC 3551: 0 = PCMU (μ-law), 8 = PCMA (A-law). */
export type G711PayloadType = 0 | 8;

export type Sound = "silence" | "tone";

export const SAMPLES_PER_SECOND = 8000;
export const FRAME_MILLISECONDS = 20;
export const SAMPLES_PER_FRAME = (SAMPLES_PER_SECOND / 1000) * FRAME_MILLISECONDS;

/** 440 Hz comes round in whole frames soonest among the tones near it: 44 cycles in five frames. */
export const TONE_HERTZ = 440;
const TONE_FRAMES = 5;
/** -10 dBm0, where full scale is +3.14 dBm0. */
const TONE_AMPLITUDE = 7_218;

/** Added to a μ-law magnitude of 13 bits, so that each segment begins at a power of two. */
const MU_BIAS = 33;
const MU_LARGEST = 8191;

/**
 * μ-law of a linear sample (16 bits, signed; the upper thirteen and the sign count), all bits inverted on
 * the line (G.711 tables 2a and 2b). A negative value is mirrored about -1/2, as in the code of ITU-T G.191.
 */
export function encodeMuLaw(sample: number): number {
  const isPositive = sample >= 0;
  const magnitude = Math.min(((isPositive ? sample : ~sample) >> 2) + MU_BIAS, MU_LARGEST);
  const segment = 31 - Math.clz32(magnitude) - 5;
  const step = (magnitude >> (segment + 1)) & 0x0f;
  return ~((isPositive ? 0 : 0x80) | (segment << 4) | step) & 0xff;
}

/** A-law of such a sample (the upper eleven and the sign count), even bits inverted (tables 1a and 1b). */
export function encodeALaw(sample: number): number {
  const isPositive = sample >= 0;
  const magnitude = (isPositive ? sample : ~sample) >> 4;
  const shift = Math.max(0, 31 - Math.clz32(magnitude) - 4);
  const code = shift === 0 ? magnitude : ((shift + 1) << 4) | ((magnitude >> shift) & 0x0f);
  return (code | (isPositive ? 0x80 : 0)) ^ 0x55;
}

const made = new Map<string, readonly Buffer[]>();

/**
 * The frames of a sound, to be sent in turn and over again: one of silence, five of the tone. Each holds
 * {@link SAMPLES_PER_FRAME} bytes and is shared by all who send it: nobody writes to it.
 */
export function g711Frames(payloadType: G711PayloadType, sound: Sound): readonly Buffer[] {
  const key = `${payloadType} ${sound}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const frames = makeFrames(payloadType, sound);
  made.set(key, frames);
  return frames;
}

function makeFrames(payloadType: G711PayloadType, sound: Sound): readonly Buffer[] {
  const encode = payloadType === 0 ? encodeMuLaw : encodeALaw;
  const amplitude = sound === "tone" ? TONE_AMPLITUDE : 0;
  return Array.from({ length: sound === "tone" ? TONE_FRAMES : 1 }, (_, frame) => {
    const bytes = Buffer.alloc(SAMPLES_PER_FRAME);
    for (let at = 0; at < SAMPLES_PER_FRAME; at++) {
      const seconds = (frame * SAMPLES_PER_FRAME + at) / SAMPLES_PER_SECOND;
      const sample = Math.round(amplitude * Math.sin(2 * Math.PI * TONE_HERTZ * seconds));
      bytes[at] = encode(sample);
    }
    return bytes;
  });
}
