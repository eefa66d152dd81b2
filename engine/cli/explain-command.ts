import type { Command } from "commander";
import { loadTenant } from "../import/load-tenant.ts";
import type { Call } from "../model/call.ts";
import { hasErrors } from "../model/problem.ts";
import { explainCall } from "../what-if/explain-call.ts";
import { explainLines } from "../what-if/explain-lines.ts";
import { explanationRecord } from "../what-if/explanation-record.ts";
import {
  addCallOptions,
  type CallOptions,
  checkCallOptions,
  readCallOptions,
} from "./call-options.ts";
import { readCommonOptions } from "./common-options.ts";
import { EXIT } from "./exit-code.ts";
import { printProblems } from "./print-problems.ts";

/** `outdial explain NUMBER`: one decision as a readable tree. */
export function registerExplainCommand(program: Command): void {
  const command = program
    .command("explain")
    .description("show how one number is routed: each policy, usage, route and trunk, and why")
    .argument("<number>", "as typed: separators, tel: and ;ext= are allowed");
  addCallOptions(command)
    .addHelpText(
      "after",
      `
Example:
  outdial explain "+44 20 7946 0123" --user megan@contoso.com --kind dial-out`,
    )
    .action((number: string) => explain(command, number));
}

async function explain(command: Command, dialed: string): Promise<void> {
  const common = readCommonOptions(command);
  const options = readCallOptions(command);
  if (options.user === null) command.error("error: required option '--user <upn>' not specified");
  const loaded = await loadTenant(common.tenant);
  printProblems(loaded.problems);
  if (!loaded.ok) {
    process.exitCode = EXIT.problems;
    return;
  }
  const { tenant } = loaded.value;
  const problems = checkCallOptions(options, tenant);
  printProblems(problems);
  if (hasErrors(problems)) {
    process.exitCode = EXIT.problems;
    return;
  }
  const explanation = explainCall(tenant, callOf(dialed, options), options.context);
  printProblems(explanation.problems);
  process.stdout.write(
    common.json
      ? `${JSON.stringify(explanationRecord(explanation), null, 2)}\n`
      : `${explainLines(explanation).join("\n")}\n`,
  );
}

function callOf(dialed: string, options: CallOptions): Call {
  const { user, kind, site, ingressTrunk, hideCallerId, originalCaller } = options;
  return { dialed, user: user ?? "", kind, site, ingressTrunk, hideCallerId, originalCaller };
}
