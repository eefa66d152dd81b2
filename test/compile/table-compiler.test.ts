import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileTenant, createTenantCompiler } from "../../engine/compile/compile-tenant.ts";
import { PatternCache } from "../../engine/compile/pattern-cache.ts";
import type { MatcherEngine, PatternList } from "../../engine/compile/policy-table.ts";
import { TableCompiler } from "../../engine/compile/table-compiler.ts";
import { EVERYTHING_UP } from "../../engine/model/call.ts";
import { createRouter } from "../../engine/route/create-router.ts";
import { Chance } from "../route/random/chance.ts";
import { randomCall } from "../route/random/random-call.ts";
import { randomTenant } from "../route/random-tenant.ts";

const compiler = suite("table compiler");

const RUNS = process.env["LONG"] === undefined ? 12 : 300;
const EDITS = 25;

/** Patterns that share prefixes, hold one another, look at the end of a number, or look around. */
function randomPattern(chance: Chance): string {
  const prefix = chance.pick(["+1", "+1425", "+44", "+4420", "+442079", "9", ""]);
  const digits = Array.from({ length: chance.below(4) }, () => chance.below(3)).join("");
  const start = `^${prefix.replace("+", "\\+")}${digits}`;
  return chance.pick([
    `${start}\\d{${chance.below(6)}}$`,
    `${start}\\d*$`,
    `${start}`,
    `${start}(?!0)\\d{3,}$`,
    `${digits}$`,
    `${digits}\\d{4}$`,
    `(${prefix === "+1" ? "\\+33|" : ""}00)${digits}`,
  ]);
}

interface Line {
  readonly source: string;
  readonly rank: number;
}

/** The list with one line changed, put in or taken out, or two of them changed places. */
function edited(lines: readonly Line[], chance: Chance): Line[] {
  const at = chance.below(lines.length + 1);
  const rank = lines[Math.min(at, lines.length - 1)]?.rank ?? 0;
  const line = { source: randomPattern(chance), rank };
  const rest = [...lines];
  const kind = chance.below(3);
  if (kind === 0 || lines.length < 3) rest.splice(at, 0, line);
  else if (kind === 1) rest.splice(at, 1);
  else rest.splice(at, 1, line);
  return rest;
}

function listOf(lines: readonly Line[]): PatternList {
  return { sources: lines.map(({ source }) => source), ranks: lines.map(({ rank }) => rank) };
}

function compilerFor(engine: MatcherEngine, maxBytes?: number): TableCompiler {
  return new TableCompiler(new PatternCache(engine).patternOf, maxBytes);
}

for (const engine of ["dfa", "auto", "re2"] as const) {
  compiler(
    `engine ${engine}: what a list comes to does not depend on what was compiled before`,
    () => {
      const { patternOf } = new PatternCache(engine);
      for (let run = 0; run < RUNS; run++) {
        const chance = new Chance(run);
        const length = 2 + chance.below(40);
        const ranked = chance.once(2);
        let lines: Line[] = Array.from({ length }, (_, i) => ({
          source: randomPattern(chance),
          rank: ranked ? Math.floor(i / 6) : 0,
        }));
        const remembering = new TableCompiler(patternOf);
        const forgetful = new TableCompiler(patternOf, 20_000);
        for (let edit = 0; edit < EDITS; edit++) {
          const { sources, ranks } = listOf(lines);
          const anew = new TableCompiler(patternOf).compile(sources, ranks);
          assert.equal(remembering.compile(sources, ranks), anew);
          assert.equal(forgetful.compile(sources, ranks), anew);
          lines = edited(lines, chance);
        }
      }
    },
  );
}

compiler("one route of many that is changed costs few products", () => {
  const lines = Array.from({ length: 600 }, (_, i) => ({
    source: `^\\+1${1000 + i}\\d{4}$`,
    rank: 0,
  }));
  const remembering = compilerFor("dfa");
  const first = listOf(lines);
  remembering.compile(first.sources, first.ranks);
  const products = remembering.products;
  assert.is(products, 599);
  for (const at of [0, 1, 299, 598, 599]) {
    for (const change of [[], [{ source: "^\\+19999$", rank: 0 }]]) {
      const changed = [...lines];
      changed.splice(at, 1, ...change);
      const before = remembering.products;
      const list = listOf(changed);
      remembering.compile(list.sources, list.ranks);
      assert.ok(remembering.products - before < 60, `${remembering.products - before}`);
    }
  }
  const before = remembering.products;
  remembering.compile(first.sources, first.ranks);
  assert.is(remembering.products, before);
});

compiler("what is remembered is bounded", () => {
  const maxBytes = 400_000;
  const small = compilerFor("dfa", maxBytes);
  const chance = new Chance(3);
  let most = 0;
  let largest = 0;
  for (let i = 0; i < 200; i++) {
    const lines = Array.from({ length: 12 }, () => ({ source: randomPattern(chance), rank: 0 }));
    const { sources, ranks } = listOf(lines);
    const before = small.bytes;
    small.compile(sources, ranks);
    most = Math.max(most, small.bytes);
    largest = Math.max(largest, small.bytes - before);
  }
  assert.ok(most > maxBytes / 2);
  assert.ok(most <= maxBytes + largest, `${most}`);
});

compiler("a tenant compiler decides as one that knows nothing, whatever it has compiled", () => {
  const compile = createTenantCompiler();
  for (let seed = 0; seed < RUNS; seed++) {
    const chance = new Chance(seed);
    const tenant = randomTenant(chance);
    const shorter = { ...tenant, onlineVoiceRoutes: tenant.onlineVoiceRoutes.slice(1) };
    const turned = { ...tenant, onlineVoiceRoutes: [...tenant.onlineVoiceRoutes].reverse() };
    for (const one of [tenant, shorter, turned, tenant]) {
      const known = compile(one);
      const anew = compileTenant(one);
      assert.equal(known.problems, anew.problems);
      const router = createRouter(known.compiled, EVERYTHING_UP);
      const other = createRouter(anew.compiled, EVERYTHING_UP);
      for (let i = 0; i < 20; i++) {
        const call = randomCall(chance);
        assert.equal(router.decide(call), other.decide(call));
      }
    }
  }
});

compiler.run();
