/**
 * Calls with what is expected to become of them: how an administrator holds a tenant to what it should do.
 *
 * @module
 */
import type { Call } from "./call.ts";

/** What a case can expect: keys of a decision, the first trunk, and the number after normalisation. */
export const EXPECTATION_KEYS = [
  "outcome",
  "operator",
  "trunk",
  "callerId",
  "number",
  "route",
  "usage",
  "policy",
  "reason",
] as const;

export type ExpectationKey = (typeof EXPECTATION_KEYS)[number];

/** Only the keys that it names are checked; `null` = there must be none. */
export type TestExpectation = { readonly [K in ExpectationKey]?: string | null | undefined };

/** One call and what is expected of it. */
export interface TestCase extends Call {
  readonly name: string;
  readonly expect: TestExpectation;
}

/**
 * A voice test configuration of Lync and Skype for Business Server, which has no counterpart in Teams
 * (Microsoft: New-CsVoiceTestConfiguration).
 */
export interface VoiceTestConfiguration {
  readonly identity: string;
  readonly dialedNumber: string;
  /** Dial plan that is tried; `Global` when none was named. */
  readonly targetDialplan: string;
  /** Voice policy that is tried; `Global` when none was named. */
  readonly targetVoicePolicy: string;
  readonly expectedRoute: string | null;
  readonly expectedUsage: string | null;
  readonly expectedTranslatedNumber: string | null;
}
