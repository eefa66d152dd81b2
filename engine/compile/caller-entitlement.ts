import type { BlockReason } from "../model/decision.ts";
import { parseLineUri } from "../model/line-uri.ts";
import type { NumberType } from "../model/phone-number.ts";
import type { Tenant } from "../model/tenant.ts";
import type { License, User } from "../model/user.ts";
import type { NoMatch } from "./compiled-tenant.ts";
import type { NumberOwners } from "./route-targets.ts";

/**
 * What a user's licences, settings and number entitle her to.
 *
 * @module
 */

function has(user: User, ...licenses: readonly License[]): boolean {
  return licenses.some((license) => user.licenses.includes(license));
}

/** Whether the user has Teams Phone ("Phone System") in either form. */
export function hasTeamsPhone(user: User): boolean {
  return has(user, "TeamsPhone", "TeamsPhoneMobile");
}

/** Audio Conferencing, standard subscription. */
export function hasAudioConferencing(user: User): boolean {
  return has(user, "AudioConferencing");
}

export function hasOperatorConnectConferencing(user: User): boolean {
  return has(user, "OperatorConnectConferencing");
}

/**
 * Why a user may not make calls of her own; `null` = she may. Each rule is documented (Microsoft,
 * operator-connect-configure and phone-system prerequisites); their order is assumed: coexistence mode,
 * licence, Enterprise Voice, number.
 */
export function ownCallRefusal(user: User, tenant: Tenant): BlockReason | null {
  const teamsOnly =
    tenant.tenant.coexistenceMode === "TeamsOnly" || user.teamsUpgradeEffectiveMode === "TeamsOnly";
  if (!teamsOnly) return "NOT_TEAMS_ONLY";
  if (!hasTeamsPhone(user)) return "NO_TEAMS_PHONE";
  if (!user.enterpriseVoiceEnabled) return "NOT_VOICE_ENABLED";
  if (parseLineUri(user.lineUri) === null) return "NO_NUMBER";
  return null;
}

/** Types of the tenant's numbers. */
export type NumberTypes = ReadonlyMap<string, NumberType>;

export function numberTypes(tenant: Tenant): NumberTypes {
  return new Map(tenant.phoneNumbers.map((n) => [n.telephoneNumber, n.numberType]));
}

/**
 * What happens to a user's own call that her policy routes nowhere, by the type of her number
 * (documented: Microsoft, direct-routing-voice-routing, calling-plan and operator-connect pages):
 *
 * | number | no match |
 * |---|---|
 * | Direct Routing | dropped; with a calling plan licence, Microsoft |
 * | Calling Plan | Microsoft, where the plan or the credits cover the destination |
 * | Operator Connect, Teams Phone Mobile | the operator that owns the number |
 *
 * A number whose type is told nowhere is a Direct Routing number (assumed).
 */
export function ownCallNoMatch(user: User, types: NumberTypes, owners: NumberOwners): NoMatch {
  const number = parseLineUri(user.lineUri)?.number ?? "";
  switch (user.numberType ?? types.get(number) ?? "DirectRouting") {
    case "DirectRouting":
      return has(user, "CallingPlan", "CallingPlanDomestic", "CallingPlanInternational")
        ? callingPlan(user)
        : { to: "blocked", reason: "NO_MATCH" };
    case "CallingPlan":
      return callingPlan(user);
    case "OperatorConnect":
    case "TeamsPhoneMobile":
      return { to: "operator", operator: owners.ownerOf(number) };
  }
}

/** Communications Credits pay for every destination; a plan for its own. */
function callingPlan(user: User): NoMatch {
  return {
    to: "calling-plan",
    domestic: has(user, "CallingPlan", "CallingPlanDomestic"),
    international: has(user, "CallingPlan", "CallingPlanInternational", "CommunicationsCredits"),
    usageLocation: user.usageLocation,
  };
}
