import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { MAX_REPORTED_PROBLEMS, MAX_TENANT_FILE_BYTES } from "../../engine/import/budgets.ts";
import {
  readTenantFile,
  readTenantText,
} from "../../engine/import/tenant-file/read-tenant-file.ts";
import type { Problem } from "../../engine/model/problem.ts";
import { revisionOf } from "../../engine/model/revision.ts";
import { EMPTY_TENANT, type Tenant } from "../../engine/model/tenant.ts";

const folder = join(
  dirname(fileURLToPath(import.meta.url)),
  ...["..", "..", "..", "fixtures", "tenant-files"],
);
const expected = readFileSync(join(folder, "invalid.txt"), "utf8").split("\n");

const files = suite("tenant files");

function line({ at, severity, code, what, hint }: Problem): string {
  return `${at?.file}:${at?.line}:${at?.column} ${severity} ${code} ${what}. Fix: ${hint}`;
}

for (const file of readdirSync(join(folder, "invalid"))) {
  files(`${file} is refused with every problem at its place`, () => {
    const read = readTenantFile(file, readFileSync(join(folder, "invalid", file)));
    assert.not(read.ok);
    assert.equal(
      read.problems.map(line),
      expected.filter((row) => row.startsWith(`${file}:`)),
    );
  });
}

function valid(file: string): Tenant {
  const read = readTenantFile(file, readFileSync(join(folder, "valid", file)));
  assert.ok(read.ok, read.problems.map(line).join("\n"));
  return read.value;
}

for (const file of ["least.yaml", "least.json", "byte-order-mark.yaml", "utf-16-big-endian.json"]) {
  files(`${file} is the empty tenant`, () => {
    assert.is(revisionOf(valid(file)), revisionOf(EMPTY_TENANT));
  });
}

files("UTF-16 with a byte order mark is read", () => {
  assert.is(valid("utf-16.yaml").users[0]?.displayName, "Mégane");
});

files("a whole tenant in flow style is YAML", () => {
  assert.is(valid("flow.yaml").users[0]?.userPrincipalName, "megan@contoso.com");
});

files("aliases are expanded, a policy's prefix Tag: is taken off, and Global is added", () => {
  assert.equal(
    valid("anchors.yaml").onlineVoiceRoutingPolicies.map((p) => [p.identity, p.onlinePstnUsages]),
    [
      ["Global", []],
      ["Everywhere", ["UK", "US"]],
      ["Also", ["UK", "US"]],
    ],
  );
});

files("patterns and rules are not judged by loading", () => {
  const tenant = valid("judged-elsewhere.yaml");
  assert.equal(tenant.onlinePstnGateways[0]?.failoverResponseCodes, [408, 503, 504]);
});

files("a route without a priority comes after all others, as with the cmdlet", () => {
  const routes = [
    "{ identity: A, numberPattern: a }",
    "{ identity: B, numberPattern: b, priority: 4 }",
  ];
  const read = readTenantText("t", `outdial: 1\nonlineVoiceRoutes: [${routes.join(", ")}]`);
  assert.ok(read.ok);
  assert.equal(
    read.value.onlineVoiceRoutes.map(({ priority }) => priority),
    [5, 4],
  );
});

files("a key that is left out, null and its default are one tenant", () => {
  const read = (users: string): string => {
    const outcome = readTenantText("t", `outdial: 1\nusers: [{ userPrincipalName: a${users} }]`);
    assert.ok(outcome.ok);
    return revisionOf(outcome.value);
  };
  assert.is(read(", groups: , lineUri: null, enterpriseVoiceEnabled: false"), read(""));
});

files("problems beyond the first hundred are counted", () => {
  const users = Array.from({ length: 250 }, (_, n) => `  - { userPrincipalName: u${n}, x: 1 }`);
  const read = readTenantText("t", ["outdial: 1", "users:", ...users].join("\n"));
  assert.not(read.ok);
  assert.is(read.problems.length, MAX_REPORTED_PROBLEMS + 1);
  assert.match(read.problems.at(-1)?.what ?? "", "150 more problems");
});

files("a file beyond the budget is refused unread", () => {
  const read = readTenantFile("big.yaml", new Uint8Array(MAX_TENANT_FILE_BYTES + 1));
  assert.equal(
    read.problems.map(({ code }) => code),
    ["TENANT_TOO_LARGE"],
  );
});

files.run();
