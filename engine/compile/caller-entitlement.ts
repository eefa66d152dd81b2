import type { BlockReason } from "../model/decision.ts";
import { parseLineUri } from "../model/line-uri.ts";
import type { NumberType } from "../model/phone-number.ts";
import type { Tenant } from "../model/tenant.ts";
import type { License, ResourceAccount, User } from "../model/user.ts";
import { homeCountry } from "./calling-restriction.ts";
import type { NoMatch } from "./compiled-tenant.ts";
import type { NumberOwners } from "./route-targets.ts";

/**
 * What a caller's licences, settings and number entitle her to.
 *
 * @module
 */

/** What of a user or resource account tells by which way the calls of its number leave. */
export interface NumberHolder {
  readonly licenses: readonly License[];
  readonly lineUri: string | null;
  readonly numberType: NumberType | null;
  readonly usageLocation: string | null;
}

function has(holder: Pick<NumberHolder, "licenses">, ...licenses: readonly License[]): boolean {
  return licenses.some((license) => holder.licenses.includes(license));
}

/** Whether the holder has a calling plan of any kind. */
export function hasCallingPlan(holder: Pick<NumberHolder, "licenses">): boolean {
  return has(holder, "CallingPlan", "CallingPlanDomestic", "CallingPlanInternational");
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
 *
 * @param number - By which she calls: her own or shared calling's; `null` = none.
 */
export function ownCallRefusal(
  user: User,
  number: string | null,
  tenant: Tenant,
): BlockReason | null {
  const teamsOnly =
    tenant.tenant.coexistenceMode === "TeamsOnly" || user.teamsUpgradeEffectiveMode === "TeamsOnly";
  if (!teamsOnly) return "NOT_TEAMS_ONLY";
  if (!hasTeamsPhone(user)) return "NO_TEAMS_PHONE";
  if (!user.enterpriseVoiceEnabled) return "NOT_VOICE_ENABLED";
  return number === null ? "NO_NUMBER" : null;
}

/**
 * Why a resource account may not make calls (an auto attendant or call queue that sends its callers out);
 * `null` = it may. It needs a Teams Phone Resource Account licence and a number, but neither Enterprise
 * Voice nor a coexistence mode (documented: Microsoft, manage-resource-accounts). Teams Phone counts too,
 * and a calling plan where the number is a Calling Plan number (assumed: the licences of former years).
 */
export function accountCallRefusal(
  account: ResourceAccount,
  types: NumberTypes,
): BlockReason | null {
  const isPlanNumber = numberTypeOf(account, types) === "CallingPlan";
  const isLicensed =
    has(account, "TeamsPhoneResourceAccount", "TeamsPhone") ||
    (isPlanNumber && hasCallingPlan(account));
  if (!isLicensed) return "NO_TEAMS_PHONE";
  return parseLineUri(account.lineUri) === null ? "NO_NUMBER" : null;
}

/** Types of the tenant's numbers, and what a number is whose type is told nowhere. */
export interface NumberTypes {
  readonly known: ReadonlyMap<string, NumberType>;
  readonly otherwise: NumberType;
}

export function numberTypes({ phoneNumbers, options }: Tenant): NumberTypes {
  const known = new Map(phoneNumbers.map((n) => [n.telephoneNumber, n.numberType]));
  return { known, otherwise: options.numberTypeWhenUntold };
}

/**
 * What is told of the holder counts before what is told of the number. A number whose type is told nowhere
 * is of the type that option numberTypeWhenUntold names (assumed: Direct Routing, whose numbers Teams does
 * not list).
 */
export function numberTypeOf(holder: NumberHolder, types: NumberTypes): NumberType {
  const number = parseLineUri(holder.lineUri)?.number ?? "";
  return holder.numberType ?? types.known.get(number) ?? types.otherwise;
}

/**
 * What happens to a caller's own call that the policy routes nowhere, by the type of the number
 * (documented: Microsoft, direct-routing-voice-routing, calling-plan and operator-connect pages):
 *
 * | number | no match |
 * |---|---|
 * | Direct Routing | dropped; with a calling plan licence, Microsoft |
 * | Calling Plan | Microsoft, where the plan or the credits cover the destination |
 * | Operator Connect, Teams Phone Mobile | the operator that owns the number |
 */
export function ownCallNoMatch(
  holder: NumberHolder,
  types: NumberTypes,
  owners: NumberOwners,
  tenant: Tenant,
): NoMatch {
  switch (numberTypeOf(holder, types)) {
    case "DirectRouting":
      return hasCallingPlan(holder)
        ? callingPlan(holder, tenant)
        : { to: "blocked", reason: "NO_MATCH" };
    case "CallingPlan":
      return callingPlan(holder, tenant);
    case "OperatorConnect":
    case "TeamsPhoneMobile":
      return {
        to: "operator",
        operator: owners.ownerOf(parseLineUri(holder.lineUri)?.number ?? ""),
      };
  }
}

/**
 * Communications Credits pay for every destination; a domestic plan for the country of the holder's usage
 * location, without one the tenant's (assumed, as with outbound calling restrictions).
 */
function callingPlan(holder: NumberHolder, tenant: Tenant): NoMatch {
  return {
    to: "calling-plan",
    domestic: has(holder, "CallingPlan", "CallingPlanDomestic"),
    international: has(holder, "CallingPlan", "CallingPlanInternational", "CommunicationsCredits"),
    home: homeCountry(holder, tenant),
  };
}
