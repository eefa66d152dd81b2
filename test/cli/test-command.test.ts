import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { outdial } from "./outdial.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const folder = mkdtempSync(join(tmpdir(), "outdial-test-"));
const exported = join(root, "fixtures", "exports", "json");
const cases = join(folder, "cases.yaml");

const command = suite("test command");
command.after(() => rmSync(folder, { recursive: true }));

command(
  "voice test configurations become cases with callers that have their policies",
  async () => {
    const source = join(root, "fixtures", "exports", "lync", "Get-CsVoiceTestConfiguration.json");
    const args = ["import", source, "--test-cases", cases, "--tenant", exported];
    const { code, stderr } = await outdial(args);
    assert.is(code, 0, stderr);
    assert.match(stderr, /warning TEST_CASE_NO_USER configuration Branch/);
    assert.match(stderr, /2 of 3 configurations became cases/);
    assert.is(
      readFileSync(cases, "utf8"),
      `cases:
  - { name: Seven digits, dialed: "5550123", user: megan@contoso.com, expect: { number: "+14255550123", route: US, usage: US Long Distance } }
  - { name: Abroad, dialed: "+442079460123", user: megan@contoso.com, expect: { number: "+442079460123", route: UK } }
`,
    );
  },
);

command(
  "a failed case tells what was expected, what was found and why; JUnit says the same",
  async () => {
    const file = join(folder, "own.yaml");
    writeFileSync(
      file,
      `cases:
  - { name: to the US, dialed: "+1 425 555 0123", user: Megan@contoso.com, expect: { outcome: gateway, trunk: SBC1.contoso.com, route: us, reason: null } }
  - { name: abroad <&>, dialed: "+442079460123", user: megan@contoso.com, expect: { outcome: gateway, route: UK, reason: null } }
`,
    );
    const junit = join(folder, "results.xml");
    const { code, stdout, stderr } = await outdial([
      "test",
      file,
      "--tenant",
      exported,
      "--junit",
      junit,
    ]);
    assert.is(code, 1);
    const lines = stdout.trimEnd().split("\n");
    assert.is(lines[0], "FAILED abroad <&>: +442079460123 by megan@contoso.com");
    assert.ok(lines.includes("  route: expected UK, was none"), stdout);
    assert.match(lines.at(-1) ?? "", /^ {2}\S.*\.$/);
    assert.match(stderr, /1 passed, 1 failed; revision [0-9a-f]{16}/);
    const xml = readFileSync(junit, "utf8");
    assert.match(xml, /tests="2" failures="1"/);
    assert.match(xml, /name="abroad &lt;&amp;&gt;: \+442079460123">/);
    assert.match(xml, /<failure message="[^"]*route: expected UK, was none/);
  },
);

command("--json holds every result, and the exit code is 0 when all passed", async () => {
  const file = join(folder, "one.json");
  writeFileSync(
    file,
    JSON.stringify({
      cases: [
        {
          name: "n",
          dialed: "+14255550123",
          user: "megan@contoso.com",
          expect: { number: "+14255550123" },
        },
      ],
    }),
  );
  const { code, stdout } = await outdial(["test", file, "--tenant", exported, "--json"]);
  assert.is(code, 0);
  const document = JSON.parse(stdout) as Record<string, unknown>;
  assert.equal([document["passed"], document["failed"]], [1, 0]);
});

command("a file that is not of the form of cases is refused with places", async () => {
  const file = join(folder, "bad.yaml");
  writeFileSync(file, `cases:\n  - { name: a, dialed: "1", user: b, expect: { rout: c } }\n`);
  const { code, stderr } = await outdial(["test", file]);
  assert.is(code, 1);
  assert.match(
    stderr,
    /bad\.yaml:2:\d+ error TEST_CASES_INVALID .*"rout"\. Fix: did you mean "route"\?/,
  );
});

command.run();
