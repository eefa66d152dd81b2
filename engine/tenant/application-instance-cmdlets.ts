import { nameKey } from "../model/name-key.ts";
import type { Problem } from "../model/problem.ts";
import { problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import { RESOURCE_ACCOUNT_DEFAULTS, type ResourceAccount } from "../model/user.ts";
import {
  type Cmdlet,
  changed,
  created,
  outputObject,
  parameter,
  printed,
  refused,
} from "./cmdlet.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type { CmdletParameter, CmdletResult, OutputObject } from "./cmdlet-invocation.ts";
import { findAccount, objectIdOf, withResourceAccount } from "./find-account.ts";
import { alreadyExists, missingParameter } from "./find-named.ts";

/** The applications of Teams itself (documented: Microsoft, New-CsOnlineApplicationInstance). */
const APPLICATIONS = [
  ["AutoAttendant", "ce933385-9390-45d1-9512-c8d228074e07"],
  ["CallQueue", "11cd3e2e-fccb-42ad-ad00-878b93575e07"],
] as const satisfies readonly (readonly [ResourceAccount["application"], string])[];

const UPN = /^[^@\s]+@[^@\s]+$/;

function readApplication(args: CmdletArguments): ResourceAccount["application"] | Problem {
  const written = args.text("ApplicationId") ?? "";
  const known = APPLICATIONS.find(([, id]) => id === nameKey(written));
  if (known !== undefined) return known[0];
  const ids = APPLICATIONS.map(([name, id]) => `${id} (${name})`).join(" or ");
  return problem(
    "CMDLET_INVALID_VALUE",
    `-ApplicationId cannot be "${written}"`,
    `use ${ids}`,
    args.at,
  );
}

/**
 * `New-CsOnlineApplicationInstance`: a resource account for an auto attendant or a call queue.
 *
 * @problem CMDLET_MISSING_PARAMETER, CMDLET_INVALID_VALUE, CMDLET_ALREADY_EXISTS
 */
function newInstance(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const cmdlet = "New-CsOnlineApplicationInstance";
  const upn = (args.text("UserPrincipalName") ?? "").trim();
  if (upn === "") return refused(tenant, [missingParameter("UserPrincipalName", cmdlet, args.at)]);
  if (!UPN.test(upn)) {
    const hint = "write it like reception@contoso.com";
    const what = `-UserPrincipalName cannot be "${upn}"`;
    return refused(tenant, [problem("CMDLET_INVALID_VALUE", what, hint, args.at)]);
  }
  const taken = [...tenant.users, ...tenant.resourceAccounts].some(
    (each) => nameKey(each.userPrincipalName) === nameKey(upn),
  );
  if (taken)
    return refused(tenant, [
      alreadyExists("account", upn, "Set-CsOnlineApplicationInstance", args.at),
    ]);
  const application = readApplication(args);
  if (typeof application !== "string") return refused(tenant, [application]);
  const account: ResourceAccount = {
    ...RESOURCE_ACCOUNT_DEFAULTS,
    userPrincipalName: upn,
    application,
    displayName: args.text("DisplayName") || null,
  };
  const after = { ...tenant, resourceAccounts: [...tenant.resourceAccounts, account] };
  return created(after, asOutput(account), []);
}

/** @problem CMDLET_MISSING_PARAMETER, USER_NOT_FOUND, CMDLET_INVALID_VALUE */
function setInstance(tenant: Tenant, args: CmdletArguments): CmdletResult {
  const old = find(tenant, args);
  if ("code" in old) return refused(tenant, [old]);
  const application = args.has("ApplicationId") ? readApplication(args) : old.application;
  if (typeof application !== "string") return refused(tenant, [application]);
  const displayName = args.text("DisplayName");
  const account: ResourceAccount = {
    ...old,
    application,
    displayName: displayName === undefined ? old.displayName : displayName || null,
  };
  return changed(withResourceAccount(tenant, old, account));
}

function find(tenant: Tenant, args: CmdletArguments): ResourceAccount | Problem {
  const identity = (args.text("Identity") ?? "").trim();
  if (identity === "")
    return missingParameter("Identity", "Set-CsOnlineApplicationInstance", args.at);
  const found = findAccount(tenant, identity, args.at);
  if (!found.ok) return found.problem;
  if (found.account.kind === "resource") return found.account.account;
  return problem(
    "USER_NOT_FOUND",
    `${found.account.user.userPrincipalName} is a user, not a resource account`,
    "list resource accounts with Get-CsOnlineApplicationInstance",
    args.at,
  );
}

function getInstances(tenant: Tenant, args: CmdletArguments): CmdletResult {
  if (!args.text("Identity")) return printed(tenant, tenant.resourceAccounts.map(asOutput));
  const found = find(tenant, args);
  if ("code" in found) return refused(tenant, [found]);
  return printed(tenant, [asOutput(found)]);
}

function asOutput(account: ResourceAccount): OutputObject {
  const id = APPLICATIONS.find(([name]) => name === account.application)?.[1] ?? null;
  return outputObject({
    Identity: account.userPrincipalName,
    ObjectId: objectIdOf(account),
    UserPrincipalName: account.userPrincipalName,
    DisplayName: account.displayName,
    ApplicationId: id,
    PhoneNumber: account.lineUri,
  });
}

const IDENTITY = parameter("Identity", "string", 0);
const NAMES: readonly CmdletParameter[] = [
  parameter("DisplayName", "string"),
  parameter("ApplicationId", "string"),
  parameter("Force", "switch"),
];

function cmdlet(verb: string, parameters: readonly CmdletParameter[], run: Cmdlet["run"]): Cmdlet {
  const name = `${verb}-CsOnlineApplicationInstance`;
  return { signature: { name, parameters }, notKept: [], run };
}

/** The cmdlets of resource accounts. */
export const APPLICATION_INSTANCE_CMDLETS: readonly Cmdlet[] = [
  cmdlet("New", [parameter("UserPrincipalName", "string"), ...NAMES], newInstance),
  cmdlet("Set", [IDENTITY, ...NAMES], setInstance),
  cmdlet("Get", [IDENTITY, parameter("Force", "switch")], getInstances),
];
