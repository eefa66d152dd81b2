import { type Dfa, runDfa } from "./dfa.ts";
import { re2Refusal, re2Tester } from "./re2-pattern-set.ts";
import { sampleAccepted, seededRandom } from "./sample-numbers.ts";

/** Numbers on which the two are compared, drawn from what the pattern matches and from its neighbours. */
const WITNESSES = 40;

/**
 * How RE2 would take the pattern as it is written: what it says when it refuses it (lookarounds, class
 * subtraction …), or the first number of many on which it decides otherwise; `null` when no difference was
 * found. Only dialable numbers are compared: `\d` of .NET also takes digits of other scripts, which no
 * number holds. An RE2 that agrees on all witnesses is not proven equal.
 */
export function re2Difference(source: string, dfa: Dfa): string | null {
  const refusal = re2Refusal(source);
  if (refusal !== null) return `RE2 refuses it (${refusal})`;
  const test = re2Tester(source);
  for (const number of witnesses(dfa)) {
    const here = runDfa(dfa, number) !== 0;
    if (test(number) === here) continue;
    return `${number} ${here ? "matches" : "does not match"}, to RE2 it ${here ? "does not" : "does"}`;
  }
  return null;
}

/** Numbers that match, and numbers one edit away from those. */
function* witnesses(dfa: Dfa): Generator<string> {
  const random = seededRandom(dfa.stateCount);
  yield* ["112", "+112", "1234", "+14255550100", "+442079460123", "0000000"];
  for (const of of [dfa, complement(dfa)]) {
    for (let i = 0; i < WITNESSES; i++) {
      const number = sampleAccepted(of, random);
      if (number === null) break;
      if (/^\+?[0-9*#]{1,20}$/.test(number)) yield number;
    }
  }
}

function complement({ stateCount, transitions, labels }: Dfa): Dfa {
  return { stateCount, transitions, labels: labels.map((label) => (label === 0 ? 1 : 0)) };
}
