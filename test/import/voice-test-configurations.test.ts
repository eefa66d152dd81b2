import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readVoiceTestConfigurations } from "../../engine/import/test-cases/read-voice-test-configurations.ts";
import { EXPORTS } from "./exported-tenant.ts";

const configurations = suite("voice test configurations");

async function read(name: string) {
  const found = await readVoiceTestConfigurations(join(EXPORTS, "lync", name));
  assert.ok(found.ok, found.problems.map(({ what }) => what).join("\n"));
  assert.equal(found.problems, []);
  return found.value;
}

configurations("an export in UTF-16 is read", async () => {
  const [seven, abroad, branch] = await read("Get-CsVoiceTestConfiguration.json");
  assert.equal(seven, {
    identity: "Seven digits",
    dialedNumber: "5550123",
    targetDialplan: "Redmond",
    targetVoicePolicy: "US Only",
    expectedRoute: "US",
    expectedUsage: "US Long Distance",
    expectedTranslatedNumber: "+14255550123",
  });
  assert.is(abroad?.expectedUsage, null);
  assert.is(branch?.targetVoicePolicy, "Site:Branch");
});

configurations("the script that made them says the same", async () => {
  assert.equal(await read("voice-tests.ps1"), await read("Get-CsVoiceTestConfiguration.json"));
});

configurations("a file that is not there is told", async () => {
  const found = await readVoiceTestConfigurations(join(EXPORTS, "lync", "none.json"));
  assert.not(found.ok);
  assert.is(found.problems[0]?.code, "FILE_UNREADABLE");
});

configurations.run();
