/**
 * What a cmdlet is in code: a signature and a pure function; and the small words in which every
 * cmdlet file is written.
 *
 * @module
 */
import type { Problem } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";
import type { CmdletArguments } from "./cmdlet-arguments.ts";
import type {
  ArgumentValue,
  CmdletParameter,
  CmdletResult,
  CmdletSignature,
  OutputObject,
  ParameterType,
} from "./cmdlet-invocation.ts";

/** One cmdlet. `run` may take its arguments to be of the signature's types. */
export interface Cmdlet {
  readonly signature: CmdletSignature;
  /** Parameters that are accepted although nothing in this tenant model keeps their value. */
  readonly notKept: readonly string[];
  readonly run: (tenant: Tenant, args: CmdletArguments) => CmdletResult;
}

/** Describes a parameter; `position` null = only by name. */
export function parameter(
  name: string,
  type: ParameterType,
  position: number | null = null,
  aliases: readonly string[] = [],
): CmdletParameter {
  return { name, type, position, aliases };
}

/** The tenant after a cmdlet; warnings may come with it. */
export function changed(tenant: Tenant, warnings: readonly Problem[] = []): CmdletResult {
  return { tenant, problems: warnings, output: [] };
}

/** The tenant with an object that a New- cmdlet made, which it prints as its Get- would. */
export function created(
  tenant: Tenant,
  object: OutputObject,
  warnings: readonly Problem[],
): CmdletResult {
  return { tenant, problems: warnings, output: [object] };
}

/** Nothing changed, objects printed. */
export function printed(tenant: Tenant, output: readonly OutputObject[]): CmdletResult {
  return { tenant, problems: [], output };
}

/** The very tenant that was given, and why. */
export function refused(tenant: Tenant, problems: readonly Problem[]): CmdletResult {
  return { tenant, problems, output: [] };
}

/** An object as a cmdlet prints it; properties in the order given. */
export function outputObject(properties: Readonly<Record<string, ArgumentValue>>): OutputObject {
  return { kind: "object", properties };
}
