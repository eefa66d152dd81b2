import { Random } from "./random.ts";
import { AREA_CODES, CALLING_CODES, type SampleRoute } from "./sample-routes.ts";

/** Numbers to dial, in the three forms that the candidates want. */
export interface SampleNumbers {
  readonly strings: readonly string[];
  /** Views on `bytes`. */
  readonly buffers: readonly Buffer[];
  readonly bytes: Uint8Array;
  /** Number `i` stands in `bytes[offsets[i] .. offsets[i + 1])`. */
  readonly offsets: Uint32Array;
}

const MAX_SYMBOLS = 16;

/**
 * Different numbers: 60 % dialed for a random route, 30 % other E.164 numbers, the rest short codes,
 * random digits and numbers with a trunk prefix.
 */
export function sampleNumbers(count: number, routes: readonly SampleRoute[]): SampleNumbers {
  const random = new Random(7);
  const numbers = new Set<string>();
  for (let tries = 0; numbers.size < count && tries < count * 4; tries++) {
    numbers.add(oneNumber(random, routes).slice(0, MAX_SYMBOLS));
  }
  const strings = [...numbers];
  const offsets = new Uint32Array(strings.length + 1);
  strings.forEach((number, i) => {
    offsets[i + 1] = (offsets[i] ?? 0) + number.length;
  });
  const bytes = Buffer.from(strings.join(""));
  const buffers = strings.map((_, i) => bytes.subarray(offsets[i], offsets[i + 1]));
  return { strings, buffers, bytes, offsets };
}

function oneNumber(random: Random, routes: readonly SampleRoute[]): string {
  const share = random.next();
  if (share < 0.6) return random.pick(routes).example(random);
  if (share < 0.75) {
    return `+1${random.pick(AREA_CODES)}${random.between(2, 9)}${random.digits(6)}`;
  }
  if (share < 0.9) return `+${random.pick(CALLING_CODES)}${random.digits(random.between(7, 11))}`;
  if (share < 0.93) return random.digits(4);
  if (share < 0.98) return `+${random.digits(random.between(9, 15))}`;
  return `${random.pick(["00", "9"])}${random.digits(random.between(8, 11))}`;
}
