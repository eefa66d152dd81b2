import type { NodePath } from "../../import/tenant-file/source-document.ts";
import type { ProblemCode } from "../../model/problem.ts";
import { lintPattern } from "../../pattern/lint-pattern.ts";
import type { PatternProblem } from "../../pattern/pattern-problem.ts";
import { re2Difference } from "../../pattern/re2-difference.ts";
import { type CheckFinding, command, finding } from "./check-finding.ts";
import type { CheckGround } from "./check-ground.ts";

/**
 * Patterns past their budgets before the others are not looked at: each costs up to a second or two.
 */
const MAX_COSTLY_PATTERNS = 10;

/** What is as it should be in rules that rewrite: they need not be anchored, and may take everything. */
const FINE_IN_RULES: readonly ProblemCode[] = [
  "REGEX_UNANCHORED_START",
  "REGEX_UNANCHORED_END",
  "REGEX_CATCH_ALL",
];

/** One pattern of the tenant. */
interface PlacedPattern {
  readonly source: string;
  /** `Voice route "UK": NumberPattern`. */
  readonly owner: string;
  readonly path: NodePath;
  /** Name of the voice route, whose pattern a cmdlet can change; `null` for rules. */
  readonly route: string | null;
}

/**
 * What is wrong or suspicious in the pattern of each voice route, normalization rule and translation rule.
 *
 * @problem the REGEX_… codes of `lintPattern`, REGEX_RE2_DIFFERS, CHECK_NOT_DECIDED
 */
export function patternFindings(ground: CheckGround): readonly CheckFinding[] {
  const linted = new Map<string, readonly PatternProblem[]>();
  const findings: CheckFinding[] = [];
  let costly = 0;
  for (const pattern of patternsOf(ground)) {
    let problems = linted.get(pattern.source);
    if (problems === undefined) {
      if (costly >= MAX_COSTLY_PATTERNS) {
        findings.push(notDecided(pattern));
        continue;
      }
      problems = lintPattern(pattern.source);
      linted.set(pattern.source, problems);
      if (problems.some(({ code }) => code === "REGEX_TOO_COMPLEX")) costly += 1;
    }
    for (const told of problems) {
      if (pattern.route !== null || !FINE_IN_RULES.includes(told.code)) {
        findings.push(findingOf(ground, pattern, told));
      }
    }
    findings.push(...re2Finding(ground, pattern));
  }
  return findings;
}

function* patternsOf({ tenant }: CheckGround): Generator<PlacedPattern> {
  for (const [index, { identity, numberPattern }] of tenant.onlineVoiceRoutes.entries()) {
    yield {
      source: numberPattern,
      owner: `Voice route "${identity}": NumberPattern`,
      path: ["onlineVoiceRoutes", index, "numberPattern"],
      route: identity,
    };
  }
  for (const [plan, { identity, normalizationRules }] of tenant.tenantDialPlans.entries()) {
    for (const [rule, { name, pattern }] of normalizationRules.entries()) {
      yield {
        source: pattern,
        owner: `Dial plan "${identity}", rule "${name}": pattern`,
        path: ["tenantDialPlans", plan, "normalizationRules", rule, "pattern"],
        route: null,
      };
    }
  }
  for (const [index, { identity, pattern }] of tenant.teamsTranslationRules.entries()) {
    yield {
      source: pattern,
      owner: `Translation rule "${identity}": pattern`,
      path: ["teamsTranslationRules", index, "pattern"],
      route: null,
    };
  }
}

function findingOf(
  ground: CheckGround,
  pattern: PlacedPattern,
  told: PatternProblem,
): CheckFinding {
  const what = `${pattern.owner} ${pattern.source} at ${told.offset + 1}: ${told.what}`;
  const simpler = told.code === "REGEX_CLASS_SUSPECT" ? provenSimpler(ground, pattern, told) : null;
  const cure =
    simpler === null || pattern.route === null
      ? []
      : [
          command("Set-CsOnlineVoiceRoute", {
            Identity: pattern.route,
            NumberPattern: simpler,
          }),
        ];
  return finding(told.code, what, told.hint, pattern.path, { cure });
}

/**
 * The pattern without all the characters that the linter calls suspect in its classes, where that matches
 * the very same numbers; `null` where it does not, or leaves something to be told.
 */
function provenSimpler(
  ground: CheckGround,
  { source }: PlacedPattern,
  told: PatternProblem,
): string | null {
  if (told.length !== 1) return null;
  const places = lintPattern(source)
    .filter(({ code, length }) => code === "REGEX_CLASS_SUSPECT" && length === 1)
    .map(({ offset }) => offset);
  const simpler = [...source].filter((_, offset) => !places.includes(offset)).join("");
  const before = ground.numbersOf(source);
  const after = ground.numbersOf(simpler);
  const isSame =
    before !== null &&
    after !== null &&
    // WHY: minimal automata of the same numbers are equal, array for array.
    String(before.transitions) === String(after.transitions) &&
    String(before.labels) === String(after.labels);
  return isSame ? simpler : null;
}

function re2Finding(ground: CheckGround, pattern: PlacedPattern): readonly CheckFinding[] {
  if (pattern.route === null) return [];
  const compiled = ground.patternOf(pattern.source);
  const difference = compiled.ok ? re2Difference(pattern.source, compiled.dfa) : null;
  if (difference === null) return [];
  return [
    finding(
      "REGEX_RE2_DIFFERS",
      `${pattern.owner} ${pattern.source} means something else to RE2 than to .NET: ${difference}`,
      "nothing, as long as Teams or outdial matches it; write it otherwise before an RE2 engine does",
      pattern.path,
    ),
  ];
}

function notDecided({ owner, path }: PlacedPattern): CheckFinding {
  return finding(
    "CHECK_NOT_DECIDED",
    `${owner} was not looked at: ${MAX_COSTLY_PATTERNS} patterns before it pass the budgets of a pattern`,
    "mend the patterns that are called too complex first",
    path,
  );
}
