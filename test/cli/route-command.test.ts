import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { SAMPLE_TENANT } from "../../engine/cli/common-options.ts";
import { addRouteOptions } from "../../engine/cli/route-options.ts";
import { openRouteOutput } from "../../engine/cli/route-output.ts";
import { compileTenant } from "../../engine/compile/compile-tenant.ts";
import { loadTenant } from "../../engine/import/load-tenant.ts";
import { CALL_KINDS, EVERYTHING_UP } from "../../engine/model/call.ts";
import { formatProblem } from "../../engine/model/format-problem.ts";
import { routerFrom } from "../../engine/stream/router-seed.ts";
import { OUTDIAL, outdial } from "./outdial.ts";

const HEADER = "dialed,user,kind,outcome,operator,trunk,caller_id,route,usage,policy,reason";
const folder = mkdtempSync(join(tmpdir(), "outdial-route-"));
const place = (name: string): string => join(folder, name);

/** A tenant that loads quickly: what a call becomes matters to few of these tests. */
const SMALL = place("small.yaml");
writeFileSync(SMALL, "outdial: 1\nusers: [{ userPrincipalName: megan@contoso.com }]\n");
const MEGAN = ["--user", "megan@contoso.com", "--tenant", SMALL];

const CONTOSO = fileURLToPath(new URL("../../../fixtures/tenants/contoso", import.meta.url));
const DIAL_OUT = ["--user", "megan@contoso.com", "--kind", "dial-out", "--tenant", CONTOSO];

const route = suite("outdial route");

route.after(() => rmSync(folder, { recursive: true, force: true }));

route("decides a number that is piped in", async () => {
  const args = ["route", "--user", "megan@contoso.com", "--kind", "dial-out"];
  const run = await outdial(args, "+442079460123\n");
  assert.is(run.stderr, "");
  assert.is(run.code, 0);
  const [header, row, end] = run.stdout.split("\n");
  assert.is(header, HEADER);
  assert.match(
    row ?? "",
    /^\+442079460123,megan@contoso\.com,dial-out,(operator|gateway|microsoft)/,
  );
  assert.is(end, "");
});

route("a network site counts for emergency calls, and an unknown one is told", async () => {
  const input = [
    "dialed,user,site",
    "999,emilyb@contoso.com,London",
    "9911,emilyb@contoso.com,",
    "9911,emilyb@contoso.com,Atlantis",
  ];
  const run = await outdial(["route", "--in", "csv", "--site", "Redmond"], input.join("\n"));
  const rows = run.stdout.split("\n").slice(1, -1);
  assert.equal(
    rows.map((row) => row.split(",").slice(3, 10).join(",")),
    [
      "gateway,,sbc1.contoso.com,+14255550107,Emergency,Emergency,GB Emergency",
      "gateway,,sbc1.contoso.com,+14255550107,Emergency,Emergency,US Emergency",
      "blocked,,,,,,US Offices",
    ],
    run.stdout,
  );
  assert.match(
    run.stderr,
    /:4:\d+ error SITE_UNKNOWN network site "Atlantis" is not in the tenant/,
  );
  assert.is(run.code, 1);
});

route("writes a row for a record exactly as the router decides it", async () => {
  const loaded = await loadTenant(SAMPLE_TENANT);
  if (!loaded.ok) throw new Error("the sample tenant does not load");
  const { tenant } = loaded.value;
  const { compiled } = compileTenant(tenant);
  const router = routerFrom({ compiled, context: EVERYTHING_UP });
  const dialed = ["+442079460123", "911", "(425) 555-0102", "0033 1 99 00 12 34", "abc", "+1"];
  const calls = tenant.users.slice(0, 12).flatMap(({ userPrincipalName: user }, i) =>
    dialed.map((number, j) => ({
      dialed: number,
      user,
      kind: CALL_KINDS[(i + j) % CALL_KINDS.length] ?? "user-call",
      site: null,
      ingressTrunk: null,
      hideCallerId: (i + j) % 3 === 0,
    })),
  );
  const input = calls.map(({ hideCallerId, ...call }) =>
    JSON.stringify({ ...call, hide_caller_id: hideCallerId }),
  );
  const run = await outdial(["route", "--json"], `${input.join("\n")}\n`);
  assert.is(run.code, 0, run.stderr);
  const rows = run.stdout.trimEnd().split("\n");
  assert.is(rows.length, calls.length);
  for (const [i, call] of calls.entries()) {
    const decision = router.decide(call);
    const number = Buffer.from(
      router.numberBytes.subarray(router.numberStart, router.numberEnd),
    ).toString();
    assert.equal(JSON.parse(rows[i] ?? ""), {
      dialed: call.dialed,
      number: number === "" ? null : number,
      user: call.user,
      kind: call.kind,
      ...decision,
      revision: router.revision,
    });
  }
});

route("gives the same bytes with and without workers, whatever the format", async () => {
  const users = ["megan@contoso.com", "adelev@contoso.com", "nobody@contoso.com"];
  const lines = Array.from({ length: 40_000 }, (_, i) => {
    const number = `+4420794${String((i * 7919) % 100_000).padStart(5, "0")}`;
    return i % 50 === 0 ? `"${number}` : `"${number}",${users[i % 3]}`;
  });
  const input = place("many.csv");
  writeFileSync(input, `dialed,user\n${lines.join("\n")}\n`);
  for (const out of ["csv", "ndjson"]) {
    const runs = await Promise.all(
      ["1", "3"].map((workers) =>
        outdial(["route", input, "--out", out, "--workers", workers, "--errors", place(workers)]),
      ),
    );
    assert.is(runs[0]?.code, 1);
    assert.ok((runs[0]?.stdout.length ?? 0) > 1_000_000);
    assert.is(runs[1]?.stdout, runs[0]?.stdout);
    assert.is(runs[1]?.stderr.replaceAll(place("3"), place("1")), runs[0]?.stderr);
    assert.is(readFileSync(place("3"), "utf8"), readFileSync(place("1"), "utf8"));
  }
  assert.ok(readFileSync(place("1"), "utf8").split("\n").length > 10_000);
});

route("tells a bad line, routes the others and ends with 1", async () => {
  const run = await outdial(["route", ...MEGAN], "+442079460123\n\nabc\n");
  assert.is(run.code, 1);
  assert.is(run.stdout.split("\n").length, 5);
  assert.equal(run.stderr.trimEnd().split("\n"), [
    "stdin:2:1 error INPUT_MALFORMED the line holds no number. Fix: write a number, or take it out",
    'stdin:3:1 warning NUMBER_NOT_DIALABLE "abc" is no number that can be dialed. Fix: write up to 20 digits, * or #, behind a + for an international number',
    "1 of 3 lines was bad",
  ]);
});

route("tells twenty of a code and counts the rest", async () => {
  const run = await outdial(["route", ...MEGAN], `${"\n".repeat(45)}911\n`);
  const told = run.stderr.trimEnd().split("\n");
  assert.is(told.length, 22);
  assert.is(told[19]?.slice(0, 11), "stdin:20:1 ");
  assert.is(told[20], "and 25 more INPUT_MALFORMED (--errors FILE keeps all)");
  assert.is(told[21], "45 of 46 lines were bad");
});

route("prints the summary on stderr, its last line for machines", async () => {
  const run = await outdial(["route", ...MEGAN, "--summary"], "+442079460123\nabc\n");
  const lines = run.stderr.trimEnd().split("\n");
  assert.match(lines.at(-1) ?? "", /^routed 2 numbers in \d+\.\d\d s \(\d+\/s\)$/);
  assert.match(run.stderr, "NUMBER_NOT_DIALABLE");
  const quiet = await outdial(["route", ...MEGAN, "--summary", "--quiet"], "911\n");
  assert.is(quiet.stderr, "");
});

route(
  "the summary counts the calls that tables alone did not decide, whoever routed them",
  async () => {
    const numbers = Array.from({ length: 40_000 }, (_, i) => `+4420794${60_000 + i}\n`).join("");
    for (const workers of ["0", "2"]) {
      const run = await outdial(
        ["route", ...DIAL_OUT, "--summary", "--workers", workers],
        `${numbers}911\n4711\n`,
      );
      assert.match(run.stderr, /^decided step by step, not by tables alone: 2$/m);
    }
  },
);

route("takes the common options before and after its name", async () => {
  const before = await outdial(
    ["--tenant", SMALL, "--json", "route", ...MEGAN.slice(0, 2)],
    "911\n",
  );
  const after = await outdial(["route", ...MEGAN, "--json"], "911\n");
  assert.is(before.code, 0, before.stderr);
  assert.equal(after, before);
});

route("--in beats the ending, the ending beats the look", async () => {
  writeFileSync(place("odd.txt"), "dialed,user\n911,megan@contoso.com\n");
  const byEnding = await outdial(["route", place("odd.txt"), ...MEGAN]);
  assert.is(byEnding.stdout.split("\n").length, 4);
  const asked = await outdial(["route", place("odd.txt"), "--in", "csv", "--tenant", SMALL]);
  assert.is(asked.stdout.split("\n").length, 3);
  const looked = await outdial(["route", "-", "--tenant", SMALL], readFileSync(place("odd.txt")));
  assert.equal(looked, asked);
});

for (const args of [[], ["--kind", "dialout", ...MEGAN], ["a.txt", "b.txt"]]) {
  route(`ends with 64 on wrong syntax: route ${args.slice(0, 2).join(" ")}`, async () => {
    const run = await outdial(["route", "--tenant", SMALL, ...args], "911\n");
    assert.is(run.code, 64, run.stderr);
    assert.match(run.stderr, "error: ");
    assert.is(run.stdout, "");
  });
}

for (const args of ["--in xml", "--out xml", "--workers -1", "--workers two", "--matcher regexp"]) {
  route(`refuses ${args}`, () => {
    const command = addRouteOptions(new Command("route").exitOverride()).configureOutput({
      writeErr: () => {},
    });
    assert.throws(() => command.parse(["node", "route", ...args.split(" ")]));
  });
}

const PROBLEMS: readonly (readonly [readonly string[], RegExp])[] = [
  [["--user", "meggan@contoso.com"], /USER_UNKNOWN .*did you mean "megan@contoso.com"\?/],
  [[place("none.txt")], /FILE_UNREADABLE .*there is no such file/],
  [["--tenant", place("none.yaml")], /FILE_UNREADABLE/],
  [["-o", folder], /FILE_NOT_WRITTEN .*is a folder/],
  [["--errors", join(folder, "none", "errors.txt")], /FILE_NOT_WRITTEN/],
  [["--in", "csv"], /stdin:1:1 error INPUT_NO_DIALED_COLUMN/],
];
for (const [args, line] of PROBLEMS) {
  route(`ends with 1, one line and no output: route ${args.join(" ")}`, async () => {
    const run = await outdial(["route", ...MEGAN, ...args], "911\n");
    assert.is(run.code, 1, run.stderr);
    assert.match(run.stderr, line);
    assert.is(run.stderr.trimEnd().split("\n").length, 1);
    assert.is(run.stdout, "");
  });
}

route("an empty input is warned of and ends with 0", async () => {
  const run = await outdial(["route", ...MEGAN]);
  assert.is(run.code, 0);
  assert.match(run.stderr, "stdin:1:1 warning INPUT_EMPTY");
  assert.is(run.stdout, `${HEADER}\n`);
});

route("-o writes the whole output or leaves the old file alone", async () => {
  const output = place("out.csv");
  const run = await outdial(["route", ...MEGAN, "-o", output], "911\n");
  assert.equal(run, { code: 0, stdout: "", stderr: "" });
  assert.is(readFileSync(output, "utf8").split("\n").length, 3);
  assert.not.ok(existsSync(`${output}.partial`));
});

route("the input, the output and the errors file must be three files", async () => {
  const input = place("same.txt");
  writeFileSync(input, "911\n");
  const around = join(folder, ".", "same.txt");
  const refused = await openRouteOutput(around, input);
  assert.match(refused.problems.map(formatProblem).join(), "FILE_NOT_WRITTEN");
  for (const args of [
    ["-o", input],
    ["--errors", input],
  ]) {
    const run = await outdial(["route", input, ...MEGAN, ...args]);
    assert.is(run.code, 1);
    assert.match(run.stderr, /FILE_NOT_WRITTEN .* is the input itself/);
    assert.is(readFileSync(input, "utf8"), "911\n");
  }
});

route("ends quietly when nobody reads its output on", async () => {
  writeFileSync(place("long.txt"), "+442079460123\n".repeat(100_000));
  const shell = `"${process.execPath}" "${OUTDIAL}" route "${place("long.txt")}" --user megan@contoso.com --tenant "${SMALL}"; echo "code $?" >&2`;
  const child = spawn("sh", ["-c", `{ ${shell}; } | head -1`], { stdio: "pipe" });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (part: Buffer) => {
    stdout += part.toString();
  });
  child.stderr.on("data", (part: Buffer) => {
    stderr += part.toString();
  });
  await new Promise((done) => child.on("close", done));
  assert.is(stdout, `${HEADER}\n`);
  assert.is(stderr, "code 0\n");
});

route("on Ctrl-C it keeps what is decided and prints the summary so far", async () => {
  const output = place("stopped.csv");
  const args = [OUTDIAL, "route", ...MEGAN, "-o", output];
  const child = spawn(process.execPath, args, { stdio: "pipe" });
  let stderr = "";
  child.stderr.on("data", (part: Buffer) => {
    stderr += part.toString();
  });
  child.stdin.write("911\n911\n");
  const partial = `${output}.partial`;
  const isWritten = (): boolean =>
    existsSync(partial) && readFileSync(partial, "utf8").split("\n").length === 4;
  for (let i = 0; i < 200 && !isWritten(); i++) await new Promise((r) => setTimeout(r, 50));
  assert.ok(isWritten(), "what is typed is decided while the input stays open");
  child.kill("SIGINT");
  const code = await new Promise((done) => child.on("close", done));
  assert.is(code, 130);
  assert.match(stderr, `what was decided so far stands in ${partial}`);
  assert.match(stderr, /routed 2 numbers in /);
  assert.not.ok(existsSync(output));
});

route("its help shows the options and an example", async () => {
  const run = await outdial(["route", "--help"]);
  assert.is(run.code, 0);
  for (const word of ["--in", "--out", "-o,", "--user", "--kind", "--workers", "--errors"]) {
    assert.match(run.stdout, word);
  }
  assert.match(run.stdout, "outdial route calls.csv");
});

route.run();
