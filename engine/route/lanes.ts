import {
  type CompiledTenant,
  NO_POLICY,
  type RoutedClass,
  type SharedCalling,
} from "../compile/compiled-tenant.ts";
import { createRouteMatcher, type RouteMatcher } from "../compile/route-matcher.ts";
import type { RouteDecision } from "../model/decision.ts";
import { invariant } from "../model/engine-error.ts";
import { blockedDecision } from "./conclude.ts";

/** A routing class whose calls are routed, with the matcher of its policy. */
export interface Lane {
  readonly refused: null;
  readonly routing: RoutedClass;
  readonly matcher: RouteMatcher;
  /** Some destinations are forbidden to its callers. */
  readonly isRestricted: boolean;
}

/** A routing class whose calls are all refused. */
export interface ClosedLane {
  readonly refused: RouteDecision;
  readonly sharedCalling: SharedCalling | null;
  readonly routing: null;
  readonly matcher: null;
  readonly isRestricted: false;
}

/** The matcher of each policy of the tenant. */
export function createMatchers(compiled: CompiledTenant): readonly RouteMatcher[] {
  return compiled.policies.map((policy) => createRouteMatcher(policy.table));
}

/** The lane of each routing class of the tenant. Classes of one policy share its matcher. */
export function createLanes(
  compiled: CompiledTenant,
  matchers: readonly RouteMatcher[],
): readonly (Lane | ClosedLane)[] {
  return compiled.classes.map((routing) => {
    if (routing.refusal !== null) {
      const { refusal, sharedCalling } = routing;
      const refused = blockedDecision(refusal);
      return { refused, sharedCalling, routing: null, matcher: null, isRestricted: false };
    }
    return laneOf(routing, matchers);
  });
}

/** For calls that go by no policy: no route takes them. */
const NO_ROUTES = createRouteMatcher({ matchSets: [[]], usageOf: [], banks: [] });

/** The lane of a class that is not refused. */
export function laneOf(routing: RoutedClass, matchers: readonly RouteMatcher[]): Lane {
  const matcher = routing.policy === NO_POLICY ? NO_ROUTES : matchers[routing.policy];
  invariant(matcher !== undefined, `policy ${routing.policy} has no matcher`);
  const { restriction } = routing;
  const isRestricted = restriction !== null && restriction.scope !== "international";
  return { refused: null, routing, matcher, isRestricted };
}
