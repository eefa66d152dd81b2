import { suite } from "uvu";
import * as assert from "uvu/assert";
import { explainCall } from "../../engine/what-if/explain-call.ts";
import { explainLines } from "../../engine/what-if/explain-lines.ts";
import { whyNotDialable } from "../../engine/what-if/why-not-dialable.ts";
import { decisionCases } from "../route/decision-rows.ts";

const explaining = suite("explain call");

const cases = decisionCases();

function linesOf(name: string): string[] {
  const found = cases.find(({ row }) => row.name === name);
  if (found === undefined) throw new Error(`no row "${name}"`);
  return explainLines(explainCall(found.tenant, found.call, found.context));
}

explaining("every decision row is explained, ending in one plain sentence", () => {
  for (const { row, tenant, call, context } of cases) {
    const explanation = explainCall(tenant, call, context);
    const lines = explainLines(explanation);
    const { outcome, reason } = explanation.decision;
    assert.match(lines.at(-2) ?? "", new RegExp(`^└─ decision: ${outcome}.*${reason ?? ""}$`));
    assert.match(lines.at(-1) ?? "", /^(Goes to|Blocked:|Stays inside:) .+\.$/, row.name);
    assert.not.match(lines.join("\n"), /undefined|null/, row.name);
  }
});

explaining("what a later usage would have matched is shown", () => {
  const lines = linesOf("a catch-all usage in front captures everything");
  const later = lines.find((line) => line.includes('usage "US and Canada"'));
  assert.is(
    later,
    '├─ usage "US and Canada": would match too, but Teams does not look behind the first usage that matches',
  );
});

explaining("equal-rank trunks are shown as a set", () => {
  const lines = linesOf("a Redmond number takes Redmond 1, then its backups in order of priority");
  assert.ok(
    lines.some((line) => /try any of \{sbc[12]\.contoso\.com, sbc[12]\.contoso\.com\}/.test(line)),
  );
  assert.ok(lines.some((line) => line.includes('✓ route "Redmond 2" priority 2')));
});

explaining("a trunk that is passed over is named with the reason", () => {
  const lines = linesOf("a trunk that is down is passed over");
  assert.ok(lines.some((line) => line.endsWith("not pure-ip-1: it is down")));
});

explaining("a gateway that takes an operator's number is told, and why, in the last line", () => {
  const words = (name: string): string => linesOf(name).at(-1) ?? "";
  assert.is(
    words("but not where a Global policy with usages stands behind it"),
    'Goes to gateway sbc1.contoso.com, shown as +14255550101: route "International" of usage "International" in policy "Global" matches, although the number is an Operator Connect number, which its operator would carry: policy "Global" counts for everybody without another, and a policy without PSTN usages would leave the call alone.',
  );
  assert.match(
    words("nor where a group still has the policy"),
    /: policy "US Offices" is granted to group "sales", and/,
  );
  assert.match(
    words("a Calling Plan number is captured alike"),
    /although the number is a Calling Plan number, which Microsoft would carry:/,
  );
  assert.not.match(
    words(
      "routes of the usage by priority, gateways of one route in any order; later usages are only told",
    ),
    /although/,
  );
});

explaining("a user of shared calling is told whose number she calls by", () => {
  const own =
    "the operator of the resource account's number carries the call and shows that number";
  const lines = linesOf(own);
  assert.ok(
    lines.includes(
      '├─ shared calling: by +14255550110 of resource account "main@contoso.com", policy "Seattle", granted to the user directly',
    ),
  );
  assert.match(
    lines.at(-1) ?? "",
    /so the operator of the number of resource account "main@contoso.com" carries it\.$/,
  );
  const wrong = linesOf("so is one that counts for everybody");
  assert.ok(
    wrong.some((line) =>
      line.endsWith(
        '; misconfigured: voice routing policy "Gateways" has PSTN usages, and users of shared calling must have one without',
      ),
    ),
  );
  assert.is(
    linesOf("calls fail when the number is taken from the resource account").at(-1),
    'Blocked: resource account "main@contoso.com", by whose number the user calls, has no phone number.',
  );
});

/** The trial lines of routes with these patterns, for one number. */
function trialsOf(dialed: string, patterns: readonly string[]): string[] {
  const found = cases.find(({ row }) => row.name === "^+000$ takes 000");
  if (found === undefined) throw new Error("no such row");
  const [route] = found.tenant.onlineVoiceRoutes;
  if (route === undefined) throw new Error("no route");
  const onlineVoiceRoutes = patterns.map((numberPattern, priority) => ({
    ...route,
    identity: `Route ${priority}`,
    numberPattern,
    priority,
  }));
  const tenant = { ...found.tenant, onlineVoiceRoutes };
  const lines = explainLines(explainCall(tenant, { ...found.call, dialed }, found.context));
  return lines.filter((line) => /[✓✗]/.test(line)).map((line) => line.replace(/^[^✓✗]*/, ""));
}

explaining("where a pattern failed is the first character after which nothing can match", () => {
  const number = "+61291234567";
  assert.equal(
    trialsOf(number, ["^\\+(?!61)\\d{10,15}$", "^\\+612912345$", "425", "^\\+61\\d{12}"]),
    [
      '✗ route "Route 0" priority 0 ^\\+(?!61)\\d{10,15}$ fails at character 3: +6[1]291234567',
      '✗ route "Route 1" priority 1 ^\\+612912345$ fails at character 11: +612912345[6]7',
      '✗ route "Route 2" priority 2 425 fails at the end: only more digits could make it match',
      '✗ route "Route 3" priority 3 ^\\+61\\d{12} fails at the end: only more digits could make it match',
    ],
  );
});

explaining(
  "a flawed pattern is told as what it is, and one that only RE2 can match is matched",
  () => {
    const number = "+12345678901234567890";
    const large = "1\\d{19}$";
    assert.equal(trialsOf(number, ["(1)\\1", "1\\d{17", large, "2\\d{19}$"]), [
      '✗ route "Route 0" priority 0 (1)\\1 does not compile, so the route is passed over',
      '✗ route "Route 1" priority 1 1\\d{17 matches no number at all',
      `✓ route "Route 2" priority 2 ${large}`,
      '✗ route "Route 3" priority 3 2\\d{19}$ does not match; it is too large a pattern to say where it fails',
    ]);
  },
);

explaining("what is not dialable names the character at fault", () => {
  const told = [
    ["", "it holds no digit"],
    ["+", "it holds no digit"],
    ["tel:;ext=7", "it holds no digit"],
    ["++44", "character 2 is a +, which may only stand in front"],
    ["*67+1425", "character 4 is a +, which may only stand in front"],
    ["+1425CON", 'character 6, "C" (U+0043), is neither'],
    ["+1\u00a0425", "character 3, the invisible character U+00A0, is neither"],
    ["\u202a+1425", "character 1, the invisible character U+202A, is neither"],
    ["+1 425\u2011555", 'character 7, "‑" (U+2011), is neither'],
    ["+\u0664", 'character 2, "٤" (U+0664), is neither'],
    ["123456789012345678901", "it holds 21 digits, more than 20"],
    ["1".repeat(41), "41 characters are more than the 40"],
  ] as const;
  for (const [dialed, reason] of told) {
    assert.ok(whyNotDialable(dialed).startsWith(reason), `${dialed}: ${whyNotDialable(dialed)}`);
  }
});

explaining("the last line says why in plain words", () => {
  const last = (name: string): string | undefined => linesOf(name).at(-1);
  assert.is(
    last("the first operator down: the backup takes over with its own number"),
    'Goes to operator bt by trunk bt-1, shown as +442079460199: route "Operator Backup" of usage "Bridge" in policy "Global" matches, and the routes before it lead to nothing in service.',
  );
  assert.is(
    last("standard organizer: Microsoft, shown as the bridge"),
    "Goes to Microsoft's own network, shown as +14255550100: no route of policy \"Global\" matches, and the organizer's Audio Conferencing licence lets Microsoft carry the call.",
  );
  assert.is(
    last("Operator Connect Conferencing organizer: not allowed"),
    'Blocked: no route of policy "Global" matches, and Operator Connect Conferencing, the organizer\'s only conferencing licence, allows no other way out.',
  );
  assert.is(
    last("its operator's trunks are down"),
    'Blocked: policy "Global" has no PSTN usages, and the operator of the user\'s number has nothing in service, or is not known.',
  );
  assert.is(
    last("Calling Plan number, domestic plan, own country: Microsoft"),
    "Goes to Microsoft's own network, shown as +14255550104: policy \"Global\" has no PSTN usages, and the user's calling plan covers it.",
  );
});

explaining("the last line knows who calls and what pays", () => {
  const told = [
    [
      "a Calling Plan number without any plan",
      /and the user has neither a calling plan nor Communications Credits, without which Microsoft carries no call of a Calling Plan number\.$/,
    ],
    [
      "Calling Plan number, domestic plan, another country",
      /and the user's calling plan does not cover the destination\.$/,
    ],
    [
      "a Calling Plan number without plan or credits reaches nobody",
      /and the resource account has neither a calling plan nor Communications Credits,/,
    ],
    [
      "not by her own licences",
      /and resource account "main@contoso\.com" has neither a calling plan nor Communications Credits,/,
    ],
    [
      "no route: a Calling Plan number leaves by Microsoft where the credits pay",
      /and the resource account's Communications Credits cover it\.$/,
    ],
    [
      "no route: a Direct Routing number is dropped",
      /and neither the resource account's number nor a calling plan gives the call another way out\.$/,
    ],
    [
      "no route: an Operator Connect number leaves by the operator that owns it",
      /so the operator of the resource account's number carries it\.$/,
    ],
    [
      "it needs a licence",
      /^Blocked: the resource account has no Teams Phone Resource Account licence\.$/,
    ],
    ["it needs a number", /^Blocked: the resource account has no phone number\.$/],
    [
      "it calls nobody back from a meeting",
      /^Blocked: a resource account organizes no meetings\.$/,
    ],
    ["no Teams Phone licence", /^Blocked: the user has no Teams Phone licence\.$/],
    [
      "dod: and are dropped without a match",
      /, and in GCC High and DoD only the voice routing policy that counts for everybody routes calls out of meetings\.$/,
    ],
    [
      "gcchigh: and are dropped without a match",
      /, and in GCC High and DoD only the voice routing policy that counts for everybody routes/,
    ],
    [
      "with operatorConnectConferencingWins she does not reach Microsoft without a match either",
      /and Operator Connect Conferencing, which option operatorConnectConferencingWins puts before the organizer's Audio Conferencing licence, allows no other way out\.$/,
    ],
    [
      "with operatorConnectConferencingWins an organizer with both licences may not use gateways either",
      /which option operatorConnectConferencingWins puts before .+ licence, allows operators only\.$/,
    ],
    [
      "only gateway routes match an Operator Connect Conferencing organizer",
      /Operator Connect Conferencing, the organizer's only conferencing licence, allows operators only\.$/,
    ],
  ] as const;
  for (const [name, words] of told) {
    const last = linesOf(name).at(-1) ?? "";
    assert.match(last, words, `${name}: ${last}`);
  }
});

explaining("the tree calls a resource account what it is", () => {
  const lines = linesOf("its own voice routing policy counts, and its number is shown");
  const policy = 'policy: "Gateways", granted to the resource account directly; usages "Gateways"';
  assert.ok(lines.includes(`├─ ${policy}`), lines.join("\n"));
  const shown = "caller ID: +14255550110, the resource account's own number";
  assert.ok(lines.includes(`├─ ${shown}`), lines.join("\n"));
});

explaining.run();
