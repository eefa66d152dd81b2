import { didYouMean } from "../model/nearest-name.ts";
import { hasErrors, type Problem, problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { APPLICATION_INSTANCE_CMDLETS } from "./application-instance-cmdlets.ts";
import { CALLING_LINE_IDENTITY_CMDLETS } from "./calling-line-identity-cmdlets.ts";
import { type Cmdlet, refused } from "./cmdlet.ts";
import { bindArguments } from "./cmdlet-arguments.ts";
import type { CmdletInvocation, CmdletResult, CmdletSignature } from "./cmdlet-invocation.ts";
import { CONFERENCING_BRIDGE_CMDLETS } from "./conferencing-bridge-cmdlets.ts";
import { CONFERENCING_USER_CMDLETS } from "./conferencing-user-cmdlets.ts";
import { DIAL_OUT_POLICY_CMDLETS } from "./dial-out-policy-cmdlets.ts";
import { DIAL_PLAN_CMDLETS } from "./dial-plan-cmdlets.ts";
import { EMERGENCY_NUMBER_CMDLETS } from "./emergency-numbers.ts";
import { EMERGENCY_POLICY_CMDLETS } from "./emergency-policy-cmdlets.ts";
import { GATEWAY_CMDLETS } from "./gateway-cmdlets.ts";
import { GRANT_CMDLETS } from "./grant-cmdlets.ts";
import { GROUP_POLICY_CMDLETS } from "./group-policy-cmdlets.ts";
import { LIS_ADDRESS_CMDLETS } from "./lis-address-cmdlets.ts";
import { LIS_LOCATION_CMDLETS } from "./lis-location-cmdlets.ts";
import { NETWORK_SITE_CMDLETS } from "./network-site-cmdlets.ts";
import { NORMALIZATION_RULE_CMDLETS } from "./normalization-rules.ts";
import { NUMBER_QUERY_CMDLETS } from "./number-query-cmdlets.ts";
import { ONLINE_USER_CMDLETS } from "./online-user-cmdlets.ts";
import { passedOver, passedOverCmdlet, passedOverNames } from "./passed-over-cmdlets.ts";
import { PHONE_NUMBER_CMDLETS } from "./phone-number-cmdlets.ts";
import { PSTN_USAGE_CMDLETS } from "./pstn-usage-cmdlets.ts";
import { ROUTING_POLICY_CMDLETS } from "./routing-policy-cmdlets.ts";
import { RULE_TEST_CMDLETS } from "./rule-test-cmdlets.ts";
import { SERVICE_NUMBER_CMDLETS } from "./service-number-cmdlets.ts";
import { SHARED_CALLING_CMDLETS } from "./shared-calling-cmdlets.ts";
import { TRANSLATION_RULE_CMDLETS } from "./translation-rule-cmdlets.ts";
import { USER_CMDLETS } from "./user-cmdlets.ts";
import { USER_POLICY_CMDLETS } from "./user-policy-cmdlets.ts";
import { VOICE_ROUTE_CMDLETS } from "./voice-route-cmdlets.ts";

const CMDLETS: ReadonlyMap<string, Cmdlet> = new Map(
  [
    ...PSTN_USAGE_CMDLETS,
    ...VOICE_ROUTE_CMDLETS,
    ...ROUTING_POLICY_CMDLETS,
    ...GRANT_CMDLETS,
    ...GROUP_POLICY_CMDLETS,
    ...GATEWAY_CMDLETS,
    ...APPLICATION_INSTANCE_CMDLETS,
    ...CONFERENCING_BRIDGE_CMDLETS,
    ...CONFERENCING_USER_CMDLETS,
    ...LIS_ADDRESS_CMDLETS,
    ...LIS_LOCATION_CMDLETS,
    ...SERVICE_NUMBER_CMDLETS,
    ...CALLING_LINE_IDENTITY_CMDLETS,
    ...DIAL_OUT_POLICY_CMDLETS,
    ...DIAL_PLAN_CMDLETS,
    ...EMERGENCY_NUMBER_CMDLETS,
    ...EMERGENCY_POLICY_CMDLETS,
    ...NETWORK_SITE_CMDLETS,
    ...NORMALIZATION_RULE_CMDLETS,
    ...SHARED_CALLING_CMDLETS,
    ...TRANSLATION_RULE_CMDLETS,
    ...RULE_TEST_CMDLETS,
    ...USER_POLICY_CMDLETS,
    ...NUMBER_QUERY_CMDLETS,
    ...PHONE_NUMBER_CMDLETS,
    ...USER_CMDLETS,
    ...ONLINE_USER_CMDLETS,
  ].map((cmdlet) => [cmdlet.signature.name.toLowerCase(), cmdlet]),
);

/** Every cmdlet there is, by its name in lower case. */
export const CMDLET_SIGNATURES: ReadonlyMap<string, CmdletSignature> = new Map(
  [...CMDLETS].map(([name, cmdlet]) => [name, cmdlet.signature]),
);

/**
 * Does what an administrator's command says. When it is refused, `tenant` of the result is the very
 * tenant that was given. A command whose parameters are of the right types and that changes nothing
 * may also return it.
 *
 * Cost: O(size of the lists that the command concerns).
 *
 * @problem CMDLET_PASSED_OVER, CMDLET_NOT_CONSIDERED a real cmdlet that routes nothing
 * @problem IMPORT_UNKNOWN_COMMAND, CMDLET_UNKNOWN_PARAMETER, CMDLET_INVALID_VALUE, and those of each
 * cmdlet
 */
export function runCmdlet(tenant: Tenant, invocation: CmdletInvocation): CmdletResult {
  const cmdlet = CMDLETS.get(invocation.cmdlet.toLowerCase());
  if (cmdlet === undefined) return runUnlisted(tenant, invocation);
  const bound = bindArguments(cmdlet.signature, invocation);
  if (hasErrors(bound.problems)) return refused(tenant, bound.problems);
  const result = cmdlet.run(tenant, bound.args);
  if (hasErrors(result.problems)) return refused(tenant, result.problems);
  return { ...result, problems: [...result.problems, ...notKept(cmdlet, invocation)] };
}

/** Real cmdlets that route nothing change nothing here, and are told. */
function runUnlisted(tenant: Tenant, invocation: CmdletInvocation): CmdletResult {
  const name = passedOverCmdlet(invocation.cmdlet);
  if (name === null) return refused(tenant, [unknownCmdlet(invocation)]);
  return { tenant, output: [], problems: [passedOver(name, name, invocation.at)] };
}

function unknownCmdlet(invocation: CmdletInvocation): Problem {
  const routing = [...CMDLET_SIGNATURES.values()].map((signature) => signature.name);
  const names = [...routing, ...passedOverNames()];
  return problem(
    "IMPORT_UNKNOWN_COMMAND",
    `There is no command ${invocation.cmdlet}`,
    didYouMean(invocation.cmdlet, names) ?? "use one of the voice routing cmdlets of Teams",
    invocation.at,
  );
}

/** Tells of values that were accepted, as Teams accepts them, although no routing depends on them. */
function notKept(cmdlet: Cmdlet, invocation: CmdletInvocation): readonly Problem[] {
  const given = cmdlet.notKept.filter((name) => invocation.parameters.has(name));
  return given.map((name) =>
    problem(
      "CMDLET_VALUE_NOT_KEPT",
      `${cmdlet.signature.name} -${name} is accepted, but its value is not kept: no routing depends on it`,
      "leave it out, or keep it for Teams itself",
      invocation.at,
    ),
  );
}
