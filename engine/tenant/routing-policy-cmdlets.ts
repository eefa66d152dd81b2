import type { RoutingPolicyType } from "../model/voice-routing.ts";
import { newMixtures } from "./bridge-source-rules.ts";
import { changeNames, usageVocabulary } from "./change-names.ts";
import { type Cmdlet, outputObject, parameter } from "./cmdlet.ts";
import { type PolicyFamily, policyCmdlets } from "./policy-family.ts";
import { placeOf, withTag } from "./policy-place.ts";

/** The two kinds of routing policy are lists of usages; only the one for own calls prints a RouteType. */
function routingPolicyFamily(type: RoutingPolicyType): PolicyFamily<RoutingPolicyType> {
  return {
    type,
    values: [
      parameter("OnlinePstnUsages", "list"),
      parameter("Description", "string"),
      parameter("RouteType", "string"),
    ],
    notKept: ["RouteType"],
    fill: (tenant, base, args) => {
      const usages = changeNames(
        base.onlinePstnUsages,
        args.list("OnlinePstnUsages"),
        usageVocabulary(tenant.onlinePstnUsages, "POLICY_UNKNOWN_USAGE"),
        { words: `The ${placeOf(type).words} "${base.identity}"`, at: args.at },
      );
      const description = args.text("Description");
      const policy = {
        identity: base.identity,
        onlinePstnUsages: usages.names,
        description: description === undefined ? base.description : description,
      };
      return { policy, problems: usages.problems };
    },
    judge: (before, after, args) => newMixtures(before, after, args.at),
    output: (policy) =>
      outputObject({
        Identity: withTag(policy.identity),
        OnlinePstnUsages: policy.onlinePstnUsages,
        Description: policy.description,
        ...(type === "OnlineVoiceRoutingPolicy" ? { RouteType: "BYOT" } : {}),
      }),
  };
}

/** New, Set, Get and Remove of both kinds of routing policy. */
export const ROUTING_POLICY_CMDLETS: readonly Cmdlet[] = [
  ...policyCmdlets(routingPolicyFamily("OnlineVoiceRoutingPolicy")),
  ...policyCmdlets(routingPolicyFamily("OnlineAudioConferencingRoutingPolicy")),
];
