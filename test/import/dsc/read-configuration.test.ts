import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readScript } from "../../../engine/import/powershell/read-script.ts";
import { formatProblem } from "../../../engine/model/format-problem.ts";
import { hasErrors } from "../../../engine/model/problem.ts";
import { EMPTY_TENANT, type Tenant } from "../../../engine/model/tenant.ts";

const dsc = suite("DSC configuration");

const BASE: Tenant = {
  ...EMPTY_TENANT,
  onlinePstnUsages: ["UK", "US"],
  onlineVoiceRoutes: [
    {
      identity: "UK",
      priority: 4,
      numberPattern: "^\\+44",
      onlinePstnUsages: ["UK"],
      onlinePstnGatewayList: [],
      bridgeSourcePhoneNumber: null,
      description: "kept",
    },
  ],
};

function configured(blocks: string, tenant: Tenant = BASE) {
  const text = `Configuration X\n{\n  Node localhost\n  {\n${blocks}\n  }\n}\n`;
  return readScript(text, { file: "dsc.ps1", tenant });
}

dsc("a block sets the properties that it names and leaves the others", async () => {
  const read = await configured(
    `TeamsVoiceRoute "uk" { Identity = "uk"; Priority = 9; NumberPattern = '^\\+44\\d+$' }`,
  );
  assert.equal(read.problems, []);
  assert.equal(read.statements, { understood: 1, refused: 0 });
  assert.equal(read.tenant.onlineVoiceRoutes, [
    { ...BASE.onlineVoiceRoutes[0], identity: "uk", priority: 9, numberPattern: "^\\+44\\d+$" },
  ]);
});

dsc(
  "Absent removes the object, whatever the case of its name; one that is not there is no problem",
  async () => {
    const read = await configured(
      `TeamsVoiceRoute "UK" { Identity = "UK"; Ensure = "Absent" }
     TeamsPstnUsage a { Usage = "us"; Ensure = 'absent' }
     TeamsPstnUsage b { Usage = "Elsewhere"; Ensure = 'Absent' }`,
    );
    assert.equal(read.problems, []);
    assert.equal(read.tenant.onlineVoiceRoutes, []);
    assert.equal(read.tenant.onlinePstnUsages, ["UK"]);
  },
);

dsc("a voice user that is absent loses the number, not the account", async () => {
  const present = await configured(
    `TeamsOnlineVoiceUser m { Identity = "megan@contoso.com"; TelephoneNumber = "+14255550101" }`,
  );
  assert.is(present.tenant.users[0]?.lineUri, "tel:+14255550101");
  assert.is(present.tenant.users[0]?.enterpriseVoiceEnabled, true);
  const absent = await configured(
    `TeamsOnlineVoiceUser m { Identity = "Megan@contoso.com"; Ensure = "Absent" }`,
    present.tenant,
  );
  assert.is(absent.tenant.users[0]?.lineUri, null);
  assert.is(absent.tenant.users[0]?.enterpriseVoiceEnabled, false);
});

const REFUSED: readonly (readonly [what: string, blocks: string, line: RegExp])[] = [
  [
    "a value that needs PowerShell to run",
    `TeamsVoiceRoute "A" { Identity = "A"; NumberPattern = $pattern }`,
    /^dsc\.ps1:5:39 error IMPORT_UNRESOLVED NumberPattern is \$pattern, which needs PowerShell/,
  ],
  [
    "an Ensure that needs PowerShell to run",
    `TeamsVoiceRoute "UK" { Identity = "UK"; Ensure = $state }`,
    /^dsc\.ps1:5:41 error IMPORT_UNRESOLVED Ensure is \$state, which needs PowerShell/,
  ],
  [
    "an Ensure that is neither Present nor Absent",
    `TeamsVoiceRoute "UK" { Identity = "UK"; Ensure = "Abset" }`,
    /^dsc\.ps1:5:41 error TENANT_INVALID_VALUE Ensure is "Abset", which is neither\. Fix: write Present or Absent/,
  ],
  [
    "a variable inside a text",
    `TeamsVoiceRoute "A" { Identity = "A-$site"; NumberPattern = 'x' }`,
    /^dsc\.ps1:5:23 error IMPORT_UNRESOLVED Identity is A-\$site/,
  ],
  [
    "a pattern that is no text",
    `TeamsVoiceRoute "A" { Identity = "A"; NumberPattern = @{ a = 1 } }`,
    /^dsc\.ps1:5:39 error TENANT_INVALID_VALUE NumberPattern/,
  ],
  [
    "a new route without a pattern",
    `TeamsVoiceRoute "A" { Identity = "A" }`,
    /^dsc\.ps1:5:1 error TENANT_MISSING_KEY onlineVoiceRoutes\[1\] lacks numberPattern/,
  ],
  [
    "a block that is not closed",
    `TeamsVoiceRoute "A" { Identity = "A" `.padEnd(10).replace("}", ""),
    /error (?:IMPORT_SYNTAX|TENANT_MISSING_KEY)/,
  ],
  [
    "a list with a bracket too many",
    `TeamsVoiceRoute "A" { Identity = "A"; OnlinePstnUsages = @( } ) }`,
    /^dsc\.ps1:5:61 error IMPORT_SYNTAX expected a value or \)/,
  ],
  [
    "a text without an end",
    `TeamsVoiceRoute "A" { Identity = 'A }`,
    /^dsc\.ps1:5:34 error IMPORT_SYNTAX a text is not closed/,
  ],
  [
    "lists inside lists without end",
    `TeamsVoiceRoute "A" { Identity = ${"@(".repeat(5_000)} }`,
    /^dsc\.ps1:5:\d+ error IMPORT_SYNTAX this is nested too deeply/,
  ],
];

for (const [what, blocks, line] of REFUSED) {
  dsc(`${what} leaves the tenant as it was`, async () => {
    const read = await configured(`${blocks}\nTeamsPstnUsage b { Usage = "New" }`);
    assert.is(read.tenant, BASE);
    assert.ok(hasErrors(read.problems));
    const lines = read.problems.map(formatProblem);
    assert.ok(
      lines.some((one) => line.test(one)),
      lines.join("\n"),
    );
  });
}

dsc("braces and quotes in comments and texts open nothing", async () => {
  const read = await configured(
    `# TeamsPstnUsage no { Usage = "No" }
     <# TeamsPstnUsage no { Usage = "No" } #>
     AADGroup g { Name = "TeamsPstnUsage x { Usage = 'No' }" }
     TeamsPstnUsage a { Usage = "It's" # one }
     }`,
  );
  assert.equal(read.tenant.onlinePstnUsages, ["UK", "US", "It's"]);
  assert.equal(
    read.problems.map(({ code }) => code),
    ["EXPORT_NOT_READ"],
  );
});

dsc("long runs of blanks, names and comments cost linear time", async () => {
  const runs = [" ".repeat(2_000_000), "a ".repeat(500_000), "# x\n".repeat(300_000)];
  for (const run of runs) {
    const started = performance.now();
    await configured(
      `${run}\nTeamsPstnUsage a {${run.startsWith("a") ? "" : run} Usage = ${run.startsWith("a") ? "" : run} "New" }`,
    );
    assert.ok(performance.now() - started < 4_000);
  }
});

dsc("a script that only speaks of a configuration is none", async () => {
  const read = await readScript(
    "# Configuration X { Node localhost { TeamsPstnUsage a { } } }\nSet-CsOnlinePstnUsage -Usage @{Add='New'}",
    { file: "s.ps1", tenant: EMPTY_TENANT },
  );
  assert.equal(read.tenant.onlinePstnUsages, ["New"]);
});

dsc.run();
