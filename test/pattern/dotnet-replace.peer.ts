/**
 * Our rewriting of numbers against .NET's `Regex.Replace` (Mono's, built from the reference sources):
 * every capture of random patterns, through translations that name them all, and random translations.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { SYMBOLS } from "../../engine/pattern/alphabet.ts";
import { compilePattern } from "../../engine/pattern/compile-pattern.ts";
import { compileRewrite, NumberRewriter } from "../../engine/pattern/rewrite-number.ts";
import { sampleAccepted, seededRandom } from "../../engine/pattern/sample-numbers.ts";
import { createDotnetOracle, type DotnetOracle } from "./dotnet-oracle.ts";
import { hasLazyRepetitionOfEmpty } from "./print-pattern.ts";
import { randomPattern } from "./random-pattern.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

const PATTERNS = 20_000;
const MAX_SHOWN = 20;
/** Names every group that a random pattern can have. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: .NET names groups so.
const EVERY_GROUP = "[$1|$2|$3|$4|$5|$6|${name}|${n}|$+|$&]";

/** `SEED=n` repeats a run. */
const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
const random = seededRandom(seed);

interface Row {
  readonly pattern: string;
  readonly translation: string;
  readonly numbers: readonly string[];
}

function randomText(alphabet: string, maxLength: number): string {
  return Array.from({ length: Math.floor(random() * (maxLength + 1)) }, () =>
    alphabet.charAt(Math.floor(random() * alphabet.length)),
  ).join("");
}

function numbersFor(pattern: string): readonly string[] {
  const compiled = compilePattern(pattern);
  const own = compiled.ok
    ? Array.from({ length: 6 }, () => sampleAccepted(compiled.dfa, random) ?? "")
    : [];
  const strangers = Array.from({ length: 5 }, () => randomText(SYMBOLS, 8));
  const near = own.map((number) => number + randomText(SYMBOLS, 3));
  return ["", ...own, ...near, ...strangers].filter((number) => number.length <= 40);
}

const rewriter = new NumberRewriter();

/** What we make of a number; `null` = the rule cannot be judged here. */
function oursOf(row: Row): readonly string[] | null {
  const compiled = compileRewrite(row.pattern, row.translation);
  if (!compiled.ok || hasLazyRepetitionOfEmpty(compiled.rewrite.tree)) return null;
  return row.numbers.map((number) => rewriter.rewrite(compiled.rewrite, number) ?? number);
}

async function compare(oracle: DotnetOracle, rows: readonly Row[]): Promise<number> {
  const answers = await oracle.ask(
    rows.map(({ pattern, translation, numbers }) => ({
      pattern,
      numbers: [translation, ...numbers],
    })),
  );
  assert.is(answers.length, rows.length);
  const wrong: string[] = [];
  let compared = 0;
  for (const [i, row] of rows.entries()) {
    const ours = oursOf(row);
    const answer = answers[i];
    if (ours === null || answer === undefined) continue;
    const shown = `${JSON.stringify(row.pattern)} → ${JSON.stringify(row.translation)}`;
    if (!answer.compiles) {
      wrong.push(`${shown}: .NET refuses it: ${answer.message}`);
      continue;
    }
    for (const [n, hex] of answer.matches.split(",").entries()) {
      if (hex === "?") continue;
      const theirs = Buffer.from(hex, "hex").swap16().toString("utf16le").slice(0, 128);
      compared++;
      if (theirs !== ours[n])
        wrong.push(`${shown} on "${row.numbers[n]}": ${ours[n]}; .NET: ${theirs}`);
    }
  }
  assert.equal(wrong.slice(0, MAX_SHOWN), [], `${wrong.length} disagreements, seed ${seed}`);
  return compared;
}

const dotnet = suite("rewriting and .NET");
const oracle = createDotnetOracle(join(root, "test", "pattern", "dotnet-replace.cs"));

if (oracle === null) {
  dotnet("Mono is installed", () => {
    assert.is.not(process.env["REQUIRE_PEERS"], "1", "mono and mcs are not installed");
    console.log("\nskipped: mono and mcs are not installed, no replacement was compared with .NET");
  });
} else {
  dotnet("agree on the rows", async () => {
    const text = readFileSync(join(root, "fixtures", "patterns", "replacements.json"), "utf8");
    const rows = JSON.parse(text) as readonly {
      pattern: string;
      translation: string;
      number: string;
    }[];
    const compared = await compare(
      oracle,
      rows.map(({ pattern, translation, number }) => ({ pattern, translation, numbers: [number] })),
    );
    assert.ok(compared >= 40);
  });

  dotnet("agree on every capture of random patterns", async () => {
    const arbitrary = randomPattern({ lookarounds: true, dressing: true });
    // WHY without \G: .NET takes it for the end of the match before, and we for the start of the number.
    const patterns = fc
      .sample(arbitrary, { numRuns: PATTERNS, seed })
      .filter((p) => !p.includes("\\G"));
    const rows = patterns.map((pattern) => ({
      pattern,
      translation: random() < 0.7 ? EVERY_GROUP : randomText("$$$$123{}n&`'+_a0", 8),
      numbers: numbersFor(pattern),
    }));
    const compared = await compare(oracle, rows);
    console.log(`\nnote: ${compared} rewritten numbers compared with .NET, seed ${seed}`);
  });

  dotnet.after(() => oracle.dispose());
}

dotnet.run();
