/**
 * The table, RE2 and the definition of the patterns must give the same routes for every number. Each of
 * the tests that use this asks about 15,000 numbers in every run, and about five million others, new ones
 * each time, in the long run.
 *
 * @module
 */
import * as assert from "uvu/assert";
import { compileRoutePattern } from "../../engine/compile/compile-route-pattern.ts";
import { createPolicyCompiler, type MatcherEngine } from "../../engine/compile/policy-table.ts";
import { createRouteMatcher, type RouteMatcher } from "../../engine/compile/route-matcher.ts";
import type { Dfa } from "../../engine/pattern/dfa.ts";
import { parsePattern } from "../../engine/pattern/parse-pattern.ts";
import type { PatternNode } from "../../engine/pattern/pattern-tree.ts";
import { QUICK_LENGTH, quicklyMatches } from "../pattern/quick-reference.ts";
import { referenceMatches } from "../pattern/reference-matcher.ts";
import { Chance } from "../route/random/chance.ts";
import { likelyNumbers } from "./likely-numbers.ts";

const isLong = process.env["LONG"] !== undefined;
/** Told in the names of tests, so that a failure can be had again. */
export const FIRST_SEED = isLong ? Date.now() >>> 0 : 4_255_550;

const POLICIES = isLong ? 1000 : 30;
const NUMBERS_PER_POLICY = isLong ? 5000 : 500;
/** Patterns of a policy. */
export const MOST_PATTERNS = 10;

/** The quick reference is held against the slow one with every so many numbers. */
const BOTH_REFERENCES_EVERY = 20;

const DIALABLE_DIGITS = /^\+?\d*$/;

interface Pattern {
  readonly source: string;
  readonly tree: PatternNode;
  /** `null` = only RE2 takes it. */
  readonly dfa: Dfa | null;
}

/** The pattern, where an engine takes it. */
function patternOf(source: string): Pattern[] {
  const parsed = parsePattern(source);
  const { dfa, re2Source } = compileRoutePattern(source);
  const isUsable = parsed.ok && (dfa !== null || re2Source !== null);
  return isUsable ? [{ source, tree: parsed.tree, dfa }] : [];
}

/** A policy whose routes have these patterns, in this order. */
function matcherOf(patterns: readonly Pattern[], engine: MatcherEngine): RouteMatcher {
  const routes = patterns.map(({ source }, index) => ({
    identity: `Route ${index}`,
    priority: index,
    numberPattern: source,
    onlinePstnUsages: ["International"],
    onlinePstnGatewayList: [],
    bridgeSourcePhoneNumber: null,
    description: null,
  }));
  const options = { engine, crossUsageFailover: false, compilePattern: compileRoutePattern };
  const policy = { identity: "Sales", onlinePstnUsages: ["International"], description: null };
  const { table, unusable } = createPolicyCompiler(routes, options)(policy);
  assert.equal(unusable, []);
  assert.equal(
    table.entries.map(({ route }) => route),
    patterns.map((_, index) => index),
  );
  return createRouteMatcher(table);
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((entry, i) => entry === other[i]);
}

/** Indices of the patterns that match by definition. */
function matchingOf(
  patterns: readonly Pattern[],
  number: string,
  matches: typeof referenceMatches,
): readonly number[] {
  return patterns.flatMap(({ tree }, index) => (matches(tree, number) ? [index] : []));
}

function expectedOf(patterns: readonly Pattern[], number: string): readonly number[] {
  const matches = number.length > QUICK_LENGTH ? referenceMatches : quicklyMatches;
  return matchingOf(patterns, number, matches);
}

interface Seen {
  numbers: number;
  none: number;
  several: number;
}

/** Asks all three about numbers that suit the patterns. */
function compareEngines(patterns: readonly Pattern[], chance: Chance, seen: Seen): void {
  const table = matcherOf(patterns, "auto");
  const re2 = matcherOf(patterns, "re2");
  const dfas = patterns.flatMap(({ dfa }) => (dfa === null ? [] : [dfa]));
  const nextNumber = likelyNumbers(dfas, chance);
  for (let i = 0; i < NUMBERS_PER_POLICY; i++) {
    const number = nextNumber();
    const expected = expectedOf(patterns, number);
    if (i % BOTH_REFERENCES_EVERY === 0) {
      assert.equal(matchingOf(patterns, number, referenceMatches), expected, number);
    }
    // WHY: digits around it show at once who reads beyond the number.
    const bytes = Buffer.from(`5${number}5`);
    const end = bytes.length - 1;
    const answers = {
      table: table.matchSet(table.match(bytes, 1, end)),
      re2: re2.matchSet(re2.match(bytes, 1, end)),
      digits: DIALABLE_DIGITS.test(number)
        ? table.matchSet(table.matchDigits(bytes, 1, end))
        : expected,
    };
    for (const [engine, answer] of Object.entries(answers)) {
      if (isSame(answer, expected)) continue;
      const sources = patterns.map(({ source }) => source);
      assert.equal(answer, expected, `${engine}: "${number}" of ${JSON.stringify(sources)}`);
    }
    seen.numbers++;
    if (expected.length === 0) seen.none++;
    if (expected.length > 1) seen.several++;
  }
}

/** Compares on many policies, whose patterns `draw` gives. */
export function compareOn(draw: (chance: Chance, seed: number) => readonly string[]): void {
  const seen: Seen = { numbers: 0, none: 0, several: 0 };
  for (let i = 0; i < POLICIES; i++) {
    const seed = FIRST_SEED + i;
    const chance = new Chance(seed);
    compareEngines(draw(chance, seed).flatMap(patternOf), chance, seen);
  }
  assert.is(seen.numbers, POLICIES * NUMBERS_PER_POLICY);
  assert.ok(seen.none > seen.numbers / 20, `${seen.none} match nothing`);
  assert.ok(seen.several > seen.numbers / 20, `${seen.several} match several`);
}
