import { isAbsolute, relative, sep } from "node:path";
import type { ProblemCode, Severity } from "../model/problem.ts";
import type { CheckedProblem } from "./check-output.ts";

const LEVEL: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "note",
};

/** What a SARIF log needs to know beside the problems. */
export interface SarifSource {
  readonly version: string;
  /** One line of help for a code; `null` when there is none. */
  readonly helpOf: (code: ProblemCode) => string | null;
}

/**
 * The problems as one run of a SARIF 2.1.0 log (OASIS), which code hosts show beside the lines. Files are
 * named relative to the working directory where they stand below it.
 */
export function sarifLog(problems: readonly CheckedProblem[], source: SarifSource): unknown {
  const codes = [...new Set(problems.map(({ code }) => code))].sort();
  const rules = codes.map((code) => {
    const help = source.helpOf(code) ?? code;
    const severity = problems.find((one) => one.code === code)?.severity ?? "warning";
    return {
      id: code,
      shortDescription: { text: help },
      help: { text: help },
      defaultConfiguration: { level: LEVEL[severity] },
    };
  });
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "outdial", version: source.version, rules } },
        columnKind: "utf16CodeUnits",
        results: problems.map((one) => ({
          ruleId: one.code,
          ruleIndex: codes.indexOf(one.code),
          level: LEVEL[one.severity],
          message: { text: `${one.what}. Fix: ${one.hint}.` },
          locations: [locationOf(one)],
        })),
      },
    ],
  };
}

function locationOf({ at, path }: CheckedProblem): unknown {
  const logical =
    path === null ? {} : { logicalLocations: [{ fullyQualifiedName: path, kind: "member" }] };
  if (at === null) return logical;
  const region = { startLine: at.line, startColumn: at.column };
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(at.file) }, region },
    ...logical,
  };
}

function uriOf(file: string): string {
  const below = relative(process.cwd(), file);
  const isOutside = below.startsWith("..") || isAbsolute(below);
  const path = (isOutside ? file : below).split(sep).join("/");
  // WHY: encodeURI leaves what begins a query or a fragment.
  const encoded = encodeURI(path).replace(/[?#]/g, encodeURIComponent);
  return isAbsolute(path) ? `file://${encoded}` : encoded;
}
