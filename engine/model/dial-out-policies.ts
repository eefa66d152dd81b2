import { nameKey } from "./name-key.ts";

/** Where calls may go: nowhere, to the caller's own country, to Zone A countries, or anywhere. */
export type DialOutScope = "disabled" | "domestic" | "zone-a" | "international";

/**
 * An outbound calling restriction. Its instances are built in and cannot be created (documented:
 * Microsoft, outbound-calling-restriction-policies).
 */
export interface DialOutPolicy {
  readonly identity: string;
  /** Calls out of the meetings that the user organizes ("CPC"). */
  readonly meetings: DialOutScope;
  /** The user's own calls ("PSTN"). */
  readonly ownCalls: DialOutScope;
}

const PREFIX = "Dialout";

function policy(name: string, meetings: DialOutScope, ownCalls: DialOutScope): DialOutPolicy {
  return { identity: `${PREFIX}${name}`, meetings, ownCalls };
}

/** What counts for those who have none: everything is allowed. */
export const GLOBAL_DIAL_OUT_POLICY: DialOutPolicy = {
  identity: "Global",
  meetings: "international",
  ownCalls: "international",
};

/** All built-in instances. */
export const DIAL_OUT_POLICIES: readonly DialOutPolicy[] = [
  policy("CPCandPSTNInternational", "international", "international"),
  policy("CPCDomesticPSTNInternational", "domestic", "international"),
  policy("CPCDisabledPSTNInternational", "disabled", "international"),
  policy("CPCInternationalPSTNDomestic", "international", "domestic"),
  policy("CPCInternationalPSTNDisabled", "international", "disabled"),
  policy("CPCandPSTNDomestic", "domestic", "domestic"),
  policy("CPCDomesticPSTNDisabled", "domestic", "disabled"),
  policy("CPCDisabledPSTNDomestic", "disabled", "domestic"),
  policy("CPCandPSTNDisabled", "disabled", "disabled"),
  policy("CPCZoneAPSTNInternational", "zone-a", "international"),
  policy("CPCZoneAPSTNDomestic", "zone-a", "domestic"),
  policy("CPCZoneAPSTNDisabled", "zone-a", "disabled"),
];

/** `tag:DialoutCPC…`, `DialoutCPC…` and `CPC…` name the same instance. */
export function dialOutPolicyKey(name: string): string {
  return nameKey(name)
    .replace(/^(?:tag:\s*)+/, "")
    .replace(/^dialout/, "");
}
