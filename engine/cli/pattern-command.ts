import type { Command } from "commander";
import { PROBLEMS, problem } from "../model/problem.ts";
import { NO_SYMBOL, SYMBOL_COUNT, SYMBOLS, symbolOf } from "../pattern/alphabet.ts";
import { type CompiledPattern, compilePattern } from "../pattern/compile-pattern.ts";
import { type Dfa, runDfa } from "../pattern/dfa.ts";
import { lintPattern } from "../pattern/lint-pattern.ts";
import { distancesToMatch, failingPosition, NEVER } from "../pattern/live-states.ts";
import { matchesText } from "../pattern/match-text.ts";
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
  readonly numbers: readonly Answer[];
}

/** What is known of a number asked about. */
interface Answer {
  readonly number: string;
  /** As .NET answers; null when it is too long a text for that. */
  readonly match: boolean | null;
  /** As {@link failingPosition}; -1 where it matches; null when it is not known. */
  readonly failsAt: number | null;
  /** Whether it holds anything that numbers do not, as `;ext=12`: routing never matches such a text. */
  readonly holdsOther: boolean;
}

/** Judges a pattern: everything `outdial pattern` tells. */
export function reportPattern(pattern: string, numbers: readonly string[]): PatternReport {
  const compiled = compilePattern(pattern);
  const tried = numbers.map((number) => tryNumber(compiled, pattern, number));
  const problems = [...lintPattern(pattern), ...tried.flatMap((one) => one.problems)];
  return {
    pattern,
    compiles: compiled.ok,
    problems: problems.map((p) => ({ ...p, severity: PROBLEMS[p.code] })),
    states: compiled.ok ? compiled.dfa.stateCount : null,
    re2: re2SourceOf(compiled),
    examples: compiled.ok ? exampleNumbers(compiled.dfa, EXAMPLES) : [],
    numbers: tried.map((one) => one.answer),
  };
}

interface Tried {
  readonly answer: Answer;
  readonly problems: readonly PatternProblem[];
}

/** A number is run through the automaton, any other text is evaluated. */
function tryNumber(compiled: CompiledPattern, pattern: string, number: string): Tried {
  const holdsOther = holdsOtherCharacters(number);
  if (!compiled.ok) {
    return { answer: { number, match: false, failsAt: 0, holdsOther }, problems: [] };
  }
  if (!holdsOther) {
    const match = runDfa(compiled.dfa, number) === 1;
    const failsAt = failingPosition(compiled.dfa, number);
    return { answer: { number, match, failsAt, holdsOther }, problems: [] };
  }
  const found = matchesText(pattern, number);
  const match = found.ok ? found.matches : null;
  return {
    answer: { number, match, failsAt: match === true ? -1 : null, holdsOther },
    problems: found.ok ? [] : found.problems,
  };
}

function holdsOtherCharacters(number: string): boolean {
  for (let i = 0; i < number.length; i++) {
    if (symbolOf(number.charCodeAt(i)) === NO_SYMBOL) return true;
  }
  return false;
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
    ...numbers.flatMap(describeNumber),
  ];
}

/** Nothing needs to be said of a number that matches. */
function describeNumber({ number, match, failsAt, holdsOther }: Answer): readonly string[] {
  if (holdsOther) {
    return [
      `${printable(number)}: answered as .NET does for the whole text; routing takes off everything from ; before matching, and a number then holds 0-9 + * # only`,
    ];
  }
  return match === true || failsAt === null ? [] : [describeFailure(number, failsAt)];
}

function describeFailure(number: string, failsAt: number): string {
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
    lines.push(...answers.map((n) => `${printable(n.number)}\t${answerOf(n.match)}`));
    printProblems(report.problems.map(placed));
    if (lines.length > 0) process.stdout.write(`${lines.join("\n")}\n`);
  }
  if (report.problems.some((p) => p.severity === "error")) process.exitCode = EXIT.problems;
}

function answerOf(match: boolean | null): string {
  if (match === null) return "not known";
  return match ? "match" : "no match";
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
    .description("show what a NumberPattern matches, what .NET says of it, and what looks wrong")
    .argument("<pattern>", "the NumberPattern, in .NET's dialect")
    .argument(
      "[numbers...]",
      "numbers to try: a line each, NUMBER<tab>match or no match; texts that are no numbers, too",
    )
    .option("--states", "print the automaton too")
    .addHelpText(
      "after",
      `
Example:
  outdial pattern '^\\+1(425|206)(\\d{7})$' +14255550100 +442079460123`,
    )
    .action(run);
}
