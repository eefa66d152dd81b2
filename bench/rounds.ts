/**
 * Times candidates side by side. Each round gives every candidate a turn, so that whatever else the
 * machine does meets all of them; the median round counts. What counts is CPU time: on a machine that
 * does other work, wall time says how much of it there was.
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
  /** CPU time, or what the report says: median of the rounds, and the quickest round. */
  readonly nsPerDecision: number;
  readonly minNsPerDecision: number;
  /** By the clock on the wall: median of the rounds. Left out = not looked at. */
  readonly wallNsPerDecision?: number;
  readonly rounds: number;
}

/** What a decision took in one turn, in nanoseconds. */
export interface TurnTime {
  readonly cpuNs: number;
  readonly wallNs: number;
}

/** Somebody to be timed, here or in a process of its own. */
export interface Contender {
  readonly name: string;
  readonly turn: () => TurnTime | Promise<TurnTime>;
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
  const turns = candidates.map((candidate) => startTurns(candidate, count));
  const times = candidates.map((): TurnTime[] => []);
  for (let round = 0; round < rounds; round++) {
    turns.forEach((turn, c) => {
      times[c]?.push(turn());
    });
  }
  return candidates.map(({ name }, c) => timingOfTurns(name, times[c] ?? []));
}

/** Times contenders that may be other processes. */
export async function timeContenders(
  contenders: readonly Contender[],
  rounds: number,
): Promise<readonly Timing[]> {
  const times = contenders.map((): TurnTime[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [c, { turn }] of contenders.entries()) times[c]?.push(await turn());
  }
  return contenders.map(({ name }, c) => timingOfTurns(name, times[c] ?? []));
}

/** A turn of a candidate with Benchmark.js; each goes on with the numbers where the last one stopped. */
export function startTurns({ answerAll, batch }: Candidate, count: number): () => TurnTime {
  let next = 0;
  let calls = 0;
  let cpuMicroseconds = 0;
  const fn = (): void => {
    if (next + batch > count) next = 0;
    // WHY here: around the whole turn, what Benchmark.js itself does would count too (measured: a tenth).
    const before = process.cpuUsage();
    sink += answerAll(next, next + batch);
    const { user, system } = process.cpuUsage(before);
    cpuMicroseconds += user + system;
    next += batch;
    calls++;
  };
  return () => {
    const bench = new Benchmark({
      fn,
      minSamples: 3,
      minTime: SECONDS_PER_TURN / 5,
      maxTime: SECONDS_PER_TURN,
    });
    calls = 0;
    cpuMicroseconds = 0;
    bench.run();
    if (sink === Number.NEGATIVE_INFINITY) console.log(sink);
    const cpuNs = (cpuMicroseconds * 1000) / (calls * batch);
    return { cpuNs, wallNs: (bench.stats.mean * 1e9) / batch };
  };
}

function timingOfTurns(name: string, turns: readonly TurnTime[]): Timing {
  const cpu = timingOf(
    name,
    turns.map(({ cpuNs }) => cpuNs),
  );
  const wall = timingOf(
    name,
    turns.map(({ wallNs }) => wallNs),
  );
  return { ...cpu, wallNsPerDecision: wall.nsPerDecision };
}

/** The times of all turns of one contender, in nanoseconds. */
export function timingOf(name: string, times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  const nsPerDecision = sorted[sorted.length >> 1] ?? Number.NaN;
  return {
    name,
    nsPerDecision,
    minNsPerDecision: sorted[0] ?? Number.NaN,
    rounds: sorted.length,
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
