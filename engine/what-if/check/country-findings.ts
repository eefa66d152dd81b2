import { callingCodeOf, countryOfNumber, mainCountryOf } from "../../compile/calling-codes.ts";
import { countriesWithEmergencyNumbers } from "../../model/emergency-numbers.ts";
import type { VoiceRoute } from "../../model/voice-routing.ts";
import { compilePattern, compileTree } from "../../pattern/compile-pattern.ts";
import type { Dfa } from "../../pattern/dfa.ts";
import { runDfa } from "../../pattern/dfa.ts";
import { distancesToMatch, NEVER } from "../../pattern/live-states.ts";
import { both, without } from "../../pattern/number-space.ts";
import { MAX_JUDGING_STEPS } from "../../pattern/pattern-budget.ts";
import { type LookNode, nodesOf } from "../../pattern/pattern-tree.ts";
import { shortestAccepted } from "../../pattern/sample-numbers.ts";
import { type CheckFinding, finding } from "./check-finding.ts";
import type { CheckGround } from "./check-ground.ts";

/**
 * Voice routes that were copied from another country, or that mix up how emergency numbers are dialed.
 * Each was seen in scripts that people have published.
 *
 * @problem REGEX_EMERGENCY_COUNTRY_CODE, REGEX_LOOKAHEAD_COUNTRY, ROUTE_COPIED_PATTERN,
 * ROUTE_WIDER_THAN_USAGE
 */
export function countryFindings(ground: CheckGround): readonly CheckFinding[] {
  const home = homeCodes(ground);
  return ground.tenant.onlineVoiceRoutes.flatMap((route, index) => {
    const numbers = ground.numbersOf(route.numberPattern);
    if (numbers === null || distancesToMatch(numbers)[0] === NEVER) return [];
    return [
      ...emergencyWithCode(route, index, numbers),
      ...foreignLookahead(ground, route, index, home),
      ...copiedPattern(ground, route, index, numbers),
      ...widerThanUsage(ground, route, index),
    ];
  });
}

/** What no short number has: nine symbols or more. */
const LONG = "^.{9,}$";

/** `^\+61000$`: clients send emergency numbers as they are dialed, never behind a country code. */
function emergencyWithCode(
  route: VoiceRoute,
  index: number,
  numbers: Dfa,
): readonly CheckFinding[] {
  const prefixed = countriesWithEmergencyNumbers().flatMap(([country, emergency]) =>
    emergency.map((number) => ({ number, written: `+${callingCodeOf(country) ?? ""}${number}` })),
  );
  const found = prefixed.find(
    ({ number, written }) =>
      runDfa(numbers, written) !== 0 &&
      runDfa(numbers, number) === 0 &&
      runDfa(numbers, `+${number}`) === 0,
  );
  const long = compilePattern(LONG);
  if (found === undefined || !long.ok) return [];
  const longOnes = both(numbers, long.dfa);
  if (longOnes === null || distancesToMatch(longOnes)[0] !== NEVER) return [];
  return [
    finding(
      "REGEX_EMERGENCY_COUNTRY_CODE",
      `Voice route "${route.identity}" matches ${found.written} but not ${found.number}: Teams sends emergency numbers as they are dialed, without a country code`,
      `match ${found.number} alone, as in ^\\+?${found.number}$`,
      ["onlineVoiceRoutes", index, "numberPattern"],
    ),
  ];
}

/** Calling codes of the countries in which the tenant has users or numbers. */
function homeCodes({ tenant }: CheckGround): ReadonlySet<string> {
  const countries = new Set([
    tenant.tenant.country,
    ...tenant.users.map((user) => user.usageLocation),
    ...tenant.phoneNumbers.map((n) => n.isoCountryCode ?? countryOfNumber(n.telephoneNumber)),
    ...tenant.emergencyAddresses.map((address) => address.countryOrRegion),
  ]);
  return new Set([...countries].flatMap((country) => callingCodeOf(country) ?? []));
}

/**
 * `^\+(?!32)…` where nobody is in Belgium: an International route leaves out the own country, so a
 * foreign one was copied from elsewhere.
 */
function foreignLookahead(
  ground: CheckGround,
  route: VoiceRoute,
  index: number,
  home: ReadonlySet<string>,
): readonly CheckFinding[] {
  const compiled = ground.patternOf(route.numberPattern);
  if (!compiled.ok || home.size === 0) return [];
  const looks = [...nodesOf(compiled.tree)].filter((node) => node.kind === "look");
  const codes = looks.map(excludedCode).filter((code) => code !== null);
  const [foreign] = codes;
  if (foreign === undefined || codes.some((code) => home.has(code))) return [];
  if (!isInternational(ground, route)) return [];
  return [
    finding(
      "REGEX_LOOKAHEAD_COUNTRY",
      `Voice route "${route.identity}" leaves out numbers that begin with +${foreign}, but nobody and no number of this tenant is in a country with that code (those here have ${[
        ...home,
      ]
        .sort()
        .map((code) => `+${code}`)
        .join(", ")})`,
      "put the tenant's own country code into the lookahead",
      ["onlineVoiceRoutes", index, "numberPattern"],
    ),
  ];
}

/** The one calling code that a negative lookahead forbids; `null` when it forbids something else. */
function excludedCode(look: LookNode): string | null {
  if (!look.negative || look.direction !== "ahead") return null;
  const compiled = compileTree(look.body, MAX_JUDGING_STEPS);
  const shortest = compiled.ok ? shortestAccepted(compiled.dfa) : null;
  if (shortest === null || !/^[1-9]\d{0,2}$/.test(shortest)) return null;
  return mainCountryOf(shortest) !== null && isOnly(look, shortest) ? shortest : null;
}

/** Countries all over the world, of which an International route takes most. */
const ABROAD = ["1", "27", "33", "44", "49", "55", "61", "81", "91"];

/** Whether a route takes numbers of most countries: else what it leaves out is no country. */
function isInternational(ground: CheckGround, { numberPattern }: VoiceRoute): boolean {
  const numbers = ground.numbersOf(numberPattern);
  if (numbers === null) return false;
  const taken = ABROAD.filter((code) => {
    const ofCode = compilePattern(`^\\+${code}`);
    const some = ofCode.ok ? both(numbers, ofCode.dfa) : null;
    return some !== null && distancesToMatch(some)[0] !== NEVER;
  });
  return taken.length >= ABROAD.length - 2;
}

/** Whether the body is that literal code, with or without parentheses. */
function isOnly(look: LookNode, code: string): boolean {
  const symbols = [...nodesOf(look.body)].filter((node) => node.kind === "set");
  const isPlain = [...nodesOf(look.body)].every(({ kind }) =>
    ["group", "sequence", "set"].includes(kind),
  );
  return isPlain && symbols.length === code.length;
}

const OF_A_COUNTRY = /national|domestic|mobile|local|premium|toll|free|service|landline|fixed/i;

/** `NZ-National` with a pattern for +61, which another route has as well: copied and not adapted. */
function copiedPattern(
  ground: CheckGround,
  route: VoiceRoute,
  index: number,
  numbers: Dfa,
): readonly CheckFinding[] {
  if (!OF_A_COUNTRY.test(route.identity)) return [];
  const named = countriesInName(route.identity);
  const [country] = named;
  if (country === undefined || named.length > 1) return [];
  const code = callingCodeOf(country) ?? "";
  const only = shortestAccepted(numbers);
  const other = only === null ? null : countryOfNumber(only.slice(0, 8));
  const otherCode = callingCodeOf(other);
  if (otherCode === null || otherCode === code || !allBeginWith(numbers, otherCode)) return [];
  const twin = ground.tenant.onlineVoiceRoutes.find(
    (_, at) => at !== index && ground.routes().matchSame(at, index),
  );
  if (twin === undefined) return [];
  return [
    finding(
      "ROUTE_COPIED_PATTERN",
      `Voice route "${route.identity}" matches numbers of +${otherCode} only, the very ones of "${twin.identity}", although its name says ${country} (+${code})`,
      `write the pattern for +${code}`,
      ["onlineVoiceRoutes", index, "numberPattern"],
    ),
  ];
}

/** Countries that a name mentions as two capital letters: `NZ-National`. */
function countriesInName(name: string): readonly string[] {
  const words = name.split(/[^A-Za-z]+/);
  return words.filter((word) => /^[A-Z]{2}$/.test(word) && callingCodeOf(word) !== null);
}

function allBeginWith(numbers: Dfa, code: string): boolean {
  const ofCode = compilePattern(`^\\+${code}`);
  const others = ofCode.ok ? without(numbers, ofCode.dfa) : null;
  return others !== null && distancesToMatch(others)[0] === NEVER;
}

const RESTRICTIVE = /\b(national|domestic|local|internal|emergency|mobile|freephone|toll.?free)\b/i;

/** A catch-all in a usage whose name promises less: whoever is given that usage can call anywhere. */
function widerThanUsage(
  ground: CheckGround,
  route: VoiceRoute,
  index: number,
): readonly CheckFinding[] {
  const usage = route.onlinePstnUsages.find(
    (name) => RESTRICTIVE.test(name) && !/inter-?national/i.test(name),
  );
  if (usage === undefined) return [];
  const abroad = ["+14255550100", "+442079460123", "+33199001234", "+61255501234"];
  const compiled = ground.patternOf(route.numberPattern);
  if (!compiled.ok || !abroad.every((number) => runDfa(compiled.dfa, number) !== 0)) return [];
  return [
    finding(
      "ROUTE_WIDER_THAN_USAGE",
      `Voice route "${route.identity}" takes numbers of every country, but its usage "${usage}" sounds like less: whoever has that usage can call anywhere`,
      "narrow the pattern, or give the route a usage of its own",
      ["onlineVoiceRoutes", index, "numberPattern"],
    ),
  ];
}
