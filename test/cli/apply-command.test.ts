import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const main = join(root, "dist", "engine", "cli", "main.js");
const seeds = join(root, "fixtures", "scripts", "seeds");
const conferencing = join(seeds, "configure-operator-connect-conferencing.en.ps1");
const FILLED = [
  "--set",
  "an Operator Connect Conferencing number assigned to your Audio Conferencing bridge=+14255550199",
  "--set",
  "identity of the organizer of the meeting=megan@contoso.com",
];

let folder = "";

function outdial(...args: readonly string[]): { code: number | null; out: string; err: string } {
  const env = { ...process.env, NO_COLOR: "1" };
  const ran = spawnSync(process.execPath, [main, ...args], { encoding: "utf8", cwd: folder, env });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

const apply = suite("import, apply and export");

apply.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), "outdial-"));
  copyFileSync(join(seeds, "tenant.yaml"), join(folder, "tenant.yaml"));
});
apply.after.each(() => rmSync(folder, { recursive: true }));

apply("the four steps, in place, exported as PowerShell, re-imported: the same revision", () => {
  const applied = outdial("apply", conferencing, "--tenant", "tenant.yaml", ...FILLED);
  assert.is(applied.code, 0, applied.err);
  assert.match(applied.out, '+ voice route "International"\n');
  assert.match(applied.out, '+ PSTN usage "International"\n');
  const revision = /→ ([0-9a-f]{16})\n$/.exec(applied.out)?.[1] ?? "none";
  const exported = outdial("export", "--powershell", "--tenant", "tenant.yaml", "-o", "out.ps1");
  assert.is(exported.code, 0, exported.err);
  const imported = outdial("import", "out.ps1", "-o", "again.yaml");
  assert.is(imported.code, 0, imported.err);
  assert.match(imported.err, `revision ${revision}`);
  assert.equal(
    readFileSync(join(folder, "again.yaml"), "utf8"),
    readFileSync(join(folder, "tenant.yaml"), "utf8"),
  );
});

apply("with placeholders left, nothing is written; --keep-going writes what was understood", () => {
  const before = readFileSync(join(folder, "tenant.yaml"), "utf8");
  const refused = outdial("apply", conferencing, "--tenant", "tenant.yaml");
  assert.is(refused.code, 1);
  assert.match(refused.err, `${conferencing}:4:56 error IMPORT_PLACEHOLDER`);
  assert.match(refused.err, "nothing was written");
  assert.is(readFileSync(join(folder, "tenant.yaml"), "utf8"), before);
  const kept = outdial(
    "apply",
    conferencing,
    "--tenant",
    "tenant.yaml",
    "--keep-going",
    "-o",
    "new.json",
  );
  assert.is(kept.code, 1);
  assert.match(readFileSync(join(folder, "new.json"), "utf8"), '"International"');
  assert.is(readFileSync(join(folder, "tenant.yaml"), "utf8"), before);
  assert.equal(readdirSync(folder).sort(), ["new.json", "tenant.yaml"]);
});

apply("without -o only a tenant that was named is changed in place", () => {
  for (const args of [[], ["--tenant", folder]]) {
    const ran = outdial("apply", conferencing, ...args, ...FILLED);
    assert.is(ran.code, 1);
    assert.match(ran.err, "FILE_NOT_WRITTEN");
  }
});

apply(
  "import writes what was understood of a script that stops half way, and counts the rest",
  () => {
    writeFileSync(
      join(folder, "half.ps1"),
      "Set-CsOnlinePstnUsage -Usage @{Add='UK'}\nNew-CsOnlineVoiceRoute -Id 'UK",
    );
    const ran = outdial("import", "half.ps1");
    assert.is(ran.code, 1);
    assert.match(ran.err, "half.ps1:2:28 error IMPORT_SYNTAX");
    assert.match(ran.err, "1 statement applied, 1 not");
    assert.match(ran.out, "UK");
  },
);

apply("--json prints one document, whether it was written or not", () => {
  const script = join(folder, "new.ps1");
  writeFileSync(script, "New-CsOnlineVoiceRoute A\n$b = New-CsOnlineVoiceRoute B\n$b.Identity\n");
  const applied = outdial("apply", script, "--tenant", "tenant.yaml", "--json");
  assert.is(applied.code, 0, applied.err);
  const report = JSON.parse(applied.out) as Record<string, unknown>;
  assert.equal(report["changes"], ['+ voice route "A"', '+ voice route "B"']);
  assert.is(report["written"], "tenant.yaml");
  const printed = report["printed"] as readonly string[];
  assert.match(printed[0] ?? "", /^Identity +: A$/);
  assert.is(printed.at(-1), "B");
  writeFileSync(script, "New-CsOnlineVoiceRoute C\nNew-CsOnlineVoiceRoute -Identity 'D");
  const refused = outdial("apply", script, "--tenant", "tenant.yaml", "--json");
  assert.is(refused.code, 1);
  const refusal = JSON.parse(refused.out) as Record<string, unknown>;
  assert.is(refusal["written"], null);
  assert.is(refusal["newRevision"], null);
  assert.equal(refusal["statements"], { understood: 1, refused: 1 });
  const missing = outdial("apply", "no.ps1", "--json", "-o", "x.yaml");
  assert.is((JSON.parse(missing.out) as { written: unknown }).written, null);
  const imported = outdial("import", script, "--json");
  const whole = JSON.parse(imported.out) as { tenant: { onlineVoiceRoutes: readonly unknown[] } };
  assert.is(whole.tenant.onlineVoiceRoutes.length, 1);
  const toFile = outdial("import", script, "--json", "-o", "made.yaml");
  assert.equal(Object.keys(JSON.parse(toFile.out) as object).includes("tenant"), false);
});

apply("no name of a tenant or script steers the terminal", () => {
  const evil = "\u001b[2J\u009b31m\u202eevil";
  const script = `New-CsOnlineVoiceRoute A -Description '${evil}'\nSet-CsOnlinePstnUsage -Usage @{Add='${evil}'}\nWrite-Host '${evil}'\nNew-Cs${evil}\n`;
  writeFileSync(join(folder, "evil.ps1"), script);
  const args = ["apply", "evil.ps1", "--tenant", "tenant.yaml", "--keep-going", "-o", "out.yaml"];
  const applied = outdial(...args);
  const exported = outdial("export", "--json", "--tenant", "out.yaml");
  for (const { out, err } of [applied, exported]) {
    assert.match(out + err, "evil");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    assert.not.match(out + err, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  }
  assert.not.match(applied.out + applied.err, "\u202e");
});

apply("a wrong --set, two forms of export and a missing file say so", () => {
  assert.is(outdial("apply", conferencing, "--set", "nothing").code, 64);
  assert.is(outdial("export", "--powershell", "--yaml").code, 64);
  const missing = outdial("import", "no.ps1");
  assert.is(missing.code, 1);
  assert.match(missing.err, "FILE_UNREADABLE");
});

apply.run();
