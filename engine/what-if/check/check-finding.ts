import type { NodePath } from "../../import/tenant-file/source-document.ts";
import { type Problem, type ProblemCode, problem, type SourcePlace } from "../../model/problem.ts";
import type { ArgumentValue, CmdletInvocation } from "../../tenant/cmdlet-invocation.ts";

/** One thing that is wrong or suspicious in a tenant, at a place of the tenant and not yet of a file. */
export interface CheckFinding {
  readonly code: ProblemCode;
  readonly what: string;
  readonly hint: string;
  /** Where in the tenant: `["onlineVoiceRoutes", 3, "numberPattern"]`. */
  readonly path: NodePath;
  /** Whom it concerns by name; empty = nobody in particular. */
  readonly users: readonly string[];
  /** The commands that mend it where there is one obvious way; empty = somebody has to decide. */
  readonly cure: readonly CmdletInvocation[];
}

/** Makes a finding. */
export function finding(
  code: ProblemCode,
  what: string,
  hint: string,
  path: NodePath,
  more: { readonly users?: readonly string[]; readonly cure?: readonly CmdletInvocation[] } = {},
): CheckFinding {
  return { code, what, hint, path, users: more.users ?? [], cure: more.cure ?? [] };
}

/** The finding as a problem at a place of a file; its severity is the table's. */
export function problemOf({ code, what, hint }: CheckFinding, at: SourcePlace | null): Problem {
  return problem(code, what, hint, at);
}

/** One command of a cure. */
export function command(
  cmdlet: string,
  parameters: Readonly<Record<string, ArgumentValue>>,
): CmdletInvocation {
  return { cmdlet, parameters: new Map(Object.entries(parameters)), at: null };
}

/** Names in a sentence: the first few, and how many more there are. */
export function fewOf(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** The same with each name in double quotes. */
export function fewQuoted(names: readonly string[], most = 3): string {
  return fewOf(
    names.map((name) => `"${name}"`),
    most,
  );
}

/** `1 user`, `2 users`. */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
