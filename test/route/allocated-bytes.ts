import { Session } from "node:inspector/promises";

const ATTEMPTS = 8;
/** Nobody asks for less: what so few bytes are made of is not worth another attempt. */
const NEXT_TO_NOTHING = 10_000;
/** Of how many bytes each one is looked at. */
const SAMPLED_BYTES = 512;

interface Allocations {
  readonly selfSize: number;
  readonly children: readonly Allocations[];
}

function bytesOf({ selfSize, children }: Allocations): number {
  return children.reduce((sum, child) => sum + bytesOf(child), selfSize);
}

/**
 * The bytes that `work` allocates, whether or not they are collected meanwhile: how much the heap grows
 * says nothing, since it is tidied up in between. The least of several attempts, since the compiler may
 * not be done at the first, on a busy machine not at the third.
 */
export async function allocatedBytes(work: () => void): Promise<number> {
  const session = new Session();
  session.connect();
  const attempts: number[] = [];
  while (attempts.length < ATTEMPTS && Math.min(...attempts) > NEXT_TO_NOTHING) {
    await session.post("HeapProfiler.startSampling", {
      samplingInterval: SAMPLED_BYTES,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
    work();
    const { profile } = await session.post("HeapProfiler.stopSampling");
    attempts.push(bytesOf(profile.head));
  }
  session.disconnect();
  return Math.min(...attempts);
}
