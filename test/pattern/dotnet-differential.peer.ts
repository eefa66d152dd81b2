/**
 * Our patterns against .NET's: Mono's `System.Text.RegularExpressions`, which is built from the reference
 * sources of .NET. Asks both about the published patterns, about random ones with lookarounds, and about
 * random garbage, with numbers that take every transition of our automata.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { SYMBOLS } from "../../engine/pattern/alphabet.ts";
import { type CompiledPattern, compilePattern } from "../../engine/pattern/compile-pattern.ts";
import { runDfa } from "../../engine/pattern/dfa.ts";
import { sampleAccepted, seededRandom } from "../../engine/pattern/sample-numbers.ts";
import { coverTransitions } from "./cover-transitions.ts";
import { createDotnetOracle, type DotnetAnswer, type DotnetOracle } from "./dotnet-oracle.ts";
import { hasLazyRepetitionOfEmpty, printPattern } from "./print-pattern.ts";
import { randomPattern } from "./random-pattern.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

const ASKED_PAIRS = 1_500_000;
const MAX_NUMBERS = 1_500;
const MAX_SHOWN = 20;

/** `SEED=n` repeats a run. */
const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
const random = seededRandom(seed);

interface Asked {
  readonly pattern: string;
  readonly compiled: CompiledPattern;
  readonly numbers: readonly string[];
}

function randomText(alphabet: string, maxLength: number): string {
  return Array.from({ length: Math.floor(random() * (maxLength + 1)) }, () =>
    alphabet.charAt(Math.floor(random() * alphabet.length)),
  ).join("");
}

function changed(number: string): string {
  const at = Math.floor(random() * (number.length + 1));
  const cut = Math.floor(random() * 2);
  return number.slice(0, at) + randomText(SYMBOLS, 2) + number.slice(at + cut);
}

/** Numbers for which the answers are worth comparing, at most `limit`. */
function probesOf(compiled: CompiledPattern, limit: number): readonly string[] {
  const strangers = Array.from({ length: 5 }, () => randomText(SYMBOLS, 8));
  if (!compiled.ok) return strangers;
  const covering = coverTransitions(compiled.dfa);
  const samples = Array.from({ length: 10 }, () => sampleAccepted(compiled.dfa, random) ?? "");
  const drawn = [...covering, ...samples, ...samples.map(changed), ...strangers];
  while (drawn.length > limit) drawn.splice(Math.floor(random() * drawn.length), 1);
  return drawn;
}

function askedOf(pattern: string, limit: number): Asked {
  const compiled = compilePattern(pattern);
  return { pattern, compiled, numbers: probesOf(compiled, limit) };
}

function disagreement({ pattern, compiled, numbers }: Asked, dotnet: DotnetAnswer): string | null {
  const shown = JSON.stringify(pattern);
  if (!compiled.ok) {
    const [problem] = compiled.problems;
    if (problem?.code !== "REGEX_INVALID") return null;
    const theirs = dotnet.compiles ? "it compiles" : dotnet.message;
    return problem.what === `.NET rejects it: ${theirs.replace(/\.$/, "")}`
      ? null
      : `${shown}: ${problem.what}; .NET: ${theirs}`;
  }
  if (!dotnet.compiles) return `${shown}: compiles; .NET: ${dotnet.message}`;
  for (const [i, number] of numbers.entries()) {
    const theirs = dotnet.matches.charAt(i);
    const ours = String(runDfa(compiled.dfa, number));
    if ("01".includes(theirs) && theirs !== ours) {
      return `${shown} on "${number}": ${ours}; .NET: ${theirs}`;
    }
  }
  return null;
}

/**
 * Whether .NET agrees once every lazy repetition is greedy, where laziness is known to mislead it.
 * Laziness makes no difference to whether a pattern matches; its interpreter thinks otherwise.
 */
async function isKnownFault(dotnetOracle: DotnetOracle, one: Asked): Promise<boolean> {
  if (!one.compiled.ok || !hasLazyRepetitionOfEmpty(one.compiled.tree)) return false;
  const greedy = { ...one, pattern: printPattern(one.compiled.tree) };
  const [answer] = await dotnetOracle.ask([greedy]);
  return answer !== undefined && disagreement(greedy, answer) === null;
}

let known = 0;

/** @returns How many (pattern, number) pairs were compared. */
async function compare(dotnetOracle: DotnetOracle, asked: readonly Asked[]): Promise<number> {
  const answers = await dotnetOracle.ask(asked);
  assert.is(answers.length, asked.length);
  const wrong: string[] = [];
  for (const [i, one] of asked.entries()) {
    const answer = answers[i];
    const complaint = answer === undefined ? "no answer" : disagreement(one, answer);
    if (complaint === null) continue;
    if (await isKnownFault(dotnetOracle, one)) known++;
    else wrong.push(complaint);
  }
  assert.equal(wrong.slice(0, MAX_SHOWN), [], `${wrong.length} disagreements, seed ${seed}`);
  return asked.reduce((sum, { numbers }) => sum + numbers.length, 0);
}

const dotnet = suite("patterns and .NET");
const oracle = createDotnetOracle(join(root, "test", "pattern", "dotnet-oracle.cs"));

if (oracle === null) {
  dotnet("Mono is installed", () => {
    assert.is.not(process.env["REQUIRE_PEERS"], "1", "mono and mcs are not installed");
    console.log("\nskipped: mono and mcs are not installed, no pattern was compared with .NET");
  });
} else {
  let pairs = 0;

  dotnet("agree on the published patterns", async () => {
    const file = join(root, "fixtures", "patterns", "public", "number-patterns.tsv");
    const patterns = readFileSync(file, "utf8").trimEnd().split("\n");
    const asked = patterns.map((line) => askedOf(line.split("\t")[0] ?? "", 5_000));
    pairs += await compare(oracle, asked);
  });

  dotnet("agree on the corners of the dialect and on the lints' rows", async () => {
    const read = (name: string): string =>
      readFileSync(join(root, "fixtures", "patterns", name), "utf8");
    const corners = JSON.parse(read("dialect-corners.json")) as readonly { pattern: string }[];
    const lints = JSON.parse(read("lints.json")) as readonly Readonly<Record<string, string[]>>[];
    const patterns = [
      ...corners.map((corner) => corner.pattern),
      ...lints.flatMap((row) => [...(row["fires"] ?? []), ...(row["nearly"] ?? [])]),
    ];
    assert.ok(patterns.length > 150);
    pairs += await compare(
      oracle,
      patterns.map((pattern) => askedOf(pattern, 5_000)),
    );
  });

  dotnet("agree on what compiles, whatever is typed", async () => {
    const alphabet = "()[]{}?*+|^$\\-,:=!<>'#. \n0123459kabcdDwWsSpPNBGZznxiurm_~";
    const asked = Array.from({ length: 60_000 }, () => askedOf(randomText(alphabet, 14), 20));
    pairs += await compare(oracle, asked);
  });

  dotnet("agree on random patterns, for every transition", async () => {
    const arbitrary = randomPattern({ lookarounds: true, dressing: true });
    for (let round = 0; pairs < ASKED_PAIRS; round++) {
      const patterns = fc.sample(arbitrary, { numRuns: 1_000, seed: seed + round });
      pairs += await compare(
        oracle,
        patterns.map((pattern) => askedOf(pattern, MAX_NUMBERS)),
      );
    }
    console.log(
      `\nnote: ${pairs} pairs of pattern and number compared with .NET, seed ${seed}; ` +
        `${known} patterns where .NET's interpreter is known to fail`,
    );
  });

  dotnet.after(() => oracle.dispose());
}

dotnet.run();
