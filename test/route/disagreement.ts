import { stringify } from "yaml";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import { destinationCountry } from "../../engine/compile/destination-country.ts";
import type { Call, DecisionContext } from "../../engine/model/call.ts";
import type { RouteDecision } from "../../engine/model/decision.ts";
import { nameKey } from "../../engine/model/name-key.ts";
import { POLICY_TYPES } from "../../engine/model/policy-types.ts";
import { EMPTY_TENANT, type Tenant } from "../../engine/model/tenant.ts";
import { createRouter } from "../../engine/route/create-router.ts";
import type { Router } from "../../engine/route/router.ts";
import {
  type GatewayTranslations,
  gatewayTranslations,
  translateNumbers,
} from "../../engine/route/wire-numbers.ts";
import type { Wire } from "./naive/wire.ts";
import { naiveDecide } from "./naive-decide.ts";

/** A call in a tenant at a moment. */
export interface Question {
  readonly tenant: Tenant;
  readonly call: Call;
  readonly context: DecisionContext;
}

/** Whether two decisions are the same in every key. */
export function isSameDecision(a: RouteDecision, b: RouteDecision): boolean {
  return (
    a.outcome === b.outcome &&
    a.reason === b.reason &&
    a.operator === b.operator &&
    a.callerId === b.callerId &&
    a.route === b.route &&
    a.usage === b.usage &&
    a.policy === b.policy &&
    a.policySource === b.policySource &&
    a.trunks.length === b.trunks.length &&
    a.trunks.every((trunk, index) => trunk === b.trunks[index])
  );
}

/** The engine's own answer, where libphonenumber has none. */
export function oddCountryOf(number: string): string | null {
  const bytes = Buffer.from(number);
  return destinationCountry(bytes, 0, bytes.length);
}

/** A decision, and what each gateway of it is sent. */
type Answer = RouteDecision & { readonly wires: readonly Wire[] };

function answers({ tenant, call, context }: Question): [Answer, Answer] {
  const router = createRouter(compileTenant(tenant).compiled, context);
  const decision = router.decide(call);
  const wires: Wire[] = [];
  const hear = (wire: Wire): void => void wires.push(wire);
  const second = naiveDecide(tenant, call, context, oddCountryOf, undefined, hear);
  const sent = sentToGateways(router, gatewayTranslations(tenant), call);
  return [
    { ...decision, wires: sent },
    { ...second, wires },
  ];
}

/** What the engine sends each gateway of a call. */
export function sentToGateways(
  router: Router,
  translations: ReadonlyMap<string, GatewayTranslations>,
  call: Call,
): Wire[] {
  let called = "";
  router.decide(call, {
    step(step) {
      if (step.step === "number" || step.step === "emergency") called = step.number ?? "";
    },
  });
  const ranks = router.trunkRanks(call).filter(({ operator }) => operator === null);
  return ranks.flatMap(({ names, callerId: calling }) =>
    names.map((gateway) => {
      const own = translations.get(nameKey(gateway)) ?? null;
      return { gateway, ...translateNumbers(own, { called, calling }) };
    }),
  );
}

/** Whether every gateway is sent the same; the order of equal ones is told by the decisions. */
export function isSameWire(a: readonly Wire[], b: readonly Wire[]): boolean {
  const told = (wires: readonly Wire[]): string[] =>
    wires.map(({ gateway, called, calling }) => JSON.stringify([gateway, called, calling])).sort();
  return JSON.stringify(told(a)) === JSON.stringify(told(b));
}

/** Whether both implementations answer, and not the same. */
export function isDisputed(question: Question): boolean {
  try {
    const [product, second] = answers(question);
    return !isSameDecision(product, second) || !isSameWire(product.wires, second.wires);
  } catch {
    return false;
  }
}

/** A smaller question with the same dispute: nothing more can be left out of it. */
export function shrunk(question: Question, isStill = isDisputed): Question {
  let smallest = question;
  let hasShrunk = true;
  while (hasShrunk) {
    hasShrunk = false;
    for (const smaller of smallerOnes(smallest)) {
      if (!isStill(smaller)) continue;
      smallest = smaller;
      hasShrunk = true;
      break;
    }
  }
  return smallest;
}

const SIMPLER_CALLS: readonly Partial<Call>[] = [
  { site: null },
  { ingressTrunk: null },
  { hideCallerId: false },
  { originalCaller: null },
];

function* smallerOnes({ tenant, call, context }: Question): Generator<Question> {
  if (context.down.size > 0) {
    yield { tenant, call, context: { ...context, down: new Set() } };
  }
  for (const plain of SIMPLER_CALLS) {
    const simpler = { ...call, ...plain };
    if (JSON.stringify(simpler) !== JSON.stringify(call))
      yield { tenant: tenant, call: simpler, context };
  }
  for (const smaller of smallerValues(tenant, EMPTY_TENANT, "")) {
    yield { tenant: smaller as Tenant, call, context };
  }
}

/** What may be missing; `null` is then the smaller value. */
const MAY_BE_NULL: ReadonlySet<string> = new Set([
  ...["usageLocation", "lineUri", "numberType", "country", "operator", "conferencingBridge"],
  ...["externalAccessPrefix", "emergencyDialMask", "onlinePstnUsage", "bridgeSourcePhoneNumber"],
  ...POLICY_TYPES.map((type) => type.property),
]);

/** The value with one thing less in it: a list without one item, a property with its empty value. */
function* smallerValues(value: unknown, empty: unknown, key: string): Generator<unknown> {
  if (MAY_BE_NULL.has(key) && value !== null) yield null;
  if (Array.isArray(value)) {
    yield* smallerLists(value, key);
  } else if (value !== null && typeof value === "object") {
    yield* smallerObjects(value, empty);
  } else if (empty !== undefined && value !== empty) {
    yield empty;
  }
}

function* smallerLists(list: readonly unknown[], key: string): Generator<unknown> {
  for (let i = 0; i < list.length; i++) yield list.toSpliced(i, 1);
  for (let i = 0; i < list.length; i++) {
    for (const smaller of smallerValues(list[i], undefined, key)) yield list.with(i, smaller);
  }
}

function* smallerObjects(value: object, empty: unknown): Generator<unknown> {
  for (const [key, inner] of Object.entries(value)) {
    const emptyInner = (empty as Record<string, unknown> | undefined)?.[key];
    for (const smaller of smallerValues(inner, emptyInner, key)) {
      yield { ...value, [key]: smaller };
    }
  }
}

/** What must be told of a dispute so that anybody can look at it. */
export function told(question: Question): string {
  const { tenant, call, context } = question;
  const [product, second] = answers(question);
  const differing = Object.entries(tenant).filter(
    ([key, value]) =>
      JSON.stringify(value) !==
      JSON.stringify((EMPTY_TENANT as unknown as Record<string, unknown>)[key]),
  );
  return [
    stringify({ outdial: 1, ...Object.fromEntries(differing) }),
    `call: ${JSON.stringify(call)}`,
    `down: ${[...context.down].join(", ")}; seed: ${context.seed}`,
    `the engine: ${JSON.stringify(product)}`,
    `the second implementation: ${JSON.stringify(second)}`,
  ].join("\n");
}
