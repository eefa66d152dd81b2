/**
 * Where does a call leave? At 10, 100 and 1000 routes, by:
 *
 * - Outdial's router, from bytes as typed to the index of the decision's outline, as the stream asks it,
 *   and to the shared decision object
 * - a plain program: number checked by a RegExp, own numbers in a Set, a loop over JavaScript's RegExps,
 *   decisions made beforehand
 * - the same program over npm `RE2.Set` fed Buffers
 *
 * Measured: from a dialed number in memory to a decision with trunks and caller ID. Not measured:
 * compiling the tenant, reading input, writing rows. The plain programs know one user, one policy and a
 * fixed order of trunks; the router also turns equal trunks, looks at entitlements and knows the other
 * kinds of call. A last question is what the tracer costs that `explain` gives the router, when none is
 * there to hear it.
 *
 * @module
 */

import RE2 from "re2";
import { compileTenant } from "../engine/compile/compile-tenant.ts";
import type { CompiledTenant } from "../engine/compile/compiled-tenant.ts";
import { EVERYTHING_UP } from "../engine/model/call.ts";
import type { RouteDecision } from "../engine/model/decision.ts";
import { EMPTY_TENANT, type Tenant } from "../engine/model/tenant.ts";
import { USER_DEFAULTS } from "../engine/model/user.ts";
import { GATEWAY_DEFAULTS } from "../engine/model/voice-routing.ts";
import { createRouter } from "../engine/route/create-router.ts";
import type { BenchReport, Floor, Question } from "./report.ts";
import { type Candidate, firstDisagreement, numbersWithin, timeCandidates } from "./rounds.ts";
import { type SampleNumbers, sampleNumbers } from "./sample-numbers.ts";
import { type SampleRoute, sampleRoutes } from "./sample-routes.ts";
import { SILENT_WALK, UNTRACED_WALK, walkCandidates } from "./silent-tracer.ts";

const NUMBER_COUNT = 131_072;
const ROUTE_COUNTS = [10, 100, 1000];
const SECONDS_TO_COMPARE = 2;

const ROUTER = "outdial router, outline";
const ROUTER_OBJECT = "outdial router, decision";
const REG_EXP_LOOP = "JS RegExp loop, strings";
const RE2_SET = "npm RE2.Set, Buffers";

const TRACER_QUESTION = "tracer silent, 100 routes";

const FLOORS: readonly Floor[] = [
  { question: "100 routes", candidate: ROUTER, rival: REG_EXP_LOOP, atLeast: 20, aim: 40 },
  { question: "1000 routes", candidate: ROUTER, rival: REG_EXP_LOOP, atLeast: 300, aim: 600 },
  { question: "1000 routes", candidate: ROUTER_OBJECT, rival: REG_EXP_LOOP, atLeast: 150 },
  { question: "100 routes", candidate: ROUTER, rival: RE2_SET, atLeast: 10 },
  {
    question: TRACER_QUESTION,
    candidate: SILENT_WALK,
    rival: UNTRACED_WALK,
    atMost: 1.25,
    aim: 1.1,
  },
];

const USER = "megan@contoso.com";
const OWN_NUMBERS = Array.from({ length: 2000 }, (_, i) => `+1425555${String(i).padStart(4, "0")}`);

/** Answers that are no route's index. */
const ON_NET = -2;
const NOTHING = -1;

/** Times the candidates at every number of routes. */
export async function benchDecide(rounds: number): Promise<BenchReport> {
  const questions = ROUTE_COUNTS.map((routes) => decideQuestion(routes, rounds));
  return {
    name: "decide",
    questions: [...questions, await tracerQuestion(rounds)],
    floors: FLOORS,
  };
}

async function tracerQuestion(rounds: number): Promise<Question> {
  const routes = sampleRoutes({ routes: 100, lookaheads: 0 });
  const numbers = sampleNumbers(NUMBER_COUNT, routes);
  const { compiled } = compileTenant(tenantOf(routes.map((route) => route.numberPattern)));
  const candidates = await walkCandidates(compiled, numbers);
  const count = numbers.strings.length;
  const disagreement = firstDisagreement(candidates, numbers.strings, () => count);
  if (disagreement !== null) throw new Error(`${TRACER_QUESTION}: ${disagreement}`);
  const timings = timeCandidates(candidates, count, rounds);
  return { title: TRACER_QUESTION, numbers: count, timings };
}

function decideQuestion(routeCount: number, rounds: number): Question {
  const routes = sampleRoutes({ routes: routeCount, lookaheads: 0 });
  const own: SampleRoute = {
    numberPattern: "",
    generality: 0,
    example: (random) => random.pick(OWN_NUMBERS),
  };
  const numbers = sampleNumbers(NUMBER_COUNT, [...routes, own]);
  const patterns = routes.map((route) => route.numberPattern);
  const candidates = [
    ...routerCandidates(patterns, numbers),
    plainCandidate(REG_EXP_LOOP, numbers.strings, regExpLoop(patterns), routeCount),
    re2Candidate(patterns, numbers),
  ];
  const title = `${routeCount} routes`;
  const disagreement = firstDisagreement(candidates, numbers.strings, (candidate) =>
    numbersWithin(SECONDS_TO_COMPARE, candidate),
  );
  if (disagreement !== null)
    throw new Error(`${title}: the candidates disagree on ${disagreement}`);
  const count = numbers.strings.length;
  let hits = 0;
  for (let i = 0; i < count; i++) if ((candidates[0]?.answer(i) ?? NOTHING) >= 0) hits++;
  const timings = timeCandidates(candidates, count, rounds);
  return { title, numbers: count, hits: hits / count, timings };
}

function routerCandidates(
  patterns: readonly string[],
  numbers: SampleNumbers,
): readonly [Candidate, Candidate] {
  const { compiled } = compileTenant(tenantOf(patterns));
  return [outlineCandidate(compiled, numbers), decisionCandidate(compiled, numbers)];
}

function answerOf({ outcome, route }: RouteDecision): number {
  if (outcome === "on-net") return ON_NET;
  return route === null ? NOTHING : Number(route);
}

function outlineCandidate(compiled: CompiledTenant, { bytes, offsets }: SampleNumbers): Candidate {
  const router = createRouter(compiled, EVERYTHING_UP);
  const caller = router.callerIndex(USER);
  const answer = (i: number): number => {
    const [start, end] = [offsets[i] ?? 0, offsets[i + 1] ?? 0];
    const index = router.outlineBytes(caller, "user-call", false, bytes, start, end);
    return answerOf(router.outline(index).decision);
  };
  const answerAll = (from: number, to: number): number => {
    let sum = 0;
    let start = offsets[from] ?? 0;
    for (let i = from; i < to; i++) {
      const end = offsets[i + 1] ?? 0;
      sum += router.outlineBytes(caller, "user-call", false, bytes, start, end);
      start = end;
    }
    return sum;
  };
  return { name: ROUTER, answer, answerAll, batch: 4096 };
}

function decisionCandidate(compiled: CompiledTenant, { bytes, offsets }: SampleNumbers): Candidate {
  const router = createRouter(compiled, EVERYTHING_UP);
  const caller = router.callerIndex(USER);
  const answer = (i: number): number => {
    const [start, end] = [offsets[i] ?? 0, offsets[i + 1] ?? 0];
    return answerOf(router.decideBytes(caller, "user-call", false, bytes, start, end));
  };
  const answerAll = (from: number, to: number): number => {
    let sum = 0;
    let start = offsets[from] ?? 0;
    for (let i = from; i < to; i++) {
      const end = offsets[i + 1] ?? 0;
      sum += router.decideBytes(caller, "user-call", false, bytes, start, end).trunks.length;
      start = end;
    }
    return sum;
  };
  return { name: ROUTER_OBJECT, answer, answerAll, batch: 4096 };
}

/** What the plain programs answer with. */
interface PlainDecision {
  readonly route: number;
  readonly trunks: readonly string[];
}

const DIALABLE = /^\+?[0-9*#]{1,20}$/;
const OWN = new Set(OWN_NUMBERS);

function plainCandidate(
  name: string,
  numbers: readonly string[],
  select: (i: number, number: string) => number,
  routeCount: number,
): Candidate {
  const decisions = Array.from(
    { length: routeCount },
    (_, route): PlainDecision => ({
      route,
      trunks: gatewaysOf(route),
    }),
  );
  const blocked: PlainDecision = { route: NOTHING, trunks: [] };
  const onNet: PlainDecision = { route: ON_NET, trunks: [] };
  const decide = (i: number): PlainDecision => {
    const number = numbers[i] ?? "";
    if (!DIALABLE.test(number)) return blocked;
    if (OWN.has(number)) return onNet;
    return decisions[select(i, number)] ?? blocked;
  };
  const answerAll = (from: number, to: number): number => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += decide(i).trunks.length;
    return sum;
  };
  const batch = Math.max(16, Math.ceil(4096 / routeCount));
  return { name, answer: (i) => decide(i).route, answerAll, batch };
}

function regExpLoop(patterns: readonly string[]): (i: number, number: string) => number {
  const regExps = patterns.map((pattern) => new RegExp(pattern));
  return (_, number) => regExps.findIndex((regExp) => regExp.test(number));
}

function re2Candidate(patterns: readonly string[], numbers: SampleNumbers): Candidate {
  const set = new RE2.Set([...patterns]);
  const { strings, buffers } = numbers;
  const select = (i: number): number => {
    let first = NOTHING;
    for (const route of set.match(buffers[i] ?? Buffer.alloc(0))) {
      if (first === NOTHING || route < first) first = route;
    }
    return first;
  };
  return plainCandidate(RE2_SET, strings, select, patterns.length);
}

const GATEWAYS = Array.from({ length: 20 }, (_, i) => `sbc${i}.contoso.com`);

/** Two gateways for each route. */
function gatewaysOf(route: number): readonly string[] {
  return [route, route + 7].map((i) => GATEWAYS[i % GATEWAYS.length] ?? "");
}

/** One user who may call by Direct Routing, one policy with one usage that all routes have. */
function tenantOf(patterns: readonly string[]): Tenant {
  const usage = "International";
  return {
    ...EMPTY_TENANT,
    // WHY: the rivals match what was dialed, and have no dial plan.
    options: { ...EMPTY_TENANT.options, assumedServiceCountryDialPlans: false },
    phoneNumbers: OWN_NUMBERS.map((telephoneNumber) => ({
      telephoneNumber,
      numberType: "DirectRouting",
      operator: null,
      capability: ["UserAssignment"],
      isoCountryCode: "US",
      tollFree: false,
      pstnAssignmentStatus: "UserAssigned",
      assignedPstnTargetId: null,
      locationId: null,
      locationUpdateSupported: true,
    })),
    users: [
      {
        ...USER_DEFAULTS,
        userPrincipalName: USER,
        displayName: "Megan Bowen",
        usageLocation: "US",
        licenses: ["TeamsPhone"],
        enterpriseVoiceEnabled: true,
        lineUri: "tel:+14255550101",
        numberType: "DirectRouting",
        onlineVoiceRoutingPolicy: usage,
      },
    ],
    onlinePstnUsages: [usage],
    onlineVoiceRoutes: patterns.map((numberPattern, priority) => ({
      identity: String(priority),
      priority,
      numberPattern,
      onlinePstnUsages: [usage],
      onlinePstnGatewayList: gatewaysOf(priority),
      bridgeSourcePhoneNumber: null,
      description: null,
    })),
    onlineVoiceRoutingPolicies: [
      ...EMPTY_TENANT.onlineVoiceRoutingPolicies,
      { identity: usage, onlinePstnUsages: [usage], description: null },
    ],
    onlinePstnGateways: GATEWAYS.map((identity) => ({
      ...GATEWAY_DEFAULTS,
      identity,
      sipSignalingPort: 5067,
      enabled: true,
    })),
  };
}
