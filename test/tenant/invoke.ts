import { hasErrors, type ProblemCode } from "../../engine/model/problem.ts";
import { EMPTY_TENANT, type Tenant } from "../../engine/model/tenant.ts";
import { USER_DEFAULTS, type User } from "../../engine/model/user.ts";
import type { ArgumentValue, CmdletResult } from "../../engine/tenant/cmdlet-invocation.ts";
import { runCmdlet } from "../../engine/tenant/run-cmdlet.ts";

export const AT = { file: "script.ps1", line: 3, column: 1 };

/** Freezes a tenant all the way down, so that a cmdlet that writes into it throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}

export type Parameters = Readonly<Record<string, ArgumentValue>>;

/** Runs one cmdlet on a frozen tenant; a refusal that gives back another tenant throws. */
export function invoke(tenant: Tenant, cmdlet: string, parameters: Parameters = {}): CmdletResult {
  const invocation = { cmdlet, parameters: new Map(Object.entries(parameters)), at: AT };
  const result = runCmdlet(deepFreeze(tenant), invocation);
  if (hasErrors(result.problems) && result.tenant !== tenant)
    throw new Error(`${cmdlet} was refused and changed the tenant`);
  return result;
}

/** Runs cmdlets that must all be accepted. */
export function invokeAll(
  tenant: Tenant,
  ...commands: readonly (readonly [cmdlet: string, parameters: Parameters])[]
): Tenant {
  return commands.reduce((before, [cmdlet, parameters]) => {
    const result = invoke(before, cmdlet, parameters);
    if (hasErrors(result.problems)) throw new Error(JSON.stringify(result.problems));
    return result.tenant;
  }, tenant);
}

export function codesOf(result: CmdletResult): readonly ProblemCode[] {
  return result.problems.map((p) => p.code);
}

/** A hashtable literal. */
export function table(entries: Readonly<Record<string, ArgumentValue>>): ArgumentValue {
  return { kind: "table", entries: Object.entries(entries) };
}

/** A Teams user with a Teams Phone licence and nothing else. */
export function person(userPrincipalName: string, other: Partial<User> = {}): User {
  return {
    ...USER_DEFAULTS,
    userPrincipalName,
    usageLocation: "US",
    licenses: ["TeamsPhone"],
    ...other,
  };
}

/** A tenant with a bridge, an operator's numbers, two people and two usages. */
export const CONTOSO: Tenant = deepFreeze({
  ...EMPTY_TENANT,
  tenant: { ...EMPTY_TENANT.tenant, name: "Contoso", country: "US", domains: ["contoso.com"] },
  phoneNumbers: [
    {
      telephoneNumber: "+14255550100",
      numberType: "CallingPlan",
      operator: null,
      capability: ["ConferenceAssignment"],
      isoCountryCode: "US",
      tollFree: false,
      pstnAssignmentStatus: "ConferenceAssigned",
      assignedPstnTargetId: "bridge",
      locationId: null,
      locationUpdateSupported: true,
    },
    {
      telephoneNumber: "+14255550199",
      numberType: "OperatorConnect",
      operator: "pure-ip",
      capability: ["ConferenceAssignment"],
      isoCountryCode: "US",
      tollFree: false,
      pstnAssignmentStatus: "ConferenceAssigned",
      assignedPstnTargetId: "bridge",
      locationId: null,
      locationUpdateSupported: true,
    },
    {
      telephoneNumber: "+14255550198",
      numberType: "OperatorConnect",
      operator: "pure-ip",
      capability: ["ConferenceAssignment"],
      isoCountryCode: "US",
      tollFree: false,
      pstnAssignmentStatus: "Unassigned",
      assignedPstnTargetId: null,
      locationId: null,
      locationUpdateSupported: true,
    },
    {
      telephoneNumber: "+14255550101",
      numberType: "OperatorConnect",
      operator: "pure-ip",
      capability: ["UserAssignment"],
      isoCountryCode: "US",
      tollFree: false,
      pstnAssignmentStatus: "Unassigned",
      assignedPstnTargetId: null,
      locationId: null,
      locationUpdateSupported: true,
    },
  ],
  conferencingBridge: {
    name: "Conference Bridge",
    defaultServiceNumber: "+14255550100",
    serviceNumbers: ["+14255550100", "+14255550199"],
  },
  users: [
    person("megan@contoso.com", { displayName: "Megan Bowen", groups: ["sales"] }),
    person("alex@contoso.com", { displayName: "Alex Wilber", groups: ["sales", "support"] }),
  ],
  onlinePstnUsages: ["UK", "International"],
});
