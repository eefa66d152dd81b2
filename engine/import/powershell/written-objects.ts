import { GRANT_KINDS } from "./written-grants.ts";
import type { ObjectKind } from "./written-kind.ts";
import { POLICY_KINDS } from "./written-policies.ts";
import { GATEWAYS, ROUTES, TRANSLATION_RULES, USAGES } from "./written-routing.ts";

/** Every kind of object that cmdlets can make; a later kind needs the earlier ones. */
export const OBJECT_KINDS: readonly ObjectKind[] = [
  USAGES,
  TRANSLATION_RULES,
  GATEWAYS,
  ROUTES,
  ...POLICY_KINDS,
  ...GRANT_KINDS,
];
