/** What a random tenant can hold beside operators, numbers, users and routes. */
export type Family =
  | "voice-routing"
  | "resource-accounts"
  | "caller-id"
  /** Calling line identities granted to groups and to everybody. */
  | "caller-id-grants"
  | "dial-plans"
  | "restrictions"
  | "emergency"
  | "shared-calling"
  | "translations"
  /** Policies that are named and were never made. */
  | "dangling";

/** All of it that is decided upon. */
export const FAMILIES: ReadonlySet<Family> = new Set<Family>([
  "voice-routing",
  "resource-accounts",
  "caller-id",
  "caller-id-grants",
  "restrictions",
  "shared-calling",
  "emergency",
  "dial-plans",
  "translations",
  "dangling",
]);
