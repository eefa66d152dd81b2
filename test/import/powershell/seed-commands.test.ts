import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadTenant } from "../../../engine/import/load-tenant.ts";
import { readScript } from "../../../engine/import/powershell/read-script.ts";
import { writeScript } from "../../../engine/import/powershell/write-script.ts";
import type { Problem } from "../../../engine/model/problem.ts";
import { revisionOf } from "../../../engine/model/revision.ts";
import { EMPTY_TENANT, type Tenant } from "../../../engine/model/tenant.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "..");
const folder = join(root, "fixtures", "scripts", "seeds");
const files = readdirSync(folder).filter((name) => name.endsWith(".ps1"));
const textOf = (file: string): string => readFileSync(join(folder, file), "utf8");

/** Values for every placeholder of the pages. */
const FILLED: ReadonlyMap<string, string> = new Map([
  ["user", "megan@contoso.com"],
  ["phone number", "+14255550102"],
  ["pn", "+14255550103"],
  [
    "an Operator Connect Conferencing number assigned to your Audio Conferencing bridge",
    "+14255550199",
  ],
  ["identity of the organizer of the meeting", "megan@contoso.com"],
]);

async function load(path: string): Promise<Tenant> {
  const loaded = await loadTenant(path);
  assert.ok(loaded.ok);
  return loaded.value.tenant;
}

const shown = ({ at, code }: Problem): string => `${at?.line}:${at?.column} ${code}`;

const seeds = suite("the commands of Microsoft's pages");

seeds("all four pages were seen", () => {
  assert.is(files.length, 4);
  const commands = files.flatMap((file) => textOf(file).trim().split("\n"));
  assert.is(commands.length, 22);
});

for (const file of files) {
  seeds(
    `${file} as written reports each placeholder at its place and changes nothing by it`,
    async () => {
      const tenant = await load(join(folder, "tenant.yaml"));
      for (const [index, line] of textOf(file).trim().split("\n").entries()) {
        const padded = "\n".repeat(index) + line;
        const read = await readScript(padded, { file, tenant });
        const expected = [...line.matchAll(/<[^>]+>/g)].map(
          (found) => `${index + 1}:${found.index + 1} IMPORT_PLACEHOLDER`,
        );
        if (expected.length === 0) continue;
        const stray = line.indexOf("- On");
        if (stray >= 0) expected.push(`${index + 1}:${stray + 1} IMPORT_STRAY_SPACE`);
        assert.equal(read.problems.map(shown), expected, line);
        assert.is(read.tenant, tenant);
      }
    },
  );

  seeds(`every command of ${file} runs with its placeholders filled in`, async () => {
    let tenant = await load(join(folder, "tenant.yaml"));
    for (const line of textOf(file).trim().split("\n")) {
      const user = file.startsWith("direct-routing") ? "lidiah@contoso.com" : "megan@contoso.com";
      const placeholders = new Map([...FILLED, ["user", user]]);
      const read = await readScript(line, { file, tenant, placeholders });
      const stray = line.indexOf("- On");
      const expected = stray < 0 ? [] : [`1:${stray + 1} IMPORT_STRAY_SPACE`];
      const told = read.problems.filter((p) => p.severity === "error").map(shown);
      assert.equal(told, expected, line);
      assert.is(read.statements.understood, stray < 0 ? 1 : 0);
      // WHY: the steps of the conferencing page build on each other; the other pages give ways to choose
      // from (take the number away with Set-CsUser, or with Remove-CsPhoneNumberAssignment).
      if (file.includes("conferencing")) tenant = read.tenant;
    }
  });
}

seeds("the printed lines are those of the page", async () => {
  const tenant = await load(join(folder, "tenant.yaml"));
  const line = "Get-CsOnlineUser -Identity <user> | fl RegistrarPool, OnPremLineURI, LineURI";
  const read = await readScript(line, { file: "", tenant, placeholders: FILLED });
  assert.equal(
    read.output.map((printed) => printed.slice(0, 38)),
    [
      "RegistrarPool                        :",
      "OnPremLineURI                        :",
      "LineURI                              :",
    ],
  );
});

for (const start of ["the empty tenant of the pages", "Contoso"]) {
  seeds(
    `the four steps of the conferencing page on ${start} survive export and import`,
    async () => {
      const path =
        start === "Contoso"
          ? join(root, "fixtures", "tenants", "contoso")
          : join(folder, "tenant.yaml");
      const tenant = await load(path);
      const organizer = tenant.users.find((user) => user.licenses.includes("AudioConferencing"));
      const placeholders = new Map([
        ...FILLED,
        ["identity of the organizer of the meeting", organizer?.userPrincipalName ?? ""],
      ]);
      const script = textOf("configure-operator-connect-conferencing.en.ps1");
      const read = await readScript(script, { file: "four-steps.ps1", tenant, placeholders });
      assert.equal(
        read.problems.filter((p) => p.severity === "error"),
        [],
      );
      assert.is(read.statements.understood, 5);
      const route = read.tenant.onlineVoiceRoutes.find(
        ({ identity }) => identity === "International",
      );
      assert.is(route?.bridgeSourcePhoneNumber, "+14255550199");
      assert.is(route?.numberPattern, "\\d+");
      assert.is(
        read.tenant.globalPolicies.onlineAudioConferencingRoutingPolicy,
        "International Policy",
      );
      const again = await readScript(writeScript(read.tenant), { file: "", tenant: EMPTY_TENANT });
      assert.equal(
        again.problems.filter((p) => p.severity === "error"),
        [],
      );
      assert.is(revisionOf(again.tenant), revisionOf(read.tenant));
      assert.is.not(revisionOf(again.tenant), revisionOf(tenant));
    },
  );
}

seeds.run();
