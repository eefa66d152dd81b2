import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const explain = suite("outdial explain");

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const main = join(root, "dist", "engine", "cli", "main.js");

function run(...args: readonly string[]): { status: number | null; out: string; err: string } {
  const ran = spawnSync(process.execPath, [main, "explain", ...args], { encoding: "utf8" });
  return { status: ran.status, out: ran.stdout, err: ran.stderr };
}

explain("draws the walk as a tree and says why in the last line", () => {
  const { status, out, err } = run("+44 20 7946 0123", "--user", "Megan@contoso.com");
  assert.is(err, "");
  assert.is(status, 0);
  const lines = out.trimEnd().split("\n");
  assert.is(lines[0], '"+44 20 7946 0123" user-call by Megan@contoso.com');
  assert.is(lines[1], "├─ number: +442079460123; no dial-plan rule was applied");
  assert.match(lines.at(-2) ?? "", /^└─ decision: /);
  assert.match(lines.at(-1) ?? "", /^Goes to .+\.$/);
});

explain("shows the character where a pattern failed", () => {
  const { out } = run("+442079460123", "--user", "megan@contoso.com", "--kind", "dial-out");
  assert.match(out, /✗ route "Conferencing US" .* fails at character 2: \+\[4\]42079460123/);
});

explain("prints the decision and its steps as JSON", () => {
  const { status, out } = run("112", "--user", "megan@contoso.com", "--json");
  assert.is(status, 0);
  const printed = JSON.parse(out) as Record<string, unknown>;
  assert.equal(Object.keys(printed).sort(), [
    "callerId",
    "dialed",
    "kind",
    "notConsidered",
    "number",
    "operator",
    "outcome",
    "policy",
    "policySource",
    "reason",
    "revision",
    "route",
    "trace",
    "trunks",
    "usage",
    "user",
    "why",
    "wire",
  ]);
  assert.is(printed["number"], "112");
  const steps = printed["trace"] as { step: string }[];
  assert.equal(
    steps.slice(0, 5).map((step) => step.step),
    ["caller", "number", "on-net", "entitlement", "restriction"],
  );
});

explain("an unknown user ends with 1 and the name that was meant", () => {
  const { status, out, err } = run("112", "--user", "megn@contoso.com");
  assert.is(status, 1);
  assert.is(out, "");
  assert.match(err, /^error USER_UNKNOWN .*did you mean "megan@contoso.com"\?/);
});

explain("a resource account is a caller, in any case", () => {
  const { status, out } = run("112", "--user", "Main@contoso.com");
  assert.is(status, 0);
  assert.match(out, /^"112" user-call by Main@contoso.com\n/);
  assert.not.match(out, /is not in the tenant/);
});

explain("tells which inputs had no part in the decision", () => {
  const args = [
    "--user",
    "emilyb@contoso.com",
    "--site",
    "Redmond",
    "--ingress",
    "sbc1.contoso.com",
  ];
  const { out } = run("211", ...args, "--hide-number");
  for (const told of [
    'not considered: network site "Redmond": it counts for emergency calls only',
    'not considered: gateway "sbc1.contoso.com", by which the call came in: it counts for forwarded',
    "not considered: the wish to hide the number: the user's calling line identity does not allow it",
  ]) {
    assert.ok(out.includes(told), `${told}\n${out}`);
  }
});

explain("tells what makes a call an emergency call, and by whose policy it goes", () => {
  const { out } = run("9-911", "--user", "emilyb@contoso.com", "--site", "Redmond");
  for (const told of [
    "emergency: calls 911; routed by the usage of that number",
    'emergency call routing policy "US Emergency", of the network site "Redmond": 911, mask 112;9911, usage "Emergency"',
    'policy: "US Emergency", that of the network site; usages "Emergency"',
    'route "Emergency" of usage "Emergency" in policy "US Emergency" matches.',
  ]) {
    assert.ok(out.includes(told), `${told}\n${out}`);
  }
  assert.not.match(out, /not considered: network site/);
  const plan = run("911", "--user", "brianj@contoso.com").out;
  assert.match(
    plan,
    /^Goes to Microsoft's own network, shown as \+14255550103: Microsoft handles emergency calls/m,
  );
});

explain("tells what a dial-out policy refuses", () => {
  const { out } = run("+442079460123", "--user", "gerhartm@contoso.com");
  const told =
    'restriction: dial-out policy "DialoutCPCandPSTNDomestic", granted directly: calls may go to the caller\'s own country (destination GB); refused, DIALOUT_RESTRICTED';
  assert.ok(out.includes(told), out);
  assert.match(out, /^Blocked: the user's dial-out policy forbids the destination\.$/m);
});

explain("shows the numbers on the wire of each gateway, with the rules that made them", () => {
  const { out } = run("+12065550123", "--user", "diegos@contoso.com");
  const called = 'called 2065550123 by rule "Short Local Numbers"';
  assert.ok(out.includes(`sbc1.contoso.com: ${called}, calling +14255550106`), out);
  assert.not.match(out, /not considered/);
});

explain("tells who called first, of a forwarded call, and where that counts for nothing", () => {
  const first = ["--original-caller", "+12065550144"];
  const forwarded = run(
    "+12065550123",
    "--user",
    "diegos@contoso.com",
    "--kind",
    "forward",
    ...first,
  );
  assert.is(forwarded.err, "");
  for (const told of [
    "caller ID: +12065550144, who called first",
    "calling +12065550144",
    "shown as +12065550144",
  ]) {
    assert.ok(forwarded.out.includes(told), `${told}\n${forwarded.out}`);
  }
  assert.not.match(forwarded.out, /\+14255550106/);
  const own = run("+12065550123", "--user", "diegos@contoso.com", ...first).out;
  assert.ok(
    own.includes("not considered: +12065550144, who called first: it counts for forwarded"),
  );
  assert.match(own, /shown as \+14255550106/);
  const hiding = ["--user", "reception-london@contoso.com", "--kind", "forward", ...first];
  const hidden = run("+12065550123", ...hiding).out;
  const why = "who called first: the forwarding user's calling line identity shows something else";
  assert.ok(hidden.includes(why), hidden);
  assert.match(hidden, /shown as anonymous/);
  const wrong = run("+12065550123", "--user", "diegos@contoso.com", "--original-caller", "0144");
  assert.is(wrong.status, 64);
  assert.match(wrong.err, /It is a number such as \+14255550123, or anonymous\./);
});

explain("no user at all is wrong syntax", () => {
  const { status, err } = run("112");
  assert.is(status, 64);
  assert.match(err, /--user/);
});

explain(
  "what cannot be dialed is explained too, and its control characters are not printed",
  () => {
    const { status, out } = run("+1\u001b[31m\u0007\u202e425", "--user", "megan@contoso.com");
    assert.is(status, 0);
    for (const hidden of ["\u001b", "\u0007", "\u202e"]) assert.not.ok(out.includes(hidden));
    assert.match(
      out,
      /Blocked: what was dialed is no number: character 3, the invisible character/,
    );
  },
);

explain.run();
