import { compilePattern } from "./compile-pattern.ts";
import { languageFindings } from "./lint-language.ts";
import { lookaroundFindings } from "./lint-lookarounds.ts";
import { writingFindings } from "./lint-writing.ts";
import type { PatternProblem } from "./pattern-problem.ts";

/**
 * Everything that is wrong or suspicious in a pattern, in the order of its text: the errors of
 * {@link compilePattern} when it does not compile, else warnings about what compiles but is hardly meant.
 * Each was seen in patterns that people have published.
 *
 * Cost: a few compilations of the pattern, each within the budgets; a usual pattern takes milliseconds.
 *
 * @problem REGEX_INVALID, REGEX_UNSUPPORTED, REGEX_TOO_COMPLEX, REGEX_QUANTIFIED_ANCHOR,
 *   REGEX_LITERAL_BRACE, REGEX_CLASS_SUSPECT, REGEX_ALTERNATION_ANCHOR, REGEX_UNANCHORED_START,
 *   REGEX_UNANCHORED_END, REGEX_LOOKAHEAD_NOOP, REGEX_NEVER_E164, REGEX_BLANK, REGEX_CATCH_ALL
 */
export function lintPattern(source: string): readonly PatternProblem[] {
  const compiled = compilePattern(source);
  if (!compiled.ok) return compiled.problems;
  const { tree, dfa } = compiled;
  const language = languageFindings(source, dfa);
  const neverMatches = language.some((finding) => finding.code === "REGEX_NEVER_E164");
  const findings = [
    ...writingFindings(source, tree),
    ...(neverMatches ? [] : lookaroundFindings(source, tree, dfa)),
    ...language,
  ];
  return findings.sort((a, b) => a.offset - b.offset);
}
