import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { z } from "zod";
import { outdial } from "./outdial.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

const HEAD = `outdial: 1
onlinePstnUsages: [World, Old]
onlinePstnGateways: [{ identity: sbc1.contoso.com, enabled: true }]
`;
const WORLD = `onlineVoiceRoutes:
  - { identity: World, priority: 0, numberPattern: '^\\+[1,2]\\d+$', onlinePstnUsages: [World, world], onlinePstnGatewayList: [sbc1.contoso.com, SBC1.contoso.com] }
onlineVoiceRoutingPolicies:
  - { identity: Global, onlinePstnUsages: [World] }
`;
const USERS = `phoneNumbers:
  - { telephoneNumber: "+14255550101", numberType: OperatorConnect, pstnAssignmentStatus: UserAssigned, assignedPstnTargetId: megan@contoso.com }
  - { telephoneNumber: "+14255550106", numberType: DirectRouting, pstnAssignmentStatus: UserAssigned, assignedPstnTargetId: diegos@contoso.com }
users:
  - { userPrincipalName: megan@contoso.com, usageLocation: US, licenses: [TeamsPhone], enterpriseVoiceEnabled: true, lineUri: "tel:+14255550101", onlineDialOutPolicy: Nowhere }
  - { userPrincipalName: diegos@contoso.com, usageLocation: US, licenses: [TeamsPhone], lineUri: "tel:+14255550106" }
`;
const TENANT = HEAD + WORLD + USERS;

interface Told {
  readonly code: string;
  readonly severity: string;
  readonly what: string;
  readonly at: { readonly line: number; readonly column: number } | null;
  readonly path: string | null;
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "outdial-check-"));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function write(folder: string, name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const check = suite("outdial check");

check("the sample tenant has no errors, and every line is one finding", async () => {
  const ran = await outdial(["check"]);
  assert.is(ran.code, 0, ran.stderr);
  const lines = ran.stdout.trimEnd().split("\n");
  assert.match(lines.at(-1) ?? "", /^0 errors, 2 warnings, \d+ infos$/);
  const findings = lines.filter((line) => line.startsWith("  "));
  for (const line of findings) {
    assert.match(line, /^ {2}\S+tenant\.yaml:\d+:\d+ (warning|info) [A-Z0-9_]+ .+\. Fix: .+$/);
  }
  assert.equal(
    findings
      .filter((line) => line.includes(" warning "))
      .map((line) => / ([A-Z_]{5,}) /.exec(line)?.[1]),
    ["USER_NO_NUMBER", "USER_NOT_VOICE_ENABLED"],
  );
});

check("warnings end with 1 where --strict is given, errors always", async () => {
  assert.is((await outdial(["check", "--strict"])).code, 1);
  await inFolder(async (folder) => {
    const clean = write(folder, "clean.yaml", "outdial: 1\n");
    const strict = await outdial(["check", "--tenant", clean, "--strict"]);
    assert.is(strict.code, 0);
    assert.is(strict.stdout, "0 errors, 0 warnings, 0 infos\n");
    const bad = write(folder, "bad.yaml", TENANT);
    assert.is((await outdial(["check", "--tenant", bad])).code, 1);
  });
});

check(
  "findings stand at their place in the file, also behind defaults, and fit the schema",
  async () => {
    await inFolder(async (folder) => {
      const file = write(folder, "tenant.yaml", TENANT);
      const ran = await outdial(["check", "--tenant", file, "--json"]);
      const told = JSON.parse(ran.stdout) as readonly Told[];
      const schema = JSON.parse(
        readFileSync(join(root, "docs", "schema", "diagnostics.schema.json"), "utf8"),
      ) as Parameters<typeof z.fromJSONSchema>[0];
      assert.ok(z.fromJSONSchema(schema).safeParse(told).success);
      const pattern = told.find(({ code }) => code === "REGEX_CLASS_SUSPECT");
      assert.is(pattern?.path, "onlineVoiceRoutes[0].numberPattern");
      assert.is(pattern?.at?.line, 5);
      assert.is(
        TENANT.split("\n")[4]?.slice((pattern?.at?.column ?? 0) - 1, pattern?.at?.column),
        "'",
      );
    });
  },
);

check(
  "a tenant from a script is placed by path; a tenant that does not load is told and refused",
  async () => {
    await inFolder(async (folder) => {
      const script = write(
        folder,
        "tenant.ps1",
        "New-CsOnlineVoiceRoute -Identity UK -NumberPattern '\\+44' | Out-Null\n",
      );
      const ran = await outdial(["check", "--tenant", script]);
      assert.match(
        ran.stdout,
        /^ {2}onlineVoiceRoutes\[0\]\.numberPattern warning REGEX_UNANCHORED_START /m,
      );
      const bad = write(folder, "bad.yaml", "outdial: 1\nusers: 5\n");
      const refused = await outdial(["check", "--tenant", bad]);
      assert.is(refused.code, 1);
      assert.match(refused.stdout, /bad\.yaml:2:8 error TENANT_INVALID_VALUE /);
      assert.match(refused.stdout, /^1 error, 0 warnings, 0 infos$/m);
    });
  },
);

check("--user says what her calls do, by which policies, and why in one sentence", async () => {
  await inFolder(async (folder) => {
    const file = write(folder, "tenant.yaml", TENANT);
    const megan = await outdial(["check", "--tenant", file, "--user", "MEGAN@contoso.com"]);
    assert.match(
      megan.stdout,
      /^megan@contoso\.com\n {2}number: \+14255550101 \(OperatorConnect\)$/m,
    );
    assert.is(megan.stdout.match(/^ {2}.*: .* \((direct|group|global).*\)$/gm)?.length, 7);
    assert.match(megan.stdout, / domestic \+12125550199: Goes to gateway sbc1\.contoso\.com/);
    assert.match(megan.stdout, /POLICY_HITS_OC_OR_CP_USER/);
    assert.not.match(megan.stdout, /USER_NOT_VOICE_ENABLED/);
    const diego = await outdial([
      "check",
      "--tenant",
      file,
      "--user",
      "diegos@contoso.com",
      "--json",
    ]);
    const report = JSON.parse(diego.stdout) as {
      readonly conclusion: string;
      readonly problems: readonly Told[];
      readonly calls: readonly { readonly decision: { readonly reason: string } }[];
    };
    assert.match(report.conclusion, /^diegos@contoso\.com cannot call: Enterprise Voice is not/);
    assert.is(report.calls[0]?.decision.reason, "NOT_VOICE_ENABLED");
    assert.ok(report.problems.some(({ code }) => code === "USER_NOT_VOICE_ENABLED"));
    const nobody = await outdial(["check", "--tenant", file, "--user", "megn@contoso.com"]);
    assert.is(nobody.code, 1);
    assert.match(nobody.stderr, /USER_UNKNOWN .* did you mean "megan@contoso\.com"\?/);
  });
});

check("the script of --fix removes the findings that it names, and does not harm", async () => {
  await inFolder(async (folder) => {
    const file = write(folder, "tenant.yaml", TENANT);
    const fix = join(folder, "..", `${folder.split("/").at(-1)}.ps1`);
    const after = join(folder, "after.yaml");
    try {
      const before = await outdial(["check", "--tenant", file, "--json", "--fix", fix]);
      const script = readFileSync(fix, "utf8");
      const named = [...script.matchAll(/^# ([A-Z_]+): (.*)$/gm)].map(
        ([, code, what]) => `${code} ${what}`,
      );
      assert.equal([...new Set(named.map((line) => line.split(" ")[0]))].sort(), [
        "LIST_DUPLICATE",
        "POLICY_HITS_OC_OR_CP_USER",
        "POLICY_UNKNOWN",
        "REGEX_CLASS_SUSPECT",
        "USAGE_UNUSED",
        "USER_NOT_VOICE_ENABLED",
      ]);
      const applied = await outdial(["apply", fix, "--tenant", file, "-o", after]);
      assert.is(applied.code, 0, applied.stderr);
      const again = await outdial(["check", "--tenant", after, "--json"]);
      const keys = (text: string): readonly string[] =>
        (JSON.parse(text) as readonly Told[]).map(({ code, what }) => `${code} ${what}`);
      const left = keys(again.stdout);
      for (const line of named) {
        assert.ok(keys(before.stdout).includes(line), line);
        assert.not(left.includes(line), `still there: ${line}`);
      }
      const codesBefore = new Set(keys(before.stdout).map((line) => line.split(" ")[0]));
      assert.equal(
        left.filter((line) => !codesBefore.has(line.split(" ")[0])),
        [],
        "no new kind of finding",
      );
      const route = (
        parse(readFileSync(after, "utf8")) as { onlineVoiceRoutes: { numberPattern: string }[] }
      ).onlineVoiceRoutes[0];
      assert.is(route?.numberPattern, "^\\+[12]\\d+$");
    } finally {
      rmSync(fix, { force: true });
    }
  });
});

check("--fix and --sarif write neither over the tenant nor into its folder", async () => {
  await inFolder(async (folder) => {
    const file = write(folder, "tenant.yaml", TENANT);
    for (const [option, target, tenant] of [
      ["--fix", file, file],
      ["--sarif", file, file],
      ["--fix", join(folder, "cures.ps1"), folder],
    ] as const) {
      const ran = await outdial(["check", "--tenant", tenant, option, target]);
      assert.is(ran.code, 1);
      assert.match(ran.stderr, /error FILE_NOT_WRITTEN /);
    }
    assert.is(readFileSync(file, "utf8"), TENANT);
    assert.not(existsSync(join(folder, "cures.ps1")));
  });
});

check("--fix writes PowerShell into no other file than a .ps1", async () => {
  await inFolder(async (folder) => {
    const file = join(folder, "cures.yaml");
    const ran = await outdial(["check", "--fix", file]);
    assert.is(ran.code, 1);
    assert.is(ran.stdout, "");
    assert.match(
      ran.stderr,
      /^error FILE_NOT_WRITTEN --fix writes PowerShell, and \S+cures\.yaml does not end in \.ps1\. Fix: name a \.ps1 file\n$/,
    );
    assert.not(existsSync(file));
  });
});

check("--strict ends with exit code 1 on a warning, and with 0 on infos alone", async () => {
  await inFolder(async (folder) => {
    const warned = write(folder, "warned.yaml", `${HEAD}${WORLD}`);
    const fine = write(folder, "fine.yaml", "outdial: 1\nonlinePstnUsages: [Old]\n");
    for (const [file, options, code] of [
      [warned, [], 0],
      [warned, ["--strict"], 1],
      [fine, ["--strict"], 0],
    ] as const) {
      const ran = await outdial(["check", "--tenant", file, ...options]);
      assert.is(ran.code, code, ran.stdout);
    }
  });
});

/** The parts of the SARIF 2.1.0 schema (OASIS) that readers of our logs depend on. */
const LEVEL = z.enum(["none", "note", "warning", "error"]);
const MESSAGE = z.strictObject({ text: z.string().min(1) });
const SARIF = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.literal("outdial"),
          version: z.string().regex(/^\d+\.\d+\.\d+/),
          rules: z.array(
            z.strictObject({
              id: z.string(),
              shortDescription: MESSAGE,
              help: MESSAGE,
              defaultConfiguration: z.strictObject({ level: LEVEL }),
            }),
          ),
        }),
      }),
      columnKind: z.literal("utf16CodeUnits"),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().min(0),
          level: LEVEL,
          message: MESSAGE,
          locations: z.tuple([
            z.strictObject({
              physicalLocation: z.strictObject({
                artifactLocation: z.strictObject({ uri: z.string().regex(/^[^ \\]+$/) }),
                region: z.strictObject({ startLine: z.int().min(1), startColumn: z.int().min(1) }),
              }),
              logicalLocations: z.tuple([
                z.strictObject({ fullyQualifiedName: z.string(), kind: z.string() }),
              ]),
            }),
          ]),
        }),
      ),
    }),
  ]),
});

check("--sarif writes a SARIF 2.1.0 log whose rules say what they are about", async () => {
  await inFolder(async (folder) => {
    const file = write(folder, "tenant.yaml", TENANT);
    const sarif = join(folder, "check.sarif");
    const ran = await outdial(["check", "--tenant", file, "--json", "--sarif", sarif]);
    const log = SARIF.parse(JSON.parse(readFileSync(sarif, "utf8")));
    const [run] = log.runs;
    const told = JSON.parse(ran.stdout) as readonly Told[];
    assert.is(run.results.length, told.length);
    for (const [index, result] of run.results.entries()) {
      const rule = run.tool.driver.rules[result.ruleIndex];
      assert.is(rule?.id, result.ruleId);
      assert.is(result.ruleId, told[index]?.code);
      assert.not.equal(rule?.help.text, rule?.id, "docs/errors.md has its help");
      const { startLine } = result.locations[0].physicalLocation.region;
      assert.is(startLine, told[index]?.at?.line);
    }
  });
});

check("SARIF names a file with # in its name whole", async () => {
  await inFolder(async (folder) => {
    const file = write(folder, "a#b.yaml", TENANT);
    const sarif = join(folder, "check.sarif");
    await outdial(["check", "--tenant", file, "--sarif", sarif]);
    const [run] = SARIF.parse(JSON.parse(readFileSync(sarif, "utf8"))).runs;
    assert.match(
      run.results[0]?.locations[0].physicalLocation.artifactLocation.uri ?? "",
      /\/a%23b\.yaml$/,
    );
  });
});

check.run();
