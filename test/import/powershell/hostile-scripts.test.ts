import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  MAX_COSTLY_PATTERNS,
  MAX_SCRIPT_CHARS,
  MAX_SCRIPT_ERRORS,
  MAX_SCRIPT_NESTING,
  MAX_STATEMENT_CHARS,
  MAX_STATEMENTS,
  MAX_STRING_CHARS,
} from "../../../engine/import/budgets.ts";
import { readScript } from "../../../engine/import/powershell/read-script.ts";
import { readScriptFile } from "../../../engine/import/powershell/read-script-file.ts";
import { EMPTY_TENANT } from "../../../engine/model/tenant.ts";
import { RECORDING_CMDLETS } from "./recording-cmdlets.ts";

const GOOD = "New-CsOnlineVoiceRoute Good";

async function codes(source: string): Promise<readonly string[]> {
  const options = { file: "x.ps1", tenant: EMPTY_TENANT, cmdlets: RECORDING_CMDLETS };
  const read = await readScript(source, options);
  assert.is(read.tenant, EMPTY_TENANT);
  return [
    ...new Set(read.problems.map(({ code }) => code)),
    ...read.invocations.map((i) => i.cmdlet),
  ];
}

const ran = "New-CsOnlineVoiceRoute";

/** Each ends with a good statement, which runs exactly where PowerShell would come to it. */
const SOURCES: readonly (readonly [name: string, source: string, expected: readonly string[]])[] = [
  ["brackets", `${"(".repeat(5000)}1${")".repeat(5000)}\n${GOOD}`, ["IMPORT_TOO_LARGE", ran]],
  ["open brackets", `${"(".repeat(20_000)}\n${GOOD}`, ["IMPORT_TOO_LARGE", "IMPORT_SYNTAX"]],
  ["closed brackets", `${")".repeat(20_000)}\n${GOOD}`, ["IMPORT_SYNTAX", ran]],
  [
    "blocks",
    `if ($x) {\n`.repeat(MAX_SCRIPT_NESTING + 2) + "}\n".repeat(MAX_SCRIPT_NESTING + 2) + GOOD,
    ["IMPORT_UNRESOLVED", "IMPORT_TOO_LARGE", ran],
  ],
  ["tables", `$a = ${"@{a=".repeat(3000)}1${"}".repeat(3000)}\n${GOOD}`, ["IMPORT_TOO_LARGE", ran]],
  ["strings in strings", `"${'$("'.repeat(60)}${'")'.repeat(60)}"\n${GOOD}`, ["IMPORT_TOO_LARGE"]],
  ["a long sum", `$a = ${"1+".repeat(20_000)}1\n${GOOD}`, ["IMPORT_TOO_LARGE", ran]],
  ["a long chain of members", `$a${".b".repeat(20_000)}\n${GOOD}`, ["IMPORT_TOO_LARGE", ran]],
  [
    "a string that doubles",
    `$a = 'aaaaaaaaaa'\n${"$a += $a\n".repeat(40)}${GOOD}`,
    ["IMPORT_UNRESOLVED", ran],
  ],
  [
    "a list that doubles",
    `$a = 1,2\n${"$a += $a\n".repeat(40)}${GOOD}`,
    ["IMPORT_UNRESOLVED", ran],
  ],
  [
    "a long string",
    `$a = '${"a".repeat(MAX_STRING_CHARS + 1)}'\n${GOOD}`,
    ["IMPORT_TOO_LARGE", ran],
  ],
  [
    "a long statement",
    `Foo ${"a ".repeat(MAX_STATEMENT_CHARS / 2)}\n${GOOD}`,
    ["IMPORT_TOO_LARGE", ran],
  ],
  ["a line of 2 MB", `Foo ${"-a b,c ".repeat(300_000)}\n${GOOD}`, ["IMPORT_TOO_LARGE", ran]],
  [
    "a line of 2 MB of dashes and quotes",
    `Foo ${"''-<a".repeat(400_000)}\n${GOOD}`,
    ["IMPORT_TOO_LARGE", ran],
  ],
  ["a huge script", "a".repeat(MAX_SCRIPT_CHARS + 1), ["IMPORT_TOO_LARGE"]],
  ["too many statements", `${"$a = 1;".repeat(MAX_STATEMENTS + 5)}`, ["IMPORT_TOO_LARGE"]],
  [
    "too many problems",
    "Foo\n".repeat(MAX_SCRIPT_ERRORS + 5),
    ["IMPORT_UNKNOWN_COMMAND", "IMPORT_TOO_LARGE"],
  ],
  ["NUL characters", `\0\0\0\n${GOOD}`, ["IMPORT_SYNTAX", ran]],
  ["a string never closed", `$a = 'x\n${GOOD}`, ["IMPORT_SYNTAX"]],
  ["a here-string never closed", `$a = @"\nx\n${GOOD}`, ["IMPORT_SYNTAX"]],
  ["a comment never closed", `<# x\n${GOOD}`, ["IMPORT_SYNTAX"]],
  ["a data block never closed", `<# outdial-data\n{}\n${GOOD}`, ["IMPORT_SYNTAX"]],
  [
    "a data block that is no tenant",
    `<# outdial-data\n{"nope": 1}\n#>\n${GOOD}`,
    ["TENANT_MISSING_KEY", "TENANT_UNKNOWN_KEY"],
  ],
  ["blank lines", `${"\n \t".repeat(200_000)}${GOOD}`, [ran]],
  ["pipes", `Foo ${"|\n".repeat(20_000)}\n${GOOD}`, ["IMPORT_SYNTAX"]],
  [
    "prototype names",
    `$__proto__ = 'a'\nnew-csonlinevoiceroute -__proto__ x\n$a = @{__proto__='x'}\nconstructor\n${GOOD}`,
    ["CMDLET_UNKNOWN_PARAMETER", "IMPORT_UNKNOWN_COMMAND", ran],
  ],
];

const hostile = suite("hostile scripts");

for (const [name, source, expected] of SOURCES) {
  hostile(name, async () => {
    assert.equal(await codes(source), expected);
  });
}

hostile("warnings alone never stop a script, however many", async () => {
  const count = MAX_SCRIPT_ERRORS + 5;
  const lines = Array.from({ length: count }, (_, i) => `New-CsOnlineVoiceRoute R${i} | Out-Null`);
  const read = await readScript(lines.join("\n"), { file: "x.ps1", tenant: EMPTY_TENANT });
  assert.is(read.tenant.onlineVoiceRoutes.length, count);
  assert.is(read.statements.refused, 0);
});

hostile("patterns past the compiler's budgets stop a script before they cost minutes", async () => {
  const bomb = (_: unknown, i: number): string =>
    `New-CsOnlineVoiceRoute R${i} -NumberPattern '${"a".repeat(5000)}'`;
  const source = Array.from({ length: 2 * MAX_COSTLY_PATTERNS }, bomb).join("\n");
  const read = await readScript(source, { file: "x.ps1", tenant: EMPTY_TENANT });
  assert.is(read.statements.refused, MAX_COSTLY_PATTERNS);
  assert.is(read.problems.at(-1)?.code, "IMPORT_TOO_LARGE");
});

hostile("bytes that are no script", async () => {
  const folder = mkdtempSync(join(tmpdir(), "outdial-"));
  try {
    const file = join(folder, "x.ps1");
    const read = async (bytes: Uint8Array): Promise<readonly string[]> => {
      writeFileSync(file, bytes);
      const script = await readScriptFile({ file, tenant: EMPTY_TENANT });
      assert.is(script.tenant, EMPTY_TENANT);
      return script.problems.map(({ code }) => code);
    };
    assert.equal(await read(new Uint8Array([0xff, 0x00, 0x80, 0xc3, 0x28])), ["TENANT_SYNTAX"]);
    assert.equal(await read(new Uint8Array(1000)), ["TENANT_SYNTAX"]);
    assert.equal(await read(new Uint8Array(0)), []);
    const missing = await readScriptFile({ file: join(folder, "no.ps1"), tenant: EMPTY_TENANT });
    assert.equal(
      missing.problems.map(({ code }) => code),
      ["FILE_UNREADABLE"],
    );
    const directory = await readScriptFile({ file: folder, tenant: EMPTY_TENANT });
    assert.equal(
      directory.problems.map(({ code }) => code),
      ["FILE_UNREADABLE"],
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

hostile("UTF-16 scripts of Windows are read", async () => {
  const folder = mkdtempSync(join(tmpdir(), "outdial-"));
  try {
    const file = join(folder, "x.ps1");
    const text =
      "\ufeffSet-CsOnlinePstnUsage -Usage @{Add='Größe'}\r\n(Get-CsOnlinePstnUsage).Usage\r\n";
    const little = Buffer.from(text, "utf16le");
    for (const bytes of [little, Buffer.from(little).swap16(), Buffer.from(text)]) {
      writeFileSync(file, bytes);
      const read = await readScriptFile({ file, tenant: EMPTY_TENANT });
      assert.equal(read.problems, []);
      assert.equal(read.output, ["Größe"]);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

hostile.run();
