/**
 * From Microsoft's service plans and feature types to the licences that routing looks at.
 *
 * Service plans are those of Microsoft's "Product names and service plan identifiers for licensing";
 * feature types are those that Get-CsOnlineUser prints. Status: documented for MCOEV, MCOPSTN1, MCOPSTN2,
 * MCOPSTNC, MCOMEETADV and MCOEV_VIRTUALUSER. Assumed, by their names alone: every regional, government and
 * numbered form, MCOPSTNPP, all plans of Operator Connect Conferencing and of Teams Phone Mobile, and the
 * feature types.
 *
 * @module
 */
import type { License } from "../../model/user.ts";
import type { Reading } from "./convert-values.ts";
import { isRecord } from "./export-document.ts";

const SERVICE_PLANS: readonly (readonly [plan: RegExp, license: License])[] = [
  [/^MCOEV_VIRTUALUSER/, "TeamsPhoneResourceAccount"],
  [/^MCOEV(?:$|_GOV|_DOD|_USGOV|_FACULTY|_STUDENT|EDU|SMB|_TELSTRA)/, "TeamsPhone"],
  [/^MCOPSTN2$/, "CallingPlanInternational"],
  [/^MCOPSTN(?:1|5|6|EAU\d*)(?:$|_)/, "CallingPlanDomestic"],
  [/^MCOPSTN(?:C|PP)$/, "CommunicationsCredits"],
  [/^MCOMEETADV(?:$|_)/, "AudioConferencing"],
  [/^(?:OPERATOR_CONNECT_CONFERENCING|OCCONFERENCING)/, "OperatorConnectConferencing"],
  [/^(?:OPERATOR_CONNECT_MOBILE|MCOMOBILE|TEAMS_PHONE_MOBILE)/, "TeamsPhoneMobile"],
];

const FEATURE_TYPES: ReadonlyMap<string, License> = new Map([
  ["phonesystem", "TeamsPhone"],
  ["phonesystemvirtualuser", "TeamsPhoneResourceAccount"],
  ["callingplan", "CallingPlan"],
  ["audioconferencing", "AudioConferencing"],
  ["operatorconnectconferencing", "OperatorConnectConferencing"],
  ["teamsphonemobile", "TeamsPhoneMobile"],
  ["communicationscredits", "CommunicationsCredits"],
]);

/** The order in which licences are written, so that two exports of one user are equal. */
const ORDER: readonly License[] = [
  "TeamsPhone",
  "TeamsPhoneResourceAccount",
  "CallingPlan",
  "CallingPlanDomestic",
  "CallingPlanInternational",
  "AudioConferencing",
  "OperatorConnectConferencing",
  "TeamsPhoneMobile",
  "CommunicationsCredits",
];

/** Licences by `FeatureTypes`; types of other products count for nothing. */
export const featureTypes: Reading = (raw) => {
  const listed: readonly unknown[] = Array.isArray(raw) ? raw : String(raw).split(/[\s,;{}]+/);
  return listed.flatMap((type) => {
    const license = FEATURE_TYPES.get(String(type).toLowerCase());
    return license === undefined ? [] : [license];
  });
};

/** Licences by `AssignedPlan`: objects, or texts in which Capability names the plan. */
export const assignedPlans: Reading = (raw) => {
  const listed: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  return listed.flatMap((plan) =>
    isRecord(plan) ? licensesOfObject(plan) : licensesIn(String(plan)),
  );
};

function licensesOfObject(plan: Readonly<Record<string, unknown>>): readonly License[] {
  const status = String(plan["CapabilityStatus"] ?? "Enabled");
  return /^(?:deleted|suspended)$/i.test(status) ? [] : licenseOf(String(plan["Capability"] ?? ""));
}

/** Plan names in a text such as `Capability=MCOEV; CapabilityStatus=Enabled` or `MCOEV MCOMEETADV`. */
function licensesIn(written: string): readonly License[] {
  if (/CapabilityStatus\s*=\s*"?(?:Deleted|Suspended)/i.test(written)) return [];
  return (written.match(/[A-Z][A-Z0-9_]{2,}/g) ?? []).flatMap(licenseOf);
}

function licenseOf(plan: string): readonly License[] {
  const found = SERVICE_PLANS.find(([pattern]) => pattern.test(plan.toUpperCase()));
  return found === undefined ? [] : [found[1]];
}

/**
 * All licences of somebody, each once. `CallingPlan` of a feature type says less than the plan itself, so
 * it gives way.
 */
export function mergedLicenses(...lists: readonly unknown[]): readonly License[] {
  const found = new Set(lists.flatMap((list) => (Array.isArray(list) ? (list as License[]) : [])));
  if (found.has("CallingPlanDomestic") || found.has("CallingPlanInternational")) {
    found.delete("CallingPlan");
  }
  return ORDER.filter((license) => found.has(license));
}
