import { stringify } from "yaml";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import { destinationCountry } from "../../engine/compile/destination-country.ts";
import type { Call, DecisionContext } from "../../engine/model/call.ts";
import type { RouteDecision } from "../../engine/model/decision.ts";
import { POLICY_TYPES } from "../../engine/model/policy-types.ts";
import { EMPTY_TENANT, type Tenant } from "../../engine/model/tenant.ts";
import { createRouter } from "../../engine/route/create-router.ts";
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

function answers({ tenant, call, context }: Question): [RouteDecision, RouteDecision] {
  const router = createRouter(compileTenant(tenant).compiled, context);
  return [router.decide(call), naiveDecide(tenant, call, context, oddCountryOf)];
}

/** Whether both implementations answer, and not the same. */
export function isDisputed(question: Question): boolean {
  try {
    return !isSameDecision(...answers(question));
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

function* smallerOnes({ tenant, call, context }: Question): Generator<Question> {
  if (context.down.size > 0) {
    yield { tenant, call, context: { ...context, down: new Set() } };
  }
  for (const plain of [{ site: null }, { ingressTrunk: null }, { hideCallerId: false }]) {
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
