import { printableLine } from "../model/printable-line.ts";
import type { Problem, Severity } from "../model/problem.ts";
import type { UserReport } from "../what-if/check/user-report.ts";

/** Lines of one code in a text; the rest is counted. */
const MAX_LINES_OF_A_CODE = 10;

/** A problem of a tenant, with its place in the tenant and the users that it concerns. */
export interface CheckedProblem extends Problem {
  /** `onlineVoiceRoutes[3].numberPattern`; `null` when the tenant did not load. */
  readonly path: string | null;
  readonly users: readonly string[];
}

/** Problems that belong together. */
export interface ProblemGroup {
  readonly title: string;
  readonly problems: readonly CheckedProblem[];
}

const WEIGHT: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/**
 * The problems as text: a heading for each group, the errors of a group first, one line each. Many of one
 * code are cut to the first ones, as the rest tells nothing new.
 */
export function problemLines(
  groups: readonly ProblemGroup[],
  format: (problem: Problem) => string,
): readonly string[] {
  return groups.flatMap(({ title, problems }) => {
    const sorted = [...problems].sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]);
    const codes = [...new Set(sorted.map(({ code }) => code))];
    const lines = codes.flatMap((code) => {
      const same = sorted.filter((one) => one.code === code);
      const shown = same.slice(0, MAX_LINES_OF_A_CODE).map((one) => placedLine(one, format));
      const rest = same.length - shown.length;
      return rest > 0 ? [...shown, `… and ${rest} more ${code} (--json shows all)`] : shown;
    });
    return [title, ...lines.map((line) => `  ${line}`)];
  });
}

/** What stands in no file is placed by its path in the tenant. */
function placedLine(told: CheckedProblem, format: (problem: Problem) => string): string {
  const place = told.at === null && told.path !== null ? `${printableLine(told.path)} ` : "";
  return `${place}${format(told)}`;
}

/** `2 errors, 1 warning, 3 infos`. */
export function countLine(problems: readonly Problem[]): string {
  const count = (severity: Severity): string => {
    const n = problems.filter((one) => one.severity === severity).length;
    return `${n} ${severity}${n === 1 ? "" : "s"}`;
  };
  return `${count("error")}, ${count("warning")}, ${count("info")}`;
}

/** A user's report as text, without her findings and the sentence at the end. */
export function userLines(report: UserReport): readonly string[] {
  const { number, numberType, operator } = report;
  const from = operator === null ? "" : ` of operator ${operator}`;
  return [
    report.user,
    `  number: ${number === null ? "none" : `${number} (${numberType ?? "of unknown type"}${from})`}`,
    `  licences: ${report.licenses.join(", ") || "none"}`,
    `  mode ${report.mode}, Enterprise Voice ${report.enterpriseVoiceEnabled ? "on" : "off"}`,
    ...report.policies.map(
      ({ words, policy, source, group }) =>
        `  ${words}: ${policy} (${source}${group === null ? "" : `, group ${group}`})`,
    ),
    ...report.calls.map(({ what, dialed, why }) => `  ${what} ${dialed}: ${why}`),
  ].map(printableLine);
}
