/**
 * What is suspicious in the set of numbers that a pattern matches, however it is written: decided exactly,
 * on its automaton.
 *
 * @module
 */
import { SYMBOL_COUNT } from "./alphabet.ts";
import type { Dfa } from "./dfa.ts";
import { distancesToMatch, NEVER } from "./live-states.ts";
import { digitSpaceDfa, numbersOnly, without } from "./number-space.ts";
import { MAX_COMPARED_PAIRS } from "./pattern-budget.ts";
import type { PatternProblem } from "./pattern-problem.ts";

/** @problem REGEX_NEVER_E164, REGEX_CATCH_ALL, REGEX_UNANCHORED_START, REGEX_UNANCHORED_END */
export function languageFindings(source: string, dfa: Dfa): readonly PatternProblem[] {
  const whole = { offset: 0, length: source.length };
  const numbers = numbersOnly(dfa);
  if (numbers !== null && isEmpty(numbers)) {
    return [
      {
        code: "REGEX_NEVER_E164",
        what: "no number matches: nothing of the form \\+?[0-9*#]{1,20} does",
        hint: "try it with a number that should match, and look at the digit where it fails",
        ...whole,
      },
    ];
  }
  const missed = without(digitSpaceDfa(), dfa);
  if (missed !== null && isEmpty(missed)) {
    return [
      {
        code: "REGEX_CATCH_ALL",
        what: "every number matches",
        hint: "keep it as the last resort only: no voice route after it is reached",
        ...whole,
      },
    ];
  }
  return unanchoredFindings(source, dfa);
}

function isEmpty(dfa: Dfa): boolean {
  return distancesToMatch(dfa)[0] === NEVER;
}

function unanchoredFindings(source: string, dfa: Dfa): readonly PatternProblem[] {
  const findings: PatternProblem[] = [];
  if (matchesAfterAnything(dfa)) {
    findings.push({
      code: "REGEX_UNANCHORED_START",
      what: "anything may stand before what matches: nothing holds it to the start of the number",
      hint: "begin the pattern with ^",
      offset: 0,
      length: source.length,
    });
  }
  if (matchesBeforeAnything(dfa)) {
    findings.push({
      code: "REGEX_UNANCHORED_END",
      what: "anything may follow what matches: nothing holds it to the end of the number",
      hint: "end the pattern with $, unless longer numbers are meant too",
      offset: 0,
      length: source.length,
    });
  }
  return findings;
}

/** Whether each accepted text stays accepted with any symbol after it. */
function matchesBeforeAnything({ stateCount, transitions, labels }: Dfa): boolean {
  for (let i = 0; i < stateCount * SYMBOL_COUNT; i++) {
    if (labels[Math.floor(i / SYMBOL_COUNT)] === 1 && labels[transitions[i] ?? 0] === 0) {
      return false;
    }
  }
  return true;
}

/** Whether each accepted text stays accepted with any symbol before it. */
function matchesAfterAnything(dfa: Dfa): boolean {
  const afterOne = new Set(dfa.transitions.subarray(0, SYMBOL_COUNT));
  return [...afterOne].every((state) => acceptsAtLeastAs(dfa, state, 0));
}

/** Whether what is accepted from `less` is accepted from `more` too; false also past the budget. */
function acceptsAtLeastAs(
  { stateCount, transitions, labels }: Dfa,
  more: number,
  less: number,
): boolean {
  const first = more * stateCount + less;
  const seen = new Set([first]);
  for (const pair of seen) {
    const a = Math.floor(pair / stateCount);
    const b = pair % stateCount;
    if (labels[b] === 1 && labels[a] === 0) return false;
    for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
      const toA = transitions[a * SYMBOL_COUNT + symbol] ?? 0;
      const toB = transitions[b * SYMBOL_COUNT + symbol] ?? 0;
      if (toA !== toB) seen.add(toA * stateCount + toB);
    }
    if (seen.size > MAX_COMPARED_PAIRS) return false;
  }
  return true;
}
