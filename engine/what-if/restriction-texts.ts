import type { DialOutScope } from "../model/dial-out-policies.ts";
import type { TraceStep } from "../model/trace.ts";

type RestrictionStep = Extract<TraceStep, { readonly step: "restriction" }>;

const SCOPE: Readonly<Record<DialOutScope, string>> = {
  international: "calls may go anywhere",
  domestic: "calls may go to the caller's own country",
  "zone-a": "calls may go to the countries of Zone A",
  disabled: "no calls outside are allowed",
};

/** What the outbound calling restriction says of the number, in words; empty where nothing is restricted. */
export function restrictionTexts(step: RestrictionStep): readonly string[] {
  const { dialOutPolicy, policySource, scope, country, refused } = step;
  if (scope === "international" && policySource === "global") return [];
  const how = policySource === "direct" ? "granted directly" : "which counts for everybody else";
  const asks = scope === "domestic" || scope === "zone-a";
  const where = asks ? ` (destination ${country ?? "in no country"})` : "";
  const head = `dial-out policy "${dialOutPolicy}", ${how}: ${SCOPE[scope]}${where}`;
  return [refused ? `${head}; refused, DIALOUT_RESTRICTED` : head];
}
