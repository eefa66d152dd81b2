import type { EmergencyHandler, TraceStep } from "../model/trace.ts";

type EmergencyStep = Extract<TraceStep, { readonly step: "emergency" }>;

const HANDLED_BY: Readonly<Record<EmergencyHandler, string>> = {
  "emergency-usage": "routed by the usage of that number",
  "voice-routing-policy": "routed as any call, by the voice routing policy",
  microsoft: "Microsoft handles emergency calls of Calling Plan numbers",
  operator: "the operator handles emergency calls of its numbers",
  nobody: "but the caller may not make calls",
};

const SOURCE: Readonly<Record<EmergencyStep["policySource"], string>> = {
  direct: "granted to the caller directly",
  group: "granted to a group",
  global: "which counts for everybody without another",
  site: "of the network site",
};

/** What makes a call an emergency call and who takes it: a line, and those below it. */
export function emergencyTexts(step: EmergencyStep): readonly [text: string, ...below: string[]] {
  const { number, policy, policySource, group, site, entry, handledBy } = step;
  const place = site ?? group;
  const named = place === null ? "" : ` "${place}"`;
  const counts = `emergency call routing policy "${policy}", ${SOURCE[policySource]}${named}`;
  if (entry === null) {
    const national = `${number} is an emergency number of the caller's country`;
    return [`${national}; ${HANDLED_BY[handledBy]}`, `${counts}, does not know it`];
  }
  const { emergencyDialString, emergencyDialMask, onlinePstnUsage } = entry;
  const mask = emergencyDialMask === null ? "" : `, mask ${emergencyDialMask}`;
  const usage = onlinePstnUsage === null ? ", no usage" : `, usage "${onlinePstnUsage}"`;
  return [
    `calls ${number}; ${HANDLED_BY[handledBy]}`,
    `${counts}: ${emergencyDialString}${mask}${usage}`,
  ];
}

/** Why an emergency call goes where no policy sends it; `null` = a policy did, or it is none. */
export function whyByNoPolicy(steps: readonly TraceStep[]): string | null {
  const step = steps.find((one) => one.step === "emergency");
  if (step?.step !== "emergency") return null;
  const { handledBy } = step;
  return handledBy === "microsoft" || handledBy === "operator" ? HANDLED_BY[handledBy] : null;
}
