import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readScript } from "../../../engine/import/powershell/read-script.ts";
import { EMPTY_TENANT } from "../../../engine/model/tenant.ts";
import { RECORDING_CMDLETS } from "./recording-cmdlets.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "..");

interface Row {
  readonly name: string;
  readonly source: readonly string[];
  /** `Cmdlet {"Parameter":value}` for each call that ran. */
  readonly calls: readonly string[];
  /** `line:column CODE`. */
  readonly problems: readonly string[];
  readonly output: readonly string[];
}

const folder = join(root, "fixtures", "scripts");
const rows = ["surface", "expressions", "blocks"].flatMap(
  (name) => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as readonly Row[],
);

/** What a row's source does, in the form of the row. */
async function run(source: string): Promise<Pick<Row, "calls" | "problems" | "output">> {
  const read = await readScript(source, {
    file: "script.ps1",
    tenant: EMPTY_TENANT,
    cmdlets: RECORDING_CMDLETS,
    folder: join(folder, "neighbours"),
  });
  assert.is(read.tenant, EMPTY_TENANT);
  return {
    calls: read.invocations.map(
      ({ cmdlet, parameters }) => `${cmdlet} ${JSON.stringify(Object.fromEntries(parameters))}`,
    ),
    problems: read.problems.map(({ at, code }) => `${at?.line}:${at?.column} ${code}`),
    output: read.output,
  };
}

const surface = suite("what of PowerShell is read");

surface("the table was seen", () => {
  assert.ok(rows.length >= 125, `only ${rows.length} rows`);
  assert.is(new Set(rows.map((row) => row.name)).size, rows.length);
});

for (const row of rows) {
  surface(row.name, async () => {
    const { calls, problems, output } = row;
    assert.equal(await run(row.source.join("\n")), { calls, problems, output });
  });
}

surface("line endings of Windows give the same, at the same places", async () => {
  for (const { name, source } of rows) {
    const plain = await run(source.join("\n"));
    assert.equal(await run(source.join("\r\n")), plain, name);
  }
});

surface("a byte order mark moves no statement", async () => {
  const read = await run("\ufeffNew-CsOnlineVoiceRoute A");
  assert.equal(read.calls, ['New-CsOnlineVoiceRoute {"Identity":"A"}']);
});

surface.run();
