import * as fc from "fast-check";
import type { RoutingPolicy, VoiceRoute } from "../../engine/model/voice-routing.ts";
import { type Piece, type PiecePattern, sourceOf } from "./piece-pattern.ts";

/** A policy over routes that overlap, share usages and share patterns. */
export interface RandomPolicy {
  readonly routes: readonly VoiceRoute[];
  readonly policy: RoutingPolicy;
  readonly patterns: ReadonlyMap<string, PiecePattern>;
}

const USAGES = ["Local", "National", "International", "Service", "Emergency"];
const DIGITS = "0123456789";
const PREFIXES = ["+", "+1", "+1425", "+1425555", "+44", "+4420", "+44207946", "9", "*"];

const tail: fc.Arbitrary<readonly Piece[]> = fc
  .tuple(
    fc.constantFrom(DIGITS, DIGITS, DIGITS, "25", "0123456789*#"),
    fc.nat({ max: 4 }),
    fc.nat({ max: 3 }),
  )
  .map(([symbols, min, more]) => [
    { symbols, min, max: more === 3 ? Number.POSITIVE_INFINITY : Math.max(1, min + more) },
  ]);

const pattern: fc.Arbitrary<PiecePattern> = fc
  .record({
    fromStart: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
    toEnd: fc.boolean(),
    prefix: fc.constantFrom(...PREFIXES),
    tail,
  })
  .map(({ prefix, tail: pieces, fromStart, toEnd }) => ({
    fromStart,
    toEnd,
    pieces: [...[...prefix].map((symbols) => ({ symbols, min: 1, max: 1 })), ...pieces],
  }));

/** Six to `maxRoutes` routes. */
export function randomPolicy(maxRoutes: number): fc.Arbitrary<RandomPolicy> {
  const route = fc.record({
    pattern,
    priority: fc.nat({ max: 4 }),
    usages: fc.uniqueArray(fc.constantFrom(...USAGES), { minLength: 1, maxLength: 3 }),
  });
  return fc
    .record({
      routes: fc.array(route, { minLength: 6, maxLength: maxRoutes }),
      usages: fc.shuffledSubarray(USAGES),
    })
    .map(({ routes, usages }) => ({
      policy: { identity: "Sales", onlinePstnUsages: usages, description: null },
      patterns: new Map(routes.map((r) => [sourceOf(r.pattern), r.pattern])),
      routes: routes.map((r, index) => ({
        identity: `Route ${index}`,
        priority: r.priority,
        numberPattern: sourceOf(r.pattern),
        onlinePstnUsages: r.usages,
        onlinePstnGatewayList: [],
        bridgeSourcePhoneNumber: null,
        description: null,
      })),
    }));
}

/** Numbers that have a good chance to match the patterns of {@link randomPolicy}. */
export const likelyNumber: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("", ...PREFIXES),
    fc.array(fc.constantFrom(..."01255#*9"), { maxLength: 12 }),
  )
  .map(([prefix, rest]) => (prefix + rest.join("")).slice(0, 20));
