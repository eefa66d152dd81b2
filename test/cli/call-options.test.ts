import { Command } from "commander";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  addCallOptions,
  type CallOptions,
  checkCallOptions,
  readCallOptions,
} from "../../engine/cli/call-options.ts";
import { SAMPLE_TENANT } from "../../engine/cli/common-options.ts";
import { loadTenant } from "../../engine/import/load-tenant.ts";
import { formatProblem } from "../../engine/model/format-problem.ts";

const options = suite("call options");

function read(...args: readonly string[]): CallOptions {
  const command = addCallOptions(new Command("route").exitOverride()).configureOutput({
    writeErr: () => {},
  });
  return readCallOptions(command.parse(["node", "route", ...args]));
}

options("nothing given: a user call with everything in service", () => {
  assert.equal(read(), {
    user: null,
    kind: "user-call",
    site: null,
    ingressTrunk: null,
    hideCallerId: false,
    originalCaller: null,
    context: { down: new Set(), seed: 0 },
  });
});

options("every input of a call can be given", () => {
  const args =
    "--user u@contoso.com --kind dial-out --site Paris --ingress sbc1 --hide-number --original-caller +14255550150";
  assert.equal(read(...args.split(" "), "--down", "Pure-IP, sbc1,", "--seed", "7"), {
    user: "u@contoso.com",
    kind: "dial-out",
    site: "Paris",
    ingressTrunk: "sbc1",
    hideCallerId: true,
    originalCaller: "+14255550150",
    context: { down: new Set(["pure-ip", "sbc1"]), seed: 7 },
  });
});

for (const args of [
  ["--kind", "dialout"],
  ["--seed", "-1"],
  ["--seed", "4294967296"],
  ["--seed", "x"],
]) {
  options(`${args.join(" ")} is wrong syntax`, () => {
    assert.throws(() => read(...args));
  });
}

options("names that the tenant lacks are told, with the nearest it has", async () => {
  const loaded = await loadTenant(SAMPLE_TENANT);
  if (!loaded.ok) throw new Error("the sample tenant does not load");
  const { tenant } = loaded.value;
  const [user] = tenant.users;
  const [operator] = tenant.operators;
  const trunk = operator?.trunks[0]?.name ?? "";
  const fine = ["--user", `${user?.userPrincipalName.toUpperCase()}`, "--down", trunk];
  assert.equal(checkCallOptions(read(...fine), tenant), []);
  const wrong = ["--user", `${user?.userPrincipalName}m`, "--down", `${operator?.id},${trunk}x`];
  const problems = checkCallOptions(
    read(...wrong, "--site", "Atlantis-42", "--ingress", "sbc0.fabrikam.example"),
    tenant,
  ).map(formatProblem);
  assert.is(problems.length, 4, problems.join("\n"));
  assert.match(problems[0] ?? "", /^error USER_UNKNOWN user ".*m" is not in the tenant\. Fix: did/);
  assert.match(problems[1] ?? "", /^error INGRESS_UNKNOWN gateway "sbc0.fabrikam.example" is not/);
  assert.match(problems[2] ?? "", /^error SITE_UNKNOWN network site "Atlantis-42" is not/);
  assert.match(problems[3] ?? "", `did you mean "${trunk}"?`);
});

options.run();
