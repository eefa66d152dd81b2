import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openSipEndpoint } from "../../engine/sip/open-sip-endpoint.ts";
import type { ServerCall } from "../../engine/sip/sip-calls.ts";
import type { DigestCredentials, SipEndpoint } from "../../engine/sip/sip-endpoint.ts";
import { callDetailRecordSchema } from "../../scripts/call-schemas.ts";
import { OUTDIAL, outdial } from "./outdial.ts";

const LONDON = "+442079460123";
/** Goes to bt-london, then bt-manchester. */
const CALL = ["call", LONDON, "--user", "alexw@contoso.com", "--kind", "dial-out", "--hold", "0.1"];

const folder = mkdtempSync(join(tmpdir(), "outdial-call-"));
const place = (name: string): string => join(folder, name);

const open: SipEndpoint[] = [];

/** A trunk on any free port that does one thing with every call; gives where to map it. */
async function trunk(
  onInvite: (call: ServerCall) => void,
  digest?: DigestCredentials,
): Promise<string> {
  const listen = [{ transport: "udp", host: "127.0.0.1", port: 0 }] as const;
  const asking = digest === undefined ? {} : { digest };
  const endpoint = await openSipEndpoint({ listen, product: "test", onInvite, ...asking });
  open.push(endpoint);
  return `127.0.0.1:${endpoint.addresses[0]?.port}`;
}

const picksUp = (call: ServerCall): void => {
  call.trying();
  call.progress(180);
  call.answer();
};
const refuses =
  (status: number) =>
  (call: ServerCall): void =>
    call.reject(status);

const command = suite("outdial call");

command.after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all(open.map((endpoint) => endpoint.close()));
});

command("tells a call that was answered, and ends with 0", async () => {
  const run = await outdial([...CALL, "--map", `bt-london=${await trunk(picksUp)}`]);
  assert.is(run.stderr, "");
  assert.is(run.code, 0);
  const lines = run.stdout.trimEnd().split("\n");
  assert.is(lines[0], `${LONDON} dial-out by alexw@contoso.com, shown as +442079460150`);
  assert.match(lines[2] ?? "", /^1\. bt-london of bt: ringing after \d\.\d{3} s, answered$/);
  assert.match(
    lines[3] ?? "",
    /^answered by bt-london; post-dial delay \d\.\d{3} s; 0\.1\d\d s, hung up by the caller/,
  );
  assert.is(lines.length, 4);
});

command("answers a trunk that asks for a password with that of the environment", async () => {
  const guard = {
    realm: "bt.example",
    passwordOf: (user: string) => (user === "contoso" ? "correct horse" : undefined),
  };
  const mapped = `bt-london=${await trunk(picksUp, guard)}`;
  const args = [...CALL, "--digest-user", "contoso", "--map", mapped];
  const right = await outdial(args, "", { OUTDIAL_DIGEST_PASSWORD: "correct horse" });
  assert.is(right.code, 0, right.stderr);
  assert.not.match(right.stdout + right.stderr, "correct horse");
  const wrong = await outdial(args, "", { OUTDIAL_DIGEST_PASSWORD: "battery staple" });
  assert.is(wrong.code, 1);
  assert.match(wrong.stdout, /^1\. bt-london of bt: 401 Unauthorized/m);
  const none = await outdial(args, "", { OUTDIAL_DIGEST_PASSWORD: "" });
  assert.is(none.code, 64);
  assert.match(none.stderr, /^error: --digest-user needs a password .* OUTDIAL_DIGEST_PASSWORD$/m);
});

command("tells why the next trunk was tried", async () => {
  const run = await outdial([
    ...CALL,
    "--map",
    `bt-london=${await trunk(refuses(503))}`,
    "--map",
    `BT-Manchester=${await trunk(picksUp)}`,
  ]);
  assert.is(run.code, 0, run.stderr);
  assert.match(run.stdout, /^1\. bt-london of bt: 503 Service Unavailable after \d\.\d{3} s$/m);
  assert.match(run.stdout, /^ {3}next trunk, because of: status 503$/m);
  assert.match(run.stdout, /^2\. bt-manchester of bt: ringing after /m);
  assert.match(run.stdout, /^answered by bt-manchester; /m);
});

command("ends with 1 when nobody answered, and prints the record as JSON", async () => {
  const cdr = place("one.ndjson");
  const run = await outdial([
    ...CALL,
    "--json",
    "--cdr",
    cdr,
    "--map",
    `bt-london=${await trunk(refuses(486))}`,
  ]);
  assert.is(run.code, 1);
  assert.is(run.stderr, "");
  const record = JSON.parse(run.stdout) as Record<string, unknown>;
  assert.ok(callDetailRecordSchema.safeParse(record).success, run.stdout);
  assert.is(record["result"], "failed");
  assert.is(record["status"], 486);
  assert.equal(JSON.parse(readFileSync(cdr, "utf8")), record);
});

command("prints nothing but the record on stdout when it is to go there", async () => {
  const map = `bt-london=${await trunk(picksUp)}`;
  for (const further of [[], ["--json"]]) {
    const run = await outdial([...CALL, "--cdr", "-", "--ladder", ...further, "--map", map]);
    assert.is(run.code, 0, run.stderr);
    assert.is(run.stdout.trimEnd().split("\n").length, 1, run.stdout);
    assert.ok(callDetailRecordSchema.safeParse(JSON.parse(run.stdout)).success, run.stdout);
    assert.match(run.stderr, "INVITE + SDP");
    assert.is(run.stderr.includes("answered by bt-london"), further.length === 0);
  }
});

command("shows the name that it is given to gateways, in From and Contact", async () => {
  const asked: ServerCall[] = [];
  const map = await trunk((call) => {
    asked.push(call);
    picksUp(call);
  });
  const diego = ["call", "+12065550123", "--user", "diegos@contoso.com", "--hold", "0.1"];
  const shown = ["--teams-fqdn", "sip.fabrikam.com", "--map", `sbc1.contoso.com=${map}`];
  const run = await outdial([...diego, ...shown]);
  assert.is(run.code, 0, run.stderr);
  const header = (name: string): string => asked[0]?.request.headers(name)[0] ?? "";
  assert.match(header("From"), "sip:+14255550106@sip.fabrikam.com;user=phone");
  assert.match(header("Contact"), /^<sip:sip\.fabrikam\.com:\d+/);
});

command("places no call that is blocked or stays in Microsoft's network", async () => {
  const run = await outdial(["call", "letters", "--user", "megan@contoso.com"]);
  assert.is(run.code, 1);
  assert.match(run.stdout, "not placed: blocked, NUMBER_NOT_DIALABLE");
});

command("hangs up at Ctrl-C and still tells the call", async () => {
  let answered = (): void => {};
  const talking = new Promise<void>((resolve) => {
    answered = resolve;
  });
  const map = await trunk((call) => {
    call.answer();
    call.events = { onConfirm: () => answered() };
  });
  const args = [OUTDIAL, ...CALL, "--hold", "60", "--map", `bt-london=${map}`];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  child.stdout.on("data", (part: Buffer) => {
    printed += part.toString();
  });
  await talking;
  child.kill("SIGINT");
  const code = await new Promise((resolve) => child.on("close", resolve));
  assert.is(code, 0, printed);
  assert.match(printed, /^answered by bt-london; .* hung up by the caller/m);
});

const REFUSED: readonly (readonly [readonly string[], number, RegExp])[] = [
  [["--map", "bt-london"], 1, /^error MAP_INVALID /m],
  [["--map", "bt-londn=127.0.0.1:5080"], 1, /^error MAP_UNKNOWN .*did you mean "bt-london"\?/m],
  [["--hold", "soon"], 1, /^error HOLD_INVALID /m],
  [
    ["--tls-cert", place("no.pem"), "--tls-key", place("no.pem")],
    1,
    /^error ENGINE_CERTIFICATE_UNUSABLE \S+no\.pem cannot be read: there is no such file\n$/,
  ],
  [
    ["--tls-cert", place("bad.pem"), "--tls-key", place("bad.pem")],
    1,
    /^error ENGINE_CERTIFICATE_UNUSABLE \S+bad\.pem holds no PEM certificate\n$/,
  ],
  [
    ["--tls-ca", place("bad.pem"), "--tls-folder", place("lab")],
    1,
    /^error ENGINE_CERTIFICATE_UNUSABLE \S+bad\.pem holds no PEM certificate\n$/,
  ],
  [["--tls-cert", place("bad.pem")], 64, /^error: --tls-cert and --tls-key belong together/m],
  [["--cdr", join(folder, "none", "x")], 1, /^error FILE_NOT_WRITTEN /m],
  [
    ["--local", "203.0.113.7"],
    1,
    /^error ENGINE_ADDRESS_UNAVAILABLE .*no address of this machine/m,
  ],
  [["--teams-fqdn", "a>b"], 64, /^error: .*host name/m],
  [["--ring-timeout", "0"], 64, /^error: /m],
  [["--ring-timeout", "soon"], 64, /^error: /m],
];
for (const [args, code, told] of REFUSED) {
  command(`ends with ${code} before any call: ${args[0]} ${args[1]}`, async () => {
    writeFileSync(place("bad.pem"), "no certificate\n");
    const run = await outdial([...CALL, ...args]);
    assert.is(run.code, code, run.stderr);
    assert.match(run.stderr, told);
    assert.is(run.stdout, "");
    assert.not(existsSync(join(folder, "none")));
  });
}

command.run();
