import { suite } from "uvu";
import * as assert from "uvu/assert";
import { collectScript } from "../../engine/import/export-folder/collect-script.ts";
import { cmdletOfFile, EXPORT_CMDLETS } from "../../engine/import/export-folder/export-cmdlets.ts";
import { loadGrammar } from "../../engine/import/powershell/load-grammar.ts";
import { parseStatement } from "../../engine/import/powershell/parse-statement.ts";
import { splitScript } from "../../engine/import/powershell/split-script.ts";

const collect = suite("collect script");
const script = collectScript();

collect("our own parser finds no error in it", async () => {
  const parser = await loadGrammar();
  const { statements } = splitScript(script);
  assert.ok(statements.length > EXPORT_CMDLETS.length);
  for (const statement of statements) {
    const parsed = parseStatement(parser, statement);
    assert.ok(parsed.ok, script.slice(statement.start, statement.end));
  }
  const tree = parser.parse(script);
  assert.is(tree?.rootNode.hasError, false);
  tree?.delete();
});

collect("it writes exactly the files that the reader of folders reads", () => {
  const written = [...script.matchAll(/^Save-Export '([^']+)'/gm)].map((match) => match[1] ?? "");
  assert.equal(
    written.map((name) => cmdletOfFile(`${name}.json`)?.cmdlet),
    EXPORT_CMDLETS.map(({ cmdlet }) => cmdlet),
  );
  assert.is(new Set(written).size, EXPORT_CMDLETS.length);
});

collect("each cmdlet has a comment before it that says why", () => {
  const lines = script.split("\n");
  for (const [index, line] of lines.entries()) {
    if (line.startsWith("Save-Export")) assert.match(lines[index - 1] ?? "", /^# [A-Z].{10,}\.$/);
  }
});

collect("users and numbers come whole, and effective dial plans for each usage location", () => {
  assert.match(script, /Get-CsOnlineUser -ResultSize \d+/);
  assert.match(script, /Get-CsPhoneNumberAssignment -Top 1000 -Skip \$skip/);
  assert.match(script, /Group-Object UsageLocation.*Get-CsEffectiveTenantDialPlan -Identity/s);
  assert.match(script, /ConvertTo-Json -InputObject \$objects -Depth 10/);
  assert.match(script, /UTF8Encoding/);
});

collect("it only reads, but for its own files", () => {
  const code = script.replace(/^\s*#.*$/gm, "");
  const cmdlets = new Set(
    [...code.matchAll(/\b([A-Z][a-z]+)-(?:Cs|Mg)[A-Za-z]+/g)].map((m) => m[1]),
  );
  assert.equal([...cmdlets], ["Get"]);
  assert.not.match(script, /-Credential|ConvertFrom-SecureString|-AsPlainText|Invoke-/i);
});

collect.run();
