/**
 * The number by which a call goes, in an administrator's words: whose it is when it is not the user's own,
 * and what it means that a gateway carries the call although the number is not Direct Routing's.
 *
 * @module
 */
import type { RouteDecision } from "../model/decision.ts";
import type { NumberType } from "../model/phone-number.ts";
import type { TraceStep } from "../model/trace.ts";
import { type CallerFacts, callerWords } from "./caller-facts.ts";

type Step<K extends TraceStep["step"]> = Extract<TraceStep, { readonly step: K }>;

function stepOf<K extends TraceStep["step"]>(steps: readonly TraceStep[], name: K): Step<K> | null {
  const found = steps.find((step): step is Step<K> => step.step === name);
  return found ?? null;
}

/** The line of explain about a user of shared calling. */
export function sharedCallingText(step: Step<"shared-calling">): string {
  const { policy, policySource, group, resourceAccount, number, misconfiguredBy } = step;
  const how = {
    direct: "granted to the user directly",
    group: `granted to group "${group ?? ""}"`,
    global: "which counts for everybody without another",
    site: "that of the network site",
  }[policySource];
  const by = `by ${number ?? "no number"} of resource account "${resourceAccount}"`;
  const wrong =
    misconfiguredBy === null
      ? ""
      : `; misconfigured: voice routing policy "${misconfiguredBy}" has PSTN usages, and users of shared calling must have one without`;
  return `${by}, policy "${policy}", ${how}${wrong}`;
}

/** The resource account by whose number a user of shared calling calls; `null` = she calls by her own. */
export function sharedAccount(steps: readonly TraceStep[]): string | null {
  const shared = stepOf(steps, "shared-calling");
  return shared === null ? null : `resource account "${shared.resourceAccount}"`;
}

const CARRIER: Readonly<Record<Exclude<NumberType, "DirectRouting">, string>> = {
  CallingPlan: "a Calling Plan number, which Microsoft would carry",
  OperatorConnect: "an Operator Connect number, which its operator would carry",
  TeamsPhoneMobile: "a Teams Phone Mobile number, which its operator would carry",
};

/**
 * What is to be said when a gateway takes a call by a number that is not Direct Routing's: a usage that
 * was left behind by a migration, or a policy that counts for everybody (documented: Microsoft,
 * direct-routing-voice-routing and operator-connect-configure). The cure is a policy without usages;
 * `$null` only falls back to the next policy. `null` = nothing.
 */
export function capturedNumber(
  { outcome, policy }: RouteDecision,
  steps: readonly TraceStep[],
  caller: CallerFacts,
): string | null {
  const numberType = stepOf(steps, "entitlement")?.numberType ?? null;
  if (outcome !== "gateway" || numberType === null || numberType === "DirectRouting") return null;
  const counting = stepOf(steps, "policy");
  const how = {
    direct: `is granted to ${callerWords(caller)} directly`,
    group: `is granted to group "${counting?.group ?? ""}"`,
    global: "counts for everybody without another",
    site: "is that of the network site",
  }[counting?.policySource ?? "global"];
  return `, although the number is ${CARRIER[numberType]}: policy "${policy ?? ""}" ${how}, and a policy without PSTN usages would leave the call alone`;
}
