/**
 * Times candidates side by side. Each round gives every candidate a turn with Benchmark.js, so that
 * whatever else the machine does meets all of them; the median round counts.
 *
 * @module
 */
import Benchmark from "benchmark";

/** One way to answer the question of a benchmark. */
export interface Candidate {
  readonly name: string;
  /** Answers for number `i`: a number that must be equal for all candidates. */
  readonly answer: (i: number) => number;
  /**
   * The sum of the answers for numbers `from` to `to` - 1. Each candidate has a loop of its own, so that
   * none is slowed down by a loop that has seen the others.
   */
  readonly answerAll: (from: number, to: number) => number;
  /** Decisions in one timed call: large enough to hide the call, small enough for slow candidates. */
  readonly batch: number;
}

export interface Timing {
  readonly name: string;
  /** Median of the rounds, and the quickest round. */
  readonly nsPerDecision: number;
  readonly minNsPerDecision: number;
  readonly rounds: number;
}

/** A round's time for one candidate. */
const SECONDS_PER_TURN = 0.15;

/** Keeps results alive so that no candidate's work is optimised away. */
let sink = 0;

/** Times all candidates; numbers 0 to `count` - 1 are asked in turn, over all rounds. */
export function timeCandidates(
  candidates: readonly Candidate[],
  count: number,
  rounds: number,
): readonly Timing[] {
  const turns = candidates.map((candidate) => batchRunner(candidate, count));
  const times = candidates.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    candidates.forEach(({ batch }, c) => {
      const bench = new Benchmark({
        fn: turns[c] ?? ((): void => {}),
        minSamples: 3,
        minTime: SECONDS_PER_TURN / 5,
        maxTime: SECONDS_PER_TURN,
      });
      bench.run();
      times[c]?.push((bench.stats.mean * 1e9) / batch);
    });
  }
  if (sink === Number.NEGATIVE_INFINITY) console.log(sink);
  return candidates.map(({ name }, c) => {
    const sorted = (times[c] ?? []).sort((a, b) => a - b);
    const nsPerDecision = sorted[sorted.length >> 1] ?? Number.NaN;
    return { name, nsPerDecision, minNsPerDecision: sorted[0] ?? Number.NaN, rounds };
  });
}

/** Goes on where it stopped, so that even slow candidates meet many different numbers. */
function batchRunner({ answerAll, batch }: Candidate, count: number): () => void {
  let next = 0;
  return () => {
    if (next + batch > count) next = 0;
    sink += answerAll(next, next + batch);
    next += batch;
  };
}

/**
 * The first number on which a candidate differs from the first candidate, as a sentence; `null` when all
 * agree on all numbers up to `limit(candidate)`.
 */
export function firstDisagreement(
  candidates: readonly Candidate[],
  numbers: readonly string[],
  limit: (candidate: Candidate) => number,
): string | null {
  const [reference, ...others] = candidates;
  if (reference === undefined) return null;
  for (const candidate of others) {
    const end = Math.min(numbers.length, limit(candidate), limit(reference));
    for (let i = 0; i < end; i++) {
      const expected = reference.answer(i);
      const given = candidate.answer(i);
      if (expected === given) continue;
      return `${numbers[i]}: ${reference.name} says ${expected}, ${candidate.name} says ${given}`;
    }
  }
  return null;
}

/** How many numbers the candidate answers in about so many seconds. */
export function numbersWithin(seconds: number, { answer, batch }: Candidate): number {
  const started = performance.now();
  for (let i = 0; i < batch; i++) answer(i);
  const secondsEach = (performance.now() - started) / 1000 / batch;
  return Math.max(batch, Math.floor(seconds / secondsEach));
}
