import type { CompiledRoutingPolicy, SharedCalling } from "../compile/compiled-tenant.ts";
import type { Tracer } from "../model/trace.ts";

/**
 * Tells by whose number a user of shared calling calls; nothing of anybody else. Her voice routing policy
 * must have no PSTN usages (documented: Microsoft, shared-calling-plan): one that has is told, and goes on
 * to decide as everybody's does.
 *
 * @param policy - The one that her call goes by, her voice routing policy or one for emergency calls; `null` = she is refused before it.
 */
export function tellSharedCalling(
  sharedCalling: SharedCalling | null,
  policy: CompiledRoutingPolicy | null,
  tracer: Tracer,
): void {
  if (sharedCalling === null) return;
  const { emergencyNumber: _, ...told } = sharedCalling;
  // WHY the type: an emergency call may go by an emergency call routing policy, whose usages are right.
  const hasUsages = policy?.policyType === "OnlineVoiceRoutingPolicy" && policy.usages.length > 0;
  const misconfiguredBy = hasUsages ? policy.identity : null;
  tracer.step({ step: "shared-calling", ...told, misconfiguredBy });
}
