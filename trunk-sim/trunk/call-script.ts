import type { Draw } from "../scenario/call-random.ts";
import { type Distribution, drawSeconds } from "../scenario/distribution.ts";
import type { AnswerPlan, TrunkProfile } from "../scenario/trunk-profile.ts";

/** What will be done with one call, all draws made. Times in milliseconds since its INVITE. */
export interface CallScript {
  readonly trying: boolean;
  /** 180, 183 or none. */
  readonly progress: 180 | 183 | null;
  readonly progressAfter: number;
  readonly reliable: boolean;
  /** 200, or 400 to 699; `null` = never: whoever called must give up. */
  readonly final: number | null;
  readonly finalAfter: number;
  /** From the answer; `null` = the caller hangs up. */
  readonly calleeHangsUpAfter: number | null;
}

/** What a fault changes in the script of a call. */
export interface ScriptFaults {
  /** Added before 180. */
  readonly slowBy: Distribution | null;
  /** 100, then nothing. */
  readonly silentAfterTrying: boolean;
  /** From 180 to a 503. */
  readonly fails503After: Distribution | null;
}

export const NO_SCRIPT_FAULTS: ScriptFaults = {
  slowBy: null,
  silentAfterTrying: false,
  fails503After: null,
};

const PROGRESS = { ringing: 180, "early-media": 183, none: null } as const;
const BUSY = 486;

/** The plan for a called number: that of the first rule whose prefix fits, else the trunk's own. */
export function planFor(profile: TrunkProfile, calledNumber: string): AnswerPlan {
  for (const { prefix, answer } of profile.rules)
    if (calledNumber.startsWith(prefix)) return answer;
  return profile.answer;
}

/** Makes the draws of one call in a fixed order: equal draws and plans give equal scripts. */
export function drawScript(plan: AnswerPlan, faults: ScriptFaults, draw: Draw): CallScript {
  const outcome = drawOutcome(plan, draw);
  const calleeHangsUp = draw() < plan.calleeHangsUp;
  const slowBy = faults.slowBy === null ? 0 : drawMilliseconds(faults.slowBy, draw);
  const progressAfter = slowBy + drawMilliseconds(plan.postDialDelaySeconds, draw);
  const ring = drawMilliseconds(plan.ringSeconds, draw);
  const call = calleeHangsUp ? drawMilliseconds(plan.callSeconds, draw) : null;
  // WHY: filled in instead of copied with changes, which costs as much as all the rest.
  const script: { -readonly [Key in keyof CallScript]: CallScript[Key] } = {
    trying: plan.trying,
    progress: PROGRESS[plan.progress],
    progressAfter,
    reliable: plan.reliable,
    final: outcome === "answer" ? 200 : outcome === "busy" ? BUSY : null,
    finalAfter: progressAfter + ring,
    calleeHangsUpAfter: call,
  };
  if (faults.silentAfterTrying) {
    script.trying = true;
    script.progress = null;
    script.final = null;
    script.finalAfter = 0;
  } else if (faults.fails503After !== null) {
    script.progress = 180;
    script.final = 503;
    script.finalAfter = progressAfter + drawMilliseconds(faults.fails503After, draw);
  } else if (outcome === "no-answer") {
    script.final = plan.noAnswerStatus;
    script.finalAfter = progressAfter + plan.noAnswerSeconds * 1_000;
  } else if (typeof outcome === "number") script.final = outcome;
  return script;
}

function drawOutcome(
  { outcomes }: AnswerPlan,
  draw: Draw,
): "answer" | "busy" | "no-answer" | number {
  const drawn = draw();
  const [only] = outcomes;
  if (outcomes.length === 1 && only !== undefined) return only.outcome;
  let left = drawn * outcomes.reduce((sum, { weight }) => sum + weight, 0);
  for (const { weight, outcome } of outcomes) {
    if (left < weight) return outcome;
    left -= weight;
  }
  return outcomes.findLast(({ weight }) => weight > 0)?.outcome ?? "answer";
}

/** Whole milliseconds, as timers have them. */
function drawMilliseconds(distribution: Distribution, draw: Draw): number {
  return Math.round(drawSeconds(distribution, draw) * 1_000);
}
