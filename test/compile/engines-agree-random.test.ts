import * as fc from "fast-check";
import { suite } from "uvu";
import { randomPattern } from "../pattern/random-pattern.ts";
import { compareOn, FIRST_SEED, MOST_PATTERNS } from "./compare-engines.ts";

const agreement = suite("table, RE2 and reference, random patterns");

agreement(`give the same routes, first seed ${FIRST_SEED}`, () => {
  const anyPattern = randomPattern({ lookarounds: true, dressing: true });
  compareOn((chance, seed) =>
    fc.sample(anyPattern, { seed, numRuns: 1 + chance.below(MOST_PATTERNS) }),
  );
});

agreement.run();
