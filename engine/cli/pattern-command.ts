import type { Command } from "commander";
import { PROBLEMS, problem } from "../model/problem.ts";
import { SYMBOL_COUNT, SYMBOLS } from "../pattern/alphabet.ts";
import { type CompiledPattern, compilePattern } from "../pattern/compile-pattern.ts";
import { type Dfa, runDfa } from "../pattern/dfa.ts";
import { lintPattern } from "../pattern/lint-pattern.ts";
import { distancesToMatch, failingPosition, NEVER } from "../pattern/live-states.ts";
import type { PatternProblem } from "../pattern/pattern-problem.ts";
import { isRe2Pattern } from "../pattern/re2-pattern-set.ts";
import { toRe2Source } from "../pattern/re2-source.ts";
import { exampleNumbers } from "../pattern/sample-numbers.ts";
import { readCommonOptions } from "./common-options.ts";
import { EXIT } from "./exit-code.ts";
import { printProblems } from "./print-problems.ts";

const EXAMPLES = 5;

/** What is known of one pattern and the numbers asked about: what `--json` prints. */
export interface PatternReport {
  readonly pattern: string;
  /** Whether it compiles here; then also with .NET. */
  readonly compiles: boolean;
  readonly problems: readonly (PatternProblem & { readonly severity: string })[];
  /** States of the minimal automaton; null when it does not compile. */
  readonly states: number | null;
  /** The pattern in RE2's dialect; null when RE2 has no such pattern. */
  readonly re2: string | null;
  readonly examples: readonly string[];
  readonly numbers: readonly {
    readonly number: string;
    readonly match: boolean;
    /** As {@link failingPosition}; -1 where it matches. */
    readonly failsAt: number;
  }[];
}

/** Judges a pattern: everything `outdial pattern` tells. */
export function reportPattern(pattern: string, numbers: readonly string[]): PatternReport {
  const compiled = compilePattern(pattern);
  return {
    pattern,
    compiles: compiled.ok,
    problems: lintPattern(pattern).map((p) => ({ ...p, severity: PROBLEMS[p.code] })),
    states: compiled.ok ? compiled.dfa.stateCount : null,
    re2: re2SourceOf(compiled),
    examples: compiled.ok ? exampleNumbers(compiled.dfa, EXAMPLES) : [],
    numbers: numbers.map((number) => ({
      number,
      match: compiled.ok && runDfa(compiled.dfa, number) === 1,
      failsAt: compiled.ok ? failingPosition(compiled.dfa, number) : 0,
    })),
  };
}

function re2SourceOf(compiled: CompiledPattern): string | null {
  const source = compiled.ok ? toRe2Source(compiled.tree) : null;
  return source !== null && isRe2Pattern(source) ? source : null;
}

/** For people: one fact a line, none of them with a tab. */
function describe({ states, re2, examples, numbers }: PatternReport): readonly string[] {
  if (states === null) return ["compiles: no"];
  return [
    "compiles: yes, here and with .NET",
    `states: ${states}`,
    `RE2: ${re2 === null ? "has no such pattern" : `yes, as ${re2}`}`,
    `examples: ${examples.length === 0 ? "no number matches" : examples.join(" ")}`,
    ...numbers.filter(({ match }) => !match).map(describeFailure),
  ];
}

function describeFailure({ number, failsAt }: PatternReport["numbers"][number]): string {
  const shown = printable(number);
  if (failsAt >= number.length) return `${shown}: too short, more symbols are needed`;
  const marked = `${shown.slice(0, failsAt)}[${shown.charAt(failsAt)}]${shown.slice(failsAt + 1)}`;
  return `${shown}: fails at symbol ${failsAt + 1}, ${marked}`;
}

/** Keeps every number to its line and column. */
function printable(number: string): string {
  return number.replace(/\p{Cc}/gu, " ");
}

/** The automaton as text: a line a state, with its transitions to other states. */
export function formatStates(dfa: Dfa): string {
  const distances = distancesToMatch(dfa);
  const lines: string[] = [];
  for (let state = 0; state < dfa.stateCount; state++) {
    const targets = new Map<number, string>();
    for (let symbol = 0; symbol < SYMBOL_COUNT; symbol++) {
      const to = dfa.transitions[state * SYMBOL_COUNT + symbol] ?? 0;
      targets.set(to, (targets.get(to) ?? "") + SYMBOLS.charAt(symbol));
    }
    const moves = [...targets].map(([to, symbols]) => `${symbols} → ${to}`).join("   ");
    const mark = dfa.labels[state] === 1 ? "match" : distances[state] === NEVER ? "never" : "";
    lines.push(`state ${state} ${mark.padEnd(5)} ${moves}`);
  }
  return lines.join("\n");
}

function run(
  pattern: string,
  numbers: readonly string[],
  { states }: { readonly states?: boolean },
  command: Command,
): void {
  const { json, quiet } = readCommonOptions(command);
  const report = reportPattern(pattern, numbers);
  if (json) {
    process.stdout.write(`${JSON.stringify(report)}\n`);
  } else {
    const lines = quiet ? [] : [...describe(report)];
    if (states === true) lines.push(...statesOf(pattern));
    const answers = report.compiles ? report.numbers : [];
    lines.push(...answers.map((n) => `${printable(n.number)}\t${n.match ? "match" : "no match"}`));
    printProblems(report.problems.map(placed));
    if (lines.length > 0) process.stdout.write(`${lines.join("\n")}\n`);
  }
  if (!report.compiles) process.exitCode = EXIT.problems;
}

function statesOf(pattern: string): readonly string[] {
  const compiled = compilePattern(pattern);
  return compiled.ok ? [formatStates(compiled.dfa)] : [];
}

function placed({ code, what, hint, offset }: PatternProblem): ReturnType<typeof problem> {
  return problem(code, what, hint, { file: "pattern", line: 1, column: offset + 1 });
}

/** `outdial pattern PATTERN [NUMBER…]`: what a NumberPattern matches, and what is wrong with it. */
export function registerPatternCommand(program: Command): void {
  program
    .command("pattern")
    .description("Show what a NumberPattern matches, what .NET says of it, and what looks wrong")
    .argument("<pattern>", "the NumberPattern, in .NET's dialect")
    .argument("[numbers...]", "numbers to try: a line each, NUMBER<tab>match or no match")
    .option("--states", "print the automaton too")
    .addHelpText(
      "after",
      `
Example:
  outdial pattern '^\\+1(425|206)(\\d{7})$' +14255550100 +442079460123`,
    )
    .action(run);
}
