import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { outdial, type Run } from "./outdial.ts";

/**
 * What Microsoft's "Configure Operator Connect Conferencing" promises: after its four steps the operator
 * that provides the number in BridgeSourcePhoneNumber carries the calls of the organizer's meetings, and
 * that number is shown. The fifth command is the one of its note, which grants the policy to everybody.
 */
const seed = suite("the four steps of Operator Connect Conferencing, on Contoso");

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const fixtures = join(root, "fixtures");
const script = join(fixtures, "scripts", "seeds", "configure-operator-connect-conferencing.en.ps1");
const FILLED = [
  "--set",
  "an Operator Connect Conferencing number assigned to your Audio Conferencing bridge=+14255550199",
  "--set",
  "identity of the organizer of the meeting=megan@contoso.com",
];

let folder = "";
const at = (name: string): string => join(folder, name);

seed.before(() => {
  folder = mkdtempSync(join(tmpdir(), "outdial-seed-"));
  cpSync(join(fixtures, "tenants", "contoso", "tenant.yaml"), at("before.yaml"));
  const commands = readFileSync(script, "utf8").trimEnd().split("\n");
  writeFileSync(at("steps.ps1"), commands.slice(0, 4).join("\n"));
  writeFileSync(at("global.ps1"), commands.slice(4).join("\n"));
});
seed.after(() => rmSync(folder, { recursive: true }));

async function fine(...args: readonly string[]): Promise<Run> {
  const run = await outdial(args);
  assert.is(run.code, 0, run.stderr);
  return run;
}

interface Row {
  readonly dialed: string;
  readonly user: string;
  readonly kind: string;
  readonly outcome: string;
  readonly operator: string | null;
  readonly callerId: string | null;
  readonly route: string | null;
  readonly policy: string | null;
}

const DIALED = ["+442079460123", "+33199000123", "+12125550123", "+81312345678"];
const CALLS = [
  "megan@contoso.com,dial-out",
  "megan@contoso.com,call-me-at",
  "megan@contoso.com,user-call",
  "user01@contoso.com,dial-out",
  "user02@contoso.com,call-me-at",
  "pattif@contoso.com,dial-out",
  "alexw@contoso.com,dial-out",
];
const STREAM = [
  "dialed,user,kind",
  ...CALLS.flatMap((call) => DIALED.map((dialed) => `${dialed},${call}`)),
  "",
].join("\n");

/** What becomes of the stream with a tenant: its rows, cut to the keys that matter here. */
async function routed(tenant: string): Promise<readonly Row[]> {
  const args = ["route", "--tenant", tenant, "--in", "csv", "--out", "ndjson"];
  const { code, stdout, stderr } = await outdial(args, STREAM);
  assert.is(code, 0, stderr);
  const lines = stdout.trimEnd().split("\n");
  assert.is(lines.length, CALLS.length * DIALED.length);
  return lines.map((line) => {
    const row = JSON.parse(line) as Row;
    const { dialed, user, kind, outcome, operator, callerId, route, policy } = row;
    return { dialed, user, kind, outcome, operator, callerId, route, policy };
  });
}

function of(rows: readonly Row[], user: string, kind?: string): readonly Row[] {
  const found = rows.filter(
    (row) => row.user === `${user}@contoso.com` && (kind ?? row.kind) === row.kind,
  );
  assert.ok(found.length > 0);
  return found;
}

function assertByPureIp(rows: readonly Row[]): void {
  for (const { dialed, user, kind, ...became } of rows) {
    assert.equal(
      became,
      {
        outcome: "operator",
        operator: "pure-ip",
        callerId: "+14255550199",
        route: "International",
        policy: "International Policy",
      },
      `${dialed} ${kind} of ${user}`,
    );
  }
}

let before: readonly Row[] = [];

seed("before them, megan's meetings reach London by Microsoft", async () => {
  before = await routed(at("before.yaml"));
  const [london] = of(before, "megan", "dial-out");
  assert.is(london?.outcome, "microsoft");
  assert.is(london?.callerId, "+14255550100");
});

seed("after them, her meetings reach everybody by Pure IP, and nothing else changes", async () => {
  await fine(
    "apply",
    at("steps.ps1"),
    "--tenant",
    at("before.yaml"),
    "-o",
    at("after.yaml"),
    ...FILLED,
  );
  const after = await routed(at("after.yaml"));
  const isHers = ({ user, kind }: Row): boolean =>
    user === "megan@contoso.com" && kind !== "user-call";
  assertByPureIp(after.filter(isHers));
  assert.equal(
    after.filter((row) => !isHers(row)),
    before.filter((row) => !isHers(row)),
  );
});

seed("explain says so in its last line", async () => {
  const call = ["--user", "megan@contoso.com", "--kind", "call-me-at"];
  const { stdout } = await fine("explain", "+442079460123", "--tenant", at("after.yaml"), ...call);
  const last = stdout.trimEnd().split("\n").at(-1) ?? "";
  assert.match(last, /^Goes to operator pure-ip by trunk pure-ip-[12], shown as \+14255550199: /);
  assert.match(last, 'route "International"');
  assert.match(last, 'policy "International Policy"');
});

seed(
  "granted -Global, so do all meetings of organizers without a policy of their own",
  async () => {
    await fine("apply", at("global.ps1"), "--tenant", at("after.yaml"), "-o", at("global.yaml"));
    const after = await routed(at("global.yaml"));
    for (const user of ["user01", "user02", "pattif"]) assertByPureIp(of(after, user));
    assertByPureIp(of(after, "megan", "dial-out"));
    assert.equal(of(after, "megan", "user-call"), of(before, "megan", "user-call"));
    assert.equal(of(after, "alexw"), of(before, "alexw"), "a policy of one's own still counts");
  },
);

seed("exported as PowerShell and read back, it is the same tenant", async () => {
  const source = at("global.yaml");
  await fine("export", "--powershell", "--tenant", source, "-o", at("exported.ps1"));
  await fine("import", at("exported.ps1"), "-o", at("again.yaml"));
  assert.is(readFileSync(at("again.yaml"), "utf8"), readFileSync(source, "utf8"));
});

seed.run();
