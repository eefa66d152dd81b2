import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { MAX_SCRIPT_STEPS } from "../../../engine/import/budgets.ts";
import { readScript } from "../../../engine/import/powershell/read-script.ts";
import { EMPTY_TENANT } from "../../../engine/model/tenant.ts";
import { RECORDING_CMDLETS } from "./recording-cmdlets.ts";

const LONG = process.env["LONG"] !== undefined;
const OPTIONS: fc.Parameters<unknown> = LONG
  ? { numRuns: 5000, seed: Date.now() }
  : { numRuns: 60, seed: 4711 };

/** Pieces of scripts, that fit together now and then. */
const WORD = fc.constantFrom(
  "$x",
  "$_",
  "$h",
  "'a'",
  '"b $x"',
  "5",
  "@()",
  "@{ k = 1 }",
  "(1..3)",
  "$null",
  "$true",
  "Get-Date",
  "(Get-CsOnlinePSTNGateway).Identity",
);
const OPERATOR = fc.constantFrom(
  " + ",
  " -eq ",
  " -and ",
  " -match ",
  " -f ",
  " -join ",
  " -split ",
  " * ",
  ", ",
  " | % { $_ } | ",
  ".",
  "[",
);
const EXPRESSION = fc
  .array(fc.tuple(WORD, OPERATOR), { minLength: 1, maxLength: 4 })
  .map((pairs) => pairs.map(([word, operator], i) => (i === 0 ? word : operator + word)).join(""));

const STATEMENT: fc.Arbitrary<string> = fc.letrec<{ statement: string }>((tie) => ({
  statement: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    EXPRESSION.map((value) => `$x = ${value}`),
    EXPRESSION.map((value) => `New-CsOnlineVoiceRoute -Identity (${value})`),
    EXPRESSION.map((value) => `$h = @{ v = ${value} }; $x += $h.v`),
    EXPRESSION,
    fc.tuple(EXPRESSION, tie("statement")).map(([value, body]) => `if (${value}) { ${body} }`),
    fc
      .tuple(EXPRESSION, tie("statement"))
      .map(([value, body]) => `foreach ($i in ${value}) {\n${body}\n}`),
    tie("statement").map((body) => `function F($a) { ${body} }; F $x`),
    tie("statement").map((body) => `try { ${body} } catch { ${body} }`),
    tie("statement").map((body) => `$n = 0; while ($n -lt 3) { $n++; ${body} }`),
    tie("statement").map((body) => `switch ($x) { 1 { ${body} } default { ${body} } }`),
    tie("statement").map((body) => `1,2 | ForEach-Object { ${body} }`),
  ),
})).statement;

const GOOD = "New-CsOnlineVoiceRoute Good";

const properties = suite("generated scripts");

properties("never crash, and what stands behind them runs", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(STATEMENT, { minLength: 1, maxLength: 5 }), async (statements) => {
      const source = [...statements, GOOD].join("\n");
      const options = { file: "x.ps1", tenant: EMPTY_TENANT, cmdlets: RECORDING_CMDLETS };
      const read = await readScript(source, options);
      const ended = read.problems.some(({ code }) => code === "IMPORT_TOO_LARGE");
      assert.ok(ended || read.invocations.at(-1)?.parameters.get("Identity") === "Good", source);
      for (const { at, what } of read.problems) assert.ok(at !== null && what !== "", source);
      assert.equal((await readScript(source, options)).problems, read.problems);
    }),
    OPTIONS,
  );
});

properties("any text at all is read without a crash", async () => {
  const text = fc
    .array(
      fc.oneof(
        fc.string({ unit: "binary", maxLength: 8 }),
        WORD,
        OPERATOR,
        fc.constantFrom(
          "{",
          "}",
          "(",
          ")",
          "\n",
          "if ",
          "function f ",
          "param(",
          "switch ",
          '"$(',
          "@'\n",
        ),
      ),
      {
        maxLength: 40,
      },
    )
    .map((parts) => parts.join(""));
  await fc.assert(
    fc.asyncProperty(text, async (source) => {
      const read = await readScript(source, { file: "x.ps1", tenant: EMPTY_TENANT });
      assert.ok(read.statements.understood + read.statements.refused >= 0);
    }),
    OPTIONS,
  );
});

/** Scripts that would run for ever, or for too long; each in bounded time. */
const ENDLESS: readonly (readonly [name: string, source: string])[] = [
  ["an endless while", "while ($true) { }"],
  ["an endless for", "for (;;) { $x = 1 }"],
  ["an endless do", "do { } until ($false)"],
  ["a recursion", "function F { F }\nF"],
  ["a recursion of two", "function F { G }\nfunction G { F; F }\nF"],
  ["a recursion in a string", 'function F { "$(F)" }\nF'],
  ["a text that doubles in a loop", "$s = 'a'\nwhile ($true) { $s += $s }"],
  ["a list that doubles in a loop", "$l = 1, 2\nwhile ($true) { $l += $l }"],
  [
    "loops in loops",
    "foreach ($a in 1..9999) { foreach ($b in 1..9999) { foreach ($c in 1..9999) { $x = 1 } } }",
  ],
  ["a pipeline of pipelines", "1..9999 | % { 1..9999 | % { 1..9999 } }"],
  [
    "a list that is walked while it grows",
    "$l = New-Object Collections.ArrayList\n[void]$l.Add(1)\nforeach ($i in $l) { while ($true) { [void]$l.Add($i) } }",
  ],
  ["a table in itself", '$h = @{}\n$h.h = $h\nSet-CsOnlinePstnUsage -Usage $h\n"$h"\n$h | fl'],
  ["a list in itself", '$l = New-Object Collections.ArrayList\n[void]$l.Add($l)\n"$l"\n$l'],
  ["a splat in itself", "$p = @{ Identity = 'A' }\n$p.p = $p\nNew-CsOnlineVoiceRoute @p"],
  ["a costly pattern", `'${"a".repeat(60)}!' -match '^(a+)+$'`],
  ["a costly wildcard", `'${"a".repeat(5000)}' -like '${"*a".repeat(500)}*b'`],
];

for (const [name, source] of ENDLESS) {
  properties(`${name} ends, and with it nothing else`, async () => {
    const read = await readScript(`${source}\n`, {
      file: "x.ps1",
      tenant: EMPTY_TENANT,
      cmdlets: RECORDING_CMDLETS,
    });
    assert.is(read.tenant, EMPTY_TENANT);
    assert.ok(read.output.length < MAX_SCRIPT_STEPS);
  });
}

properties.run();
