import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { outdial } from "./outdial.ts";

const elsewhere = suite<{ folder: string }>("what is read is not written over");

const SCRIPT = 'Set-CsOnlinePstnUsage -Identity Global -Usage @{Add="UK"}\n';
const TENANT = "outdial: 1\n";

elsewhere.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "outdial-"));
  writeFileSync(join(context.folder, "change.ps1"), SCRIPT);
  writeFileSync(join(context.folder, "tenant.yaml"), TENANT);
  symlinkSync("change.ps1", join(context.folder, "link.ps1"));
});
elsewhere.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }));

const COMMANDS = [
  ["import change.ps1 -o change.ps1", "change.ps1", SCRIPT],
  ["import change.ps1 -o link.ps1", "change.ps1", SCRIPT],
  ["import change.ps1 --test-cases change.ps1", "change.ps1", SCRIPT],
  ["apply change.ps1 --tenant tenant.yaml -o change.ps1", "change.ps1", SCRIPT],
  ["export --powershell --tenant tenant.yaml -o tenant.yaml", "tenant.yaml", TENANT],
] as const;

for (const [command, file, text] of COMMANDS) {
  elsewhere(command, async ({ folder }) => {
    const isFile = /\.(?:ps1|yaml)$/;
    const args = command.split(" ").map((word) => (isFile.test(word) ? join(folder, word) : word));
    const { code, stderr } = await outdial(args);
    assert.is(code, 1, stderr);
    assert.is(readFileSync(join(folder, file), "utf8"), text);
  });
}

elsewhere.run();
