import { nameKey } from "../model/name-key.ts";
import type { TeamsEmergencyCallRoutingPolicy } from "../model/number-rules.ts";
import { GLOBAL, policiesOfType } from "../model/policies-of-type.ts";
import type { Tenant } from "../model/tenant.ts";
import { type Cmdlet, outputObject, parameter } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import {
  EMERGENCY_NUMBER_WORDS,
  emergencyNumberOutput,
  judgeEmergencyNumbers,
} from "./emergency-numbers.ts";
import { findNamed } from "./find-named.ts";
import { changeElements, isListModifier } from "./object-list.ts";
import { type FilledPolicy, type PolicyFamily, policyCmdlets } from "./policy-family.ts";
import { withTag } from "./policy-place.ts";

const TYPE = "TeamsEmergencyCallRoutingPolicy";

/**
 * What was given. In New, `@{Add=…}` appends to the numbers of the instance Global, whereas numbers alone
 * are all there are (documented: Microsoft, New-CsTeamsEmergencyCallRoutingPolicy). Usages come out in the
 * tenant's spelling.
 *
 * @problem EMERGENCY_MASK_DUP, POLICY_UNKNOWN_USAGE, CMDLET_INVALID_VALUE
 */
function fillPolicy(
  tenant: Tenant,
  base: TeamsEmergencyCallRoutingPolicy,
  args: CmdletArguments,
  isNew: boolean,
): FilledPolicy<typeof TYPE> {
  const given = args.object("EmergencyNumbers");
  const global = findNamed(policiesOfType(tenant, TYPE), GLOBAL);
  const inherits = isNew && isListModifier(given) && global !== undefined;
  const numbers = changeElements(
    inherits ? global.emergencyNumbers : base.emergencyNumbers,
    given,
    EMERGENCY_NUMBER_WORDS,
    args.at,
  );
  const spelling = new Map(tenant.onlinePstnUsages.map((usage) => [nameKey(usage), usage]));
  const description = args.text("Description");
  const policy: TeamsEmergencyCallRoutingPolicy = {
    identity: base.identity,
    allowEnhancedEmergencyServices:
      args.flag("AllowEnhancedEmergencyServices") ?? base.allowEnhancedEmergencyServices,
    emergencyNumbers: numbers.elements.map((number) => ({
      ...number,
      onlinePstnUsage:
        spelling.get(nameKey(number.onlinePstnUsage ?? "")) ?? number.onlinePstnUsage,
    })),
    description: description === undefined ? base.description : description,
  };
  const judged =
    given === undefined
      ? []
      : judgeEmergencyNumbers(tenant, base.identity, policy.emergencyNumbers, args.at);
  return { policy, problems: [...numbers.problems, ...judged] };
}

const EMERGENCY_POLICIES: PolicyFamily<typeof TYPE> = {
  type: TYPE,
  values: [
    parameter("EmergencyNumbers", "object"),
    parameter("AllowEnhancedEmergencyServices", "bool"),
    parameter("Description", "string"),
  ],
  notKept: [],
  fill: fillPolicy,
  output: (policy) =>
    outputObject({
      Identity: withTag(policy.identity),
      EmergencyNumbers: policy.emergencyNumbers.map(emergencyNumberOutput),
      AllowEnhancedEmergencyServices: policy.allowEnhancedEmergencyServices,
      Description: policy.description,
    }),
};

/** New, Set, Get and Remove of emergency call routing policies. */
export const EMERGENCY_POLICY_CMDLETS: readonly Cmdlet[] = policyCmdlets(EMERGENCY_POLICIES);
