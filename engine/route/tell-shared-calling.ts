import type { CompiledRoutingPolicy, SharedCalling } from "../compile/compiled-tenant.ts";
import type { Tracer } from "../model/trace.ts";

/**
 * Tells by whose number a user of shared calling calls; nothing of anybody else. Her voice routing policy
 * must have no PSTN usages (documented: Microsoft, shared-calling-plan): one that has is told, and goes on
 * to decide as everybody's does.
 *
 * @param policy - The voice routing policy that counts for her; `null` = she is refused before it.
 */
export function tellSharedCalling(
  sharedCalling: SharedCalling | null,
  policy: CompiledRoutingPolicy | null,
  tracer: Tracer,
): void {
  if (sharedCalling === null) return;
  const { emergencyNumber: _, ...told } = sharedCalling;
  const hasUsages = policy !== null && policy.usages.length > 0;
  const misconfiguredBy = hasUsages ? policy.identity : null;
  tracer.step({ step: "shared-calling", ...told, misconfiguredBy });
}
