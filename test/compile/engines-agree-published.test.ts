import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compareOn, FIRST_SEED, MOST_PATTERNS } from "./compare-engines.ts";

const agreement = suite("table, RE2 and reference, published patterns");

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

agreement(`give the same routes, first seed ${FIRST_SEED}`, () => {
  const list = join(root, "fixtures", "patterns", "public", "number-patterns.tsv");
  const published = readFileSync(list, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t")[0] ?? "");
  assert.is(published.length, 207);
  compareOn((chance) => chance.shuffled(published).slice(0, 1 + chance.below(MOST_PATTERNS)));
});

agreement.run();
