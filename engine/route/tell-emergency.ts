import type { CompiledTenant, NoMatch } from "../compile/compiled-tenant.ts";
import type { EmergencyHandler, TraceStep } from "../model/trace.ts";
import type { EmergencyMeaning } from "./emergency-meanings.ts";
import type { ClosedLane, Lane } from "./lanes.ts";

/**
 * The step that tells of an emergency call.
 *
 * @param lane - The one that takes the call in the end.
 * @param site - Name of the network site the caller is in.
 */
export function emergencyStep(
  compiled: CompiledTenant,
  meaning: EmergencyMeaning,
  lane: Lane | ClosedLane,
  number: string,
  site: string | null,
): TraceStep {
  const { policy, policySource, group, entry } = meaning;
  return {
    step: "emergency",
    number,
    policy: compiled.emergency.policies[policy]?.identity ?? "",
    policySource,
    group,
    site: policySource === "site" ? site : null,
    entry:
      entry === null
        ? null
        : {
            emergencyDialString: entry.dialString,
            emergencyDialMask: entry.mask,
            onlinePstnUsage: entry.usage,
          },
    handledBy: handlerOf(meaning, lane),
  };
}

const WITHOUT_POLICY: Readonly<Record<NoMatch["to"], EmergencyHandler>> = {
  microsoft: "microsoft",
  "calling-plan": "microsoft",
  operator: "operator",
  blocked: "nobody",
};

function handlerOf(meaning: EmergencyMeaning, lane: Lane | ClosedLane): EmergencyHandler {
  if (lane.refused !== null) return "nobody";
  if (lane === meaning.lane) return "emergency-usage";
  const { policy, noMatch } = lane.routing;
  return policy >= 0 ? "voice-routing-policy" : WITHOUT_POLICY[noMatch.to];
}
