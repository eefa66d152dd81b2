import type { TrunkTarget } from "./trunk-targets.ts";

/** The two numbers of a call as they go out on one trunk. */
export interface WireNumbers {
  /** Request-URI and To. */
  readonly called: string;
  /** From and P-Asserted-Identity; `anonymous`, or `null` = none is shown. */
  readonly calling: string | null;
}

/**
 * The place between decision and wire at which a trunk's number translation rules act: after the trunk
 * is selected, separately for each attempt (documented: Microsoft, direct-routing-translate-numbers;
 * OutboundPstnNumberTranslationRules on the called number, OutboundTeamsNumberTranslationRules on the
 * calling one). A trunk without rules gets both as decided, in E.164.
 */
export function translateNumbers(_target: TrunkTarget, numbers: WireNumbers): WireNumbers {
  return numbers;
}
