import { fileURLToPath } from "node:url";
import type { Command } from "commander";

/** The sample tenant of the package: what commands work on when `--tenant` is not given. */
export const SAMPLE_TENANT = fileURLToPath(
  // WHY: this file runs from dist/engine/cli; fixtures stands three folders above.
  new URL("../../../fixtures/tenants/contoso", import.meta.url),
);

/** The options that every command takes, before or after its name. */
export interface CommonOptions {
  /** File or folder of the tenant; {@link SAMPLE_TENANT} when none was named. */
  readonly tenant: string;
  /** Whether `--tenant` was given: only then may a command write to it. */
  readonly tenantGiven: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly debug: boolean;
}

/**
 * Declares the common options on the program. Commander also recognises a program's options behind
 * a sub-command, so `outdial route --tenant X` and `outdial --tenant X route` mean the same.
 */
export function addCommonOptions(program: Command): Command {
  return program
    .option("--tenant <path>", "tenant to work on (default: the sample tenant, Contoso)")
    .option("--json", "print JSON instead of text")
    .option("--no-color", "print without colour")
    .option("--quiet", "print no progress and no summary")
    .option("--debug", "show stack traces of our own errors")
    .configureHelp({ showGlobalOptions: true });
}

/** Reads the common options as seen by one command. Colour is picocolors' own affair. */
export function readCommonOptions(command: Command): CommonOptions {
  const given: Readonly<Record<string, unknown>> = command.optsWithGlobals();
  const tenant = given["tenant"];
  return {
    tenant: typeof tenant === "string" ? tenant : SAMPLE_TENANT,
    tenantGiven: typeof tenant === "string",
    json: given["json"] === true,
    quiet: given["quiet"] === true,
    debug: given["debug"] === true,
  };
}
