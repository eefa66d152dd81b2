import { type DialOutPolicy, dialOutPolicyKey } from "../model/dial-out-policies.ts";
import { policiesOfType } from "../model/policies-of-type.ts";
import type { Tenant } from "../model/tenant.ts";
import { type Cmdlet, outputObject, parameter, printed, refused } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { CmdletResult, OutputObject } from "./cmdlet-invocation.ts";
import { fitsWildcard, notFound } from "./find-named.ts";
import { withTag } from "./policy-place.ts";

/**
 * `Get-CsOnlineDialOutPolicy`: the built-in restrictions and Global. They cannot be created or changed.
 *
 * @problem CMDLET_NOT_FOUND
 */
function getPolicies(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const policies = policiesOfType(tenant, "OnlineDialOutPolicy");
  const wanted = args.text("Identity");
  if (!wanted) {
    const filter = args.text("Filter") ?? "*";
    const fitting = policies.filter((policy) => fitsWildcard(withTag(policy.identity), filter));
    return printed(tenant, fitting.map(asOutput));
  }
  const key = dialOutPolicyKey(wanted);
  const found = policies.find((policy) => dialOutPolicyKey(policy.identity) === key);
  if (found === undefined)
    return refused(tenant, [notFound("dial-out policy", wanted, policies, args.at)]);
  return printed(tenant, [asOutput(found)]);
}

function asOutput(policy: DialOutPolicy): OutputObject {
  return outputObject({
    Identity: withTag(policy.identity),
    AllowPSTNConferencingDialOutType: policy.meetings,
    AllowPSTNOutboundCallingType: policy.ownCalls,
  });
}

/** The cmdlet that lists outbound calling restrictions. */
export const DIAL_OUT_POLICY_CMDLETS: readonly Cmdlet[] = [
  {
    signature: {
      name: "Get-CsOnlineDialOutPolicy",
      parameters: [parameter("Identity", "string", 0), parameter("Filter", "string")],
    },
    notKept: [],
    run: getPolicies,
  },
];
