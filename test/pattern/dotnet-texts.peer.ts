/**
 * The evaluation of texts against .NET's (Mono's, see `dotnet-differential.peer.ts`): random patterns with
 * letters, blanks, categories and options, on texts of the same characters.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { matchesText } from "../../engine/pattern/match-text.ts";
import { parsePattern } from "../../engine/pattern/parse-pattern.ts";
import { seededRandom } from "../../engine/pattern/sample-numbers.ts";
import {
  createDotnetOracle,
  type DotnetAnswer,
  type DotnetOracle,
  type Question,
} from "./dotnet-oracle.ts";
import { hasLazyRepetitionOfEmpty, printPattern } from "./print-pattern.ts";
import { randomPattern, TEXT_CHARACTERS } from "./random-pattern.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

const ROUNDS = 10;
const PATTERNS_A_ROUND = 1_000;
const TEXTS_A_PATTERN = 12;
const MAX_SHOWN = 20;

/** `SEED=n` repeats a run. */
const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
const random = seededRandom(seed);

function randomText(): string {
  const length = Math.floor(random() * 9);
  return Array.from({ length }, () =>
    TEXT_CHARACTERS.charAt(Math.floor(random() * TEXT_CHARACTERS.length)),
  ).join("");
}

/** A text on which the two differ. */
interface Difference {
  readonly text: string;
  readonly complaint: string;
}

function differenceOf({ pattern, numbers }: Question, dotnet: DotnetAnswer): Difference | null {
  for (const [i, text] of numbers.entries()) {
    const ours = matchesText(pattern, text);
    const shown = `${JSON.stringify(pattern)} on ${JSON.stringify(text)}`;
    if (!ours.ok) {
      if (ours.problems[0]?.code !== "REGEX_INVALID" || !dotnet.compiles) return null;
      return { text, complaint: `${shown}: ${ours.problems[0].what}; .NET: it compiles` };
    }
    if (!dotnet.compiles) return { text, complaint: `${shown}: ok; .NET: ${dotnet.message}` };
    const theirs = dotnet.matches.charAt(i);
    if ("01".includes(theirs) && theirs !== String(Number(ours.matches))) {
      return { text, complaint: `${shown}: ${ours.matches}; .NET: ${theirs}` };
    }
  }
  return null;
}

async function agrees(oracle: DotnetOracle, pattern: string, text: string): Promise<boolean> {
  const question = { pattern, numbers: [text] };
  const [answer] = await oracle.ask([question]);
  return answer !== undefined && differenceOf(question, answer) === null;
}

/**
 * Where .NET is known to fail. It first looks for a character that can begin a match, and mistakes which
 * ones can when only some alternatives are under the option `i`; a last alternative that could begin
 * anywhere, and never matches, keeps it from looking. And as in the other peer test, it agrees once every
 * lazy repetition is greedy.
 */
async function isKnownFault(oracle: DotnetOracle, pattern: string, text: string): Promise<boolean> {
  if (/\(\?\w*i/.test(pattern) && (await agrees(oracle, `(?:${pattern})|\\z(?!)`, text)))
    return true;
  const alphabet = [...new Set(text.split(""))].join("");
  const parsed = parsePattern(pattern, alphabet);
  if (!parsed.ok || !hasLazyRepetitionOfEmpty(parsed.tree)) return false;
  return agrees(oracle, printPattern(parsed.tree, alphabet), text);
}

async function complaintsOf(oracle: DotnetOracle, asked: readonly Question[]): Promise<string[]> {
  const answers = await oracle.ask(asked);
  assert.is(answers.length, asked.length);
  const complaints: string[] = [];
  for (const [i, one] of asked.entries()) {
    const answer = answers[i];
    const difference = answer === undefined ? null : differenceOf(one, answer);
    if (difference === null) continue;
    if (!(await isKnownFault(oracle, one.pattern, difference.text))) {
      complaints.push(difference.complaint);
    }
  }
  return complaints;
}

const texts = suite("texts and .NET");
const oracle = createDotnetOracle(join(root, "test", "pattern", "dotnet-oracle.cs"));

if (oracle === null) {
  texts("Mono is installed", () => {
    assert.is.not(process.env["REQUIRE_PEERS"], "1", "mono and mcs are not installed");
    console.log("\nskipped: mono and mcs are not installed, no text was compared with .NET");
  });
} else {
  texts("agree on the rows of the fixtures", async () => {
    const file = join(root, "fixtures", "patterns", "texts.json");
    const rows = JSON.parse(readFileSync(file, "utf8")) as readonly {
      pattern: string;
      matches: Readonly<Record<string, boolean>>;
    }[];
    const asked = rows.map(({ pattern, matches }) => ({ pattern, numbers: Object.keys(matches) }));
    assert.equal(await complaintsOf(oracle, asked), []);
  });

  texts("agree on random patterns and texts", async () => {
    const arbitrary = randomPattern({ lookarounds: true, dressing: true, texts: true });
    const complaints: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const patterns = fc.sample(arbitrary, { numRuns: PATTERNS_A_ROUND, seed: seed + round });
      const numbers = Array.from({ length: TEXTS_A_PATTERN }, randomText);
      const asked = patterns.map((pattern) => ({ pattern, numbers }));
      complaints.push(...(await complaintsOf(oracle, asked)));
    }
    assert.equal(complaints.slice(0, MAX_SHOWN), [], `${complaints.length}, seed ${seed}`);
    const pairs = ROUNDS * PATTERNS_A_ROUND * TEXTS_A_PATTERN;
    console.log(`\nnote: ${pairs} pairs of pattern and text compared with .NET, seed ${seed}`);
  });

  texts.after(() => oracle.dispose());
}

texts.run();
