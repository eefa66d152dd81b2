import type { BlockReason } from "../../../engine/model/decision.ts";
import type { Tenant } from "../../../engine/model/tenant.ts";
import { type Caller, typeOfNumber } from "./callers.ts";
import { hasPlan } from "./no-match.ts";

/**
 * By which right a call leaves: the caller's own; an organizer's standard or Operator Connect conferencing
 * licence; or as the government clouds have it.
 */
export type Right = "own" | "standard" | "occ" | "government";

const RIGHTS: readonly string[] = ["own", "standard", "occ", "government"] satisfies Right[];

/** Whether it is a right, and no refusal. */
export function isRight(answer: Right | BlockReason): answer is Right {
  return RIGHTS.includes(answer);
}

/** The right of a call, or why there is none. `hasNumber`: an own one, or a shared one. */
export function rightOf(
  tenant: Tenant,
  caller: Caller,
  isMeeting: boolean,
  hasNumber: boolean,
): Right | BlockReason {
  if (isMeeting) {
    const right = meetingRight(tenant, caller);
    if (right !== "own") return right;
  }
  if (!caller.isTeamsOnly) return "NOT_TEAMS_ONLY";
  if (!isLicensed(tenant, caller)) return "NO_TEAMS_PHONE";
  if (!caller.isVoiceEnabled) return "NOT_VOICE_ENABLED";
  return hasNumber ? "own" : "NO_NUMBER";
}

function hasPhoneLicense({ isUser, licenses }: Caller): boolean {
  if (!isUser && licenses.includes("TeamsPhoneResourceAccount")) return true;
  return licenses.includes("TeamsPhone") || licenses.includes("TeamsPhoneMobile");
}

/** Whether the licences are such that the caller can call: a plan alone will do for an account's plan number. */
function isLicensed(tenant: Tenant, caller: Caller): boolean {
  if (hasPhoneLicense(caller)) return true;
  return !caller.isUser && hasPlan(caller) && typeOfNumber(tenant, caller) === "CallingPlan";
}

function meetingRight(tenant: Tenant, caller: Caller): Right | BlockReason {
  const isStandard = caller.licenses.includes("AudioConferencing");
  const isOcc = caller.licenses.includes("OperatorConnectConferencing");
  if (!caller.isUser) return "NO_CONFERENCING_LICENSE";
  if (!isStandard && !isOcc && !hasPhoneLicense(caller)) return "NO_CONFERENCING_LICENSE";
  const { environment } = tenant.tenant;
  if (environment === "gcchigh" || environment === "dod") return "government";
  if (isStandard && !(isOcc && tenant.options.operatorConnectConferencingWins)) return "standard";
  return isOcc ? "occ" : "own";
}
