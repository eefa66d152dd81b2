import {
  type CompiledTenant,
  NO_POLICY,
  type RoutedClass,
  type SharedCalling,
} from "../compile/compiled-tenant.ts";
import { policyTablesOf } from "../compile/policy-tables.ts";
import { createRouteMatcher, type RouteMatcher } from "../compile/route-matcher.ts";
import type { BlockReason } from "../model/decision.ts";
import { invariant } from "../model/engine-error.ts";
import { refusedOutline } from "./outline.ts";

/** A routing class whose calls are routed, with the matcher of its policy. */
export interface Lane {
  /** Different for each lane of a router. */
  readonly id: number;
  readonly refused: null;
  readonly routing: RoutedClass;
  readonly matcher: RouteMatcher;
  /** Some destinations are forbidden to its callers. */
  readonly isRestricted: boolean;
}

/** A routing class whose calls are all refused. */
export interface ClosedLane {
  readonly refused: BlockReason;
  /** Index of the outline of its calls. */
  readonly outline: number;
  readonly sharedCalling: SharedCalling | null;
  readonly routing: null;
  readonly matcher: null;
  readonly isRestricted: false;
}

/** The matcher of each policy of the tenant; each makes its table when it is first asked. */
export function createMatchers(compiled: CompiledTenant): readonly RouteMatcher[] {
  const tables = policyTablesOf(compiled);
  return compiled.policies.map(({ patterns }) => tables.matcher(patterns));
}

/** The lane of each routing class of the tenant. Classes of one policy share its matcher. */
export function createLanes(
  compiled: CompiledTenant,
  matchers: readonly RouteMatcher[],
): readonly (Lane | ClosedLane)[] {
  return compiled.classes.map((routing, id) => {
    if (routing.refusal !== null) {
      const { refusal, sharedCalling } = routing;
      const outline = refusedOutline(refusal);
      return {
        refused: refusal,
        outline,
        sharedCalling,
        routing: null,
        matcher: null,
        isRestricted: false,
      };
    }
    return laneOf(id, routing, matchers);
  });
}

/** For calls that go by no policy: no route takes them. */
const NO_ROUTES = createRouteMatcher({ matchSets: [[]], usageOf: [], banks: [] });

/** The lane of a class that is not refused. Lanes of classes have the numbers of these; others go on behind. */
export function laneOf(id: number, routing: RoutedClass, matchers: readonly RouteMatcher[]): Lane {
  const matcher = routing.policy === NO_POLICY ? NO_ROUTES : matchers[routing.policy];
  invariant(matcher !== undefined, `policy ${routing.policy} has no matcher`);
  const { restriction } = routing;
  const isRestricted = restriction !== null && restriction.scope !== "international";
  return { id, refused: null, routing, matcher, isRestricted };
}
