import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadTenant } from "../../engine/import/load-tenant.ts";
import { CALL_KINDS } from "../../engine/model/call.ts";
import { dialedNumbers } from "../../scripts/dialed-numbers.ts";
import { numberStream } from "../../scripts/generate-numbers.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const loaded = await loadTenant(join(root, "fixtures", "tenants", "contoso"));
assert.ok(loaded.ok);
const { tenant } = loaded.value;

const numbers = suite("dialed numbers");

for (const [file, count] of [
  ["contoso-1000.csv", 1_000],
  ["contoso-120000.csv", 120_000],
] as const) {
  numbers(`${file} is what the generator writes with seed 1`, () => {
    const written = readFileSync(join(root, "fixtures", "numbers", file), "utf8");
    const generated = [...numberStream(dialedNumbers(tenant, count, 1), "csv")].join("");
    // WHY: assert.is would print megabytes.
    assert.ok(written === generated, "run npm run fixtures:update");
    assert.is(written.split("\n").length, count + 2);
  });
}

numbers("every kind of call, every user and a stranger now and then occur", () => {
  const rows = [...dialedNumbers(tenant, 20_000, 2)];
  assert.equal(new Set(rows.map(({ kind }) => kind)), new Set(CALL_KINDS));
  const users = new Set(rows.map(({ user }) => user));
  for (const { userPrincipalName } of tenant.users) assert.ok(users.has(userPrincipalName));
  assert.ok(users.has("nobody@contoso.com"));
});

numbers("emergency, service, own, foreign and undialable numbers occur", () => {
  const dialed = new Set([...dialedNumbers(tenant, 20_000, 3)].map((row) => row.dialed));
  const wanted = [/^911$/, /^118118$/, /^\+447/, /^\+33/, /^\+61/, /^\+1900/, /^abc$/, /;ext=/];
  for (const pattern of wanted) {
    assert.ok(
      [...dialed].some((number) => pattern.test(number)),
      String(pattern),
    );
  }
  assert.ok(tenant.phoneNumbers.some(({ telephoneNumber }) => dialed.has(telephoneNumber)));
});

numbers("lines and NDJSON hold the same numbers as CSV", () => {
  const rows = [...dialedNumbers(tenant, 100, 4)];
  const dialed = rows.map((row) => row.dialed).join("\n");
  assert.is([...numberStream(rows, "lines")].join(""), `${dialed}\n`);
  const parsed = [...numberStream(rows, "ndjson")].join("").trimEnd().split("\n");
  assert.equal(
    parsed.map((line) => JSON.parse(line)),
    rows,
  );
});

numbers("another seed gives other numbers", () => {
  assert.not.equal([...dialedNumbers(tenant, 50, 1)], [...dialedNumbers(tenant, 50, 5)]);
});

numbers.run();
