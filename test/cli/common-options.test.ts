import { Command } from "commander";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  addCommonOptions,
  type CommonOptions,
  readCommonOptions,
  SAMPLE_TENANT,
} from "../../engine/cli/common-options.ts";

const options = suite("common options");

async function read(...args: readonly string[]): Promise<CommonOptions | null> {
  let seen: CommonOptions | null = null;
  const program = addCommonOptions(new Command("outdial")).exitOverride();
  program
    .command("route")
    .argument("[file]")
    .action((_file, _options, command: Command) => {
      seen = readCommonOptions(command);
    });
  await program.parseAsync(["node", "outdial", ...args]);
  return seen;
}

options("they mean the same before and after the command", async () => {
  const expected = {
    tenant: "mine.yaml",
    tenantGiven: true,
    json: true,
    quiet: true,
    debug: false,
  };
  assert.equal(await read("--tenant", "mine.yaml", "--json", "--quiet", "route"), expected);
  assert.equal(await read("route", "--tenant", "mine.yaml", "--json", "--quiet"), expected);
  assert.equal(await read("--json", "route", "in.csv", "--quiet", "--tenant=mine.yaml"), expected);
});

options("without a tenant the sample tenant is meant, and may not be written", async () => {
  const seen = await read("route");
  assert.is(seen?.tenant, SAMPLE_TENANT);
  assert.is(seen?.tenantGiven, false);
});

options("the help of a command shows them", () => {
  const program = addCommonOptions(new Command("outdial"));
  const help = program.command("route").copyInheritedSettings(program).helpInformation();
  assert.match(help, "--tenant <path>");
});

options.run();
