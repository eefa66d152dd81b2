import { nameKey } from "../model/name-key.ts";
import { didYouMean } from "../model/nearest-name.ts";
import type { CallingLineIdentity } from "../model/number-rules.ts";
import { type Problem, problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { type Cmdlet, outputObject, parameter } from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import { type FilledPolicy, type PolicyFamily, policyCmdlets } from "./policy-family.ts";
import { withTag } from "./policy-place.ts";
import { readResourceAccount } from "./resource-account-argument.ts";

const TYPE = "CallingLineIdentity";

/** `Service`, the number of the bridge, was taken out of Teams (documented: New-CsCallingLineIdentity). */
const SUBSTITUTES = ["LineUri", "Anonymous", "Resource"] as const;

/**
 * What was given to New- or Set-CsCallingLineIdentity; `Resource` needs a resource account (documented:
 * Microsoft, New-CsCallingLineIdentity).
 *
 * @problem CMDLET_INVALID_VALUE, CMDLET_MISSING_PARAMETER, CMDLET_NOT_FOUND
 */
function fillIdentity(
  tenant: Tenant,
  base: CallingLineIdentity,
  args: CmdletArguments,
): FilledPolicy<typeof TYPE> {
  const problems: Problem[] = [];
  const text = (name: string, old: string | null): string | null => {
    const value = args.text(name);
    return value === undefined ? old : value;
  };
  const policy: CallingLineIdentity = {
    identity: base.identity,
    callingIdSubstitute: substitute(base, args, problems),
    resourceAccount: readResourceAccount(tenant, base.resourceAccount, args, problems),
    enableUserOverride: args.flag("EnableUserOverride") ?? base.enableUserOverride,
    companyName: text("CompanyName", base.companyName),
    description: text("Description", base.description),
  };
  if (policy.callingIdSubstitute === "Resource" && policy.resourceAccount === null)
    problems.push(
      problem(
        "CMDLET_MISSING_PARAMETER",
        `Calling line identity "${base.identity}": CallingIDSubstitute Resource needs -ResourceAccount`,
        "add -ResourceAccount with the resource account whose number is to be shown",
        args.at,
      ),
    );
  return { policy, problems };
}

function substitute(
  base: CallingLineIdentity,
  args: CmdletArguments,
  problems: Problem[],
): CallingLineIdentity["callingIdSubstitute"] {
  const written = args.text("CallingIDSubstitute");
  if (written === undefined) return base.callingIdSubstitute;
  const known = SUBSTITUTES.find((each) => nameKey(each) === nameKey(written ?? ""));
  if (known !== undefined) return known;
  problems.push(
    problem(
      "CMDLET_INVALID_VALUE",
      `-CallingIDSubstitute cannot be ${written === null ? "$null" : `"${written}"`}`,
      didYouMean(written ?? "", SUBSTITUTES) ?? `use ${SUBSTITUTES.join(", ")}`,
      args.at,
    ),
  );
  return base.callingIdSubstitute;
}

const IDENTITIES: PolicyFamily<typeof TYPE> = {
  type: TYPE,
  values: [
    parameter("CallingIDSubstitute", "string"),
    parameter("ResourceAccount", "string"),
    parameter("EnableUserOverride", "bool"),
    parameter("CompanyName", "string"),
    parameter("Description", "string"),
    parameter("BlockIncomingPstnCallerID", "bool"),
    parameter("ServiceNumber", "string"),
  ],
  notKept: ["BlockIncomingPstnCallerID", "ServiceNumber"],
  fill: fillIdentity,
  output: (policy) =>
    outputObject({
      Identity: withTag(policy.identity),
      Description: policy.description,
      EnableUserOverride: policy.enableUserOverride,
      CallingIDSubstitute: policy.callingIdSubstitute,
      ResourceAccount: policy.resourceAccount,
      CompanyName: policy.companyName,
    }),
};

/** New, Set, Get and Remove of calling line identities. */
export const CALLING_LINE_IDENTITY_CMDLETS: readonly Cmdlet[] = policyCmdlets(IDENTITIES);
