import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readTenantFile } from "../../engine/import/tenant-file/read-tenant-file.ts";
import { readFiles, told } from "./exported-tenant.ts";

const hostile = suite("hostile exports");

/** More than enough for what is refused early, on a busy machine. */
const MAX_MS = 4_000;

async function within(content: string | Uint8Array): Promise<readonly string[]> {
  const started = performance.now();
  const read = await readFiles([["Get-CsOnlineUser.json", content]]);
  const took = performance.now() - started;
  assert.ok(took < MAX_MS, `took ${took} ms`);
  assert.ok(!("value" in read) || read.ok);
  return told(read);
}

const utf16 = (text: string): Uint8Array =>
  Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);

hostile("10 MB of JSON on one line are read", async () => {
  const users = Array.from({ length: 60_000 }, (_, n) => ({
    UserPrincipalName: `user${n}@contoso.com`,
    DisplayName: `User ${n} ${"x".repeat(80)}`,
    UsageLocation: "US",
  }));
  const text = JSON.stringify(users);
  assert.ok(text.length > 9_000_000);
  const read = await readFiles([["Get-CsOnlineUser.json", text]]);
  assert.ok(read.ok);
  assert.is(read.value.users.length, 60_000);
});

hostile("10 MB of JSON on one line that end early are refused with line and column", async () => {
  const lines = await within(`[${"{}".padEnd(10_000_000, " ")}`);
  assert.match(lines[0] ?? "", /^Get-CsOnlineUser\.json:1:\d+ error TENANT_SYNTAX/);
});

hostile("brackets without end are refused as nested too deeply", async () => {
  const lines = await within("[".repeat(5_000_000));
  assert.match(lines[0] ?? "", /error TENANT_TOO_LARGE nesting deeper than/);
});

hostile("objects inside objects without end are refused as nested too deeply", async () => {
  const lines = await within(`${'{"a":'.repeat(1_000_000)}1${"}".repeat(1_000_000)}`);
  assert.match(lines[0] ?? "", /error TENANT_TOO_LARGE nesting deeper than/);
});

hostile("a key __proto__ changes no other object", async () => {
  const lines = await within(
    `[{"__proto__": {"UserPrincipalName": "evil@contoso.com", "LineURI": "tel:+1"}, "UserPrincipalName": "megan@contoso.com"}]`,
  );
  assert.equal(lines, []);
  assert.is(({} as Record<string, unknown>)["UserPrincipalName"], undefined);
});

hostile("a name of 5 MB is refused, and quoted shortly", async () => {
  const lines = await within(JSON.stringify([{ UserPrincipalName: "x".repeat(5_000_000) }]));
  assert.match(lines[0] ?? "", /^Get-CsOnlineUser\.json:1:3 error TENANT_INVALID_VALUE/);
  assert.ok((lines[0] ?? "").length < 400);
});

hostile("100,000 keys that stand twice are told shortly", async () => {
  const lines = await within(
    `[${Array.from({ length: 50_000 }, () => '{"a":1,"a":2}').join(",")}]`,
  );
  assert.ok(lines.length <= 101);
  assert.match(lines[0] ?? "", /key a stands here twice/);
});

hostile("a text full of things that look like flattened objects costs linear time", async () => {
  const rules = "Pattern=;".repeat(200_000);
  const text = JSON.stringify([{ Identity: "Global", NormalizationRules: rules }]);
  const started = performance.now();
  const read = await readFiles([["Get-CsTenantDialPlan.json", text]]);
  assert.ok(performance.now() - started < MAX_MS);
  assert.not(read.ok);
});

const LONG_RUN = 400_000;
const RUNS: readonly (readonly [what: string, file: string, content: string])[] = [
  [
    "blanks inside a flattened object",
    "Get-CsTenantDialPlan.json",
    JSON.stringify([{ Identity: "X", NormalizationRules: `Pattern=${" ".repeat(LONG_RUN)}x` }]),
  ],
  [
    "a domain without a dot",
    "Get-CsTenant.json",
    JSON.stringify({ Domains: ["a".repeat(LONG_RUN)] }),
  ],
  ["blanks in a line of a list", "Get-CsTenant.txt", `Identity : x\na${" ".repeat(LONG_RUN)}`],
  [
    "blanks between names",
    "Get-CsOnlinePstnUsage.json",
    JSON.stringify({ Usage: `a${" ".repeat(LONG_RUN)}b` }),
  ],
  ["backslashes in a text", "Get-CsTenant.json", `{"DisplayName":"${"\\\\".repeat(LONG_RUN)}"}`],
];

for (const [what, file, content] of RUNS) {
  hostile(`a long run of ${what} costs linear time`, async () => {
    const started = performance.now();
    await readFiles([[file, content]]);
    assert.ok(performance.now() - started < MAX_MS);
  });
}

hostile(
  "UTF-16 is read, UTF-16 without its mark and bytes that are no text are refused",
  async () => {
    const text = JSON.stringify([
      { UserPrincipalName: "megan@contoso.com", DisplayName: "Mégane" },
    ]);
    const read = await readFiles([["Get-CsOnlineUser.json", utf16(text)]]);
    assert.ok(read.ok);
    assert.is(read.value.users[0]?.displayName, "Mégane");
    assert.match((await within(utf16(text).slice(2)))[0] ?? "", /TENANT_SYNTAX .* text/);
    assert.match(
      (await within(Buffer.from([0x5b, 0xff, 0xfe, 0x80])))[0] ?? "",
      /TENANT_SYNTAX .* UTF-8/,
    );
  },
);

const MANY = 200_000;

for (const [form, text] of [
  ["JSON", `{"outdial":1,${'"a":1,'.repeat(MANY)}"a":1}`],
  ["YAML", `outdial: 1\n${"a: 1\n".repeat(MANY + 1)}`],
] as const) {
  hostile(`one key a great many times in a tenant file of ${form} is told, and counted`, () => {
    const started = performance.now();
    const read = readTenantFile("tenant", new TextEncoder().encode(text));
    const took = performance.now() - started;
    assert.ok(took < 2 * MAX_MS, `took ${took} ms`);
    assert.not(read.ok);
    assert.is(read.problems.length, 101);
    assert.is(read.problems[0]?.what, "key a stands here twice");
    assert.is(read.problems.at(-1)?.what, `${MANY - 100} more problems of this file are not shown`);
  });
}

hostile("more objects than an export may hold are refused", async () => {
  const lines = await within(`[${"0,".repeat(1_200_000)}0]`);
  assert.match(lines[0] ?? "", /TENANT_TOO_LARGE the file holds more than 1000000 objects/);
});

hostile.run();
