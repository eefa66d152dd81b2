/**
 * Which route takes a number? At 10, 100 and 1000 routes, by:
 *
 * - a loop over JavaScript's RegExps, on strings
 * - a loop over npm `re2`, on strings and on Buffers
 * - npm `RE2.Set` on Buffers, smallest index of its answer
 * - Outdial's table, on bytes (it also knows all backup routes, which the others do not look for)
 *
 * Measured: from a number in memory to the first matching route of one usage. Not measured: compiling,
 * reading numbers, choosing trunks and caller IDs, writing decisions. RE2 takes no lookahead, so the list
 * with lookaheads has two candidates only.
 *
 * @module
 */
import RE2 from "re2";
import type { BenchReport, Question } from "./report.ts";
import { type Candidate, firstDisagreement, numbersWithin, timeCandidates } from "./rounds.ts";
import { type SampleNumbers, sampleNumbers } from "./sample-numbers.ts";
import { sampleRoutes } from "./sample-routes.ts";
import { compileSample, TABLE, tableCandidate } from "./table-candidate.ts";

/** Enough that neither numbers nor branches can be learnt by heart. */
const NUMBER_COUNT = 131_072;

const ROUTE_COUNTS = [10, 100, 1000];

/** Share of lookahead patterns in the second list; 17 % of published route patterns have one. */
const LOOKAHEAD_SHARE = 0.17;

/** Comparing all numbers by the slowest candidate would take minutes; it gets this many seconds. */
const SECONDS_TO_COMPARE = 2;

const REGEXP_LOOP = "JS RegExp loop, strings";
const RE2_SET = "npm RE2.Set, Buffers";

/** Times the candidates on every list. */
export function benchMatch(rounds: number): BenchReport {
  const questions: Question[] = [];
  for (const lookaheads of [0, LOOKAHEAD_SHARE]) {
    for (const routes of ROUTE_COUNTS) questions.push(matchQuestion(routes, lookaheads, rounds));
  }
  const plain = (routes: number): string => titleOf(routes, 0);
  return {
    name: "match",
    questions,
    floors: [
      { question: plain(100), candidate: TABLE, rival: REGEXP_LOOP, atLeast: 100, aim: 200 },
      { question: plain(1000), candidate: TABLE, rival: REGEXP_LOOP, atLeast: 1000, aim: 2000 },
      { question: plain(100), candidate: TABLE, rival: RE2_SET, atLeast: 40, aim: 100 },
    ],
  };
}

function titleOf(routes: number, lookaheads: number): string {
  return `${routes} routes${lookaheads > 0 ? ", some with lookahead" : ""}`;
}

function matchQuestion(routeCount: number, lookaheads: number, rounds: number): Question {
  const routes = sampleRoutes({ routes: routeCount, lookaheads });
  const numbers = sampleNumbers(NUMBER_COUNT, routes);
  const patterns = routes.map((route) => route.numberPattern);
  const candidates = [
    tableCandidate(compileSample(patterns), numbers),
    regExpCandidate(patterns, numbers),
    ...(lookaheads > 0 ? [] : re2Candidates(patterns, numbers)),
  ];
  const disagreement = firstDisagreement(candidates, numbers.strings, (candidate) =>
    numbersWithin(SECONDS_TO_COMPARE, candidate),
  );
  const hits = shareOfHits(candidates, numbers.strings.length);
  const title = titleOf(routeCount, lookaheads);
  if (disagreement !== null)
    throw new Error(`${title}: the candidates disagree on ${disagreement}`);
  return {
    title,
    numbers: numbers.strings.length,
    hits,
    timings: timeCandidates(candidates, numbers.strings.length, rounds),
  };
}

function shareOfHits([first]: readonly Candidate[], count: number): number {
  let hits = 0;
  for (let i = 0; i < count; i++) if (first !== undefined && first.answer(i) >= 0) hits++;
  return hits / count;
}

function regExpCandidate(patterns: readonly string[], { strings }: SampleNumbers): Candidate {
  const regExps = patterns.map((pattern) => new RegExp(pattern));
  const answer = (i: number): number => {
    const number = strings[i] ?? "";
    for (let route = 0; route < regExps.length; route++) {
      if (regExps[route]?.test(number) === true) return route;
    }
    return -1;
  };
  const answerAll = (from: number, to: number): number => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += answer(i);
    return sum;
  };
  return { name: REGEXP_LOOP, answer, answerAll, batch: Math.ceil(8192 / patterns.length) };
}

function re2Candidates(
  patterns: readonly string[],
  { strings, buffers }: SampleNumbers,
): readonly Candidate[] {
  const re2s = patterns.map((pattern) => new RE2(pattern));
  const set = new RE2.Set([...patterns]);
  const loop = (number: string | Buffer): number => {
    for (let route = 0; route < re2s.length; route++) {
      if (re2s[route]?.test(number) === true) return route;
    }
    return -1;
  };
  const smallest = (routes: readonly number[]): number => {
    let first = -1;
    for (const route of routes) if (first === -1 || route < first) first = route;
    return first;
  };
  const ofSet = (number: Buffer): number => smallest(set.match(number));
  const candidate = <T>(
    name: string,
    numbers: readonly T[],
    ask: (number: T) => number,
    batch: number,
  ): Candidate => {
    const all = (from: number, to: number): number => {
      let sum = 0;
      for (const number of numbers.slice(from, to)) sum += ask(number);
      return sum;
    };
    return { name, answer: (i) => all(i, i + 1), answerAll: all, batch };
  };
  const batch = Math.max(8, Math.ceil(256 / patterns.length));
  return [
    candidate("npm RE2 loop, strings", strings, loop, batch),
    candidate("npm RE2 loop, Buffers", buffers, loop, batch),
    candidate(RE2_SET, buffers, ofSet, 512),
  ];
}
