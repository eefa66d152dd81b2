import { invariant } from "../model/engine-error.ts";
import { didYouMean } from "../model/nearest-name.ts";
import { type Problem, problem, type SourcePlace } from "../model/problem.ts";
import { type ArgumentConversion, convertArgument } from "./argument-conversion.ts";
import type { ArgumentValue, CmdletInvocation, CmdletSignature } from "./cmdlet-invocation.ts";
import type { ListChange } from "./list-change.ts";

/**
 * The arguments of one call after conversion to the types of its signature. Each reader answers
 * `undefined` for a parameter that was not given and `null` for `$null`.
 */
export class CmdletArguments {
  readonly at: SourcePlace | null;
  readonly #values: ReadonlyMap<string, ArgumentConversion>;

  constructor(values: ReadonlyMap<string, ArgumentConversion>, at: SourcePlace | null) {
    this.#values = values;
    this.at = at;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  text(name: string): string | null | undefined {
    const found = this.#values.get(name);
    if (found === undefined) return undefined;
    invariant(found.type === "string", `-${name} is no string parameter`);
    return found.value;
  }

  integer(name: string): number | null | undefined {
    const found = this.#values.get(name);
    if (found === undefined) return undefined;
    invariant(found.type === "int", `-${name} is no int parameter`);
    return found.value;
  }

  /** A switch that was not given is `undefined`, like a bool. */
  flag(name: string): boolean | undefined {
    const found = this.#values.get(name);
    if (found === undefined) return undefined;
    invariant(found.type === "bool", `-${name} is no bool or switch parameter`);
    return found.value;
  }

  list(name: string): ListChange | undefined {
    const found = this.#values.get(name);
    if (found === undefined) return undefined;
    invariant(found.type === "list", `-${name} is no list parameter`);
    return found.value;
  }

  object(name: string): ArgumentValue | undefined {
    const found = this.#values.get(name);
    if (found === undefined) return undefined;
    invariant(found.type === "object", `-${name} is no object parameter`);
    return found.value;
  }
}

/**
 * Converts the arguments of a call to the types of its signature, as PowerShell's binder does.
 *
 * @problem CMDLET_UNKNOWN_PARAMETER the cmdlet has no such parameter
 * @problem CMDLET_INVALID_VALUE a value cannot be converted
 */
export function bindArguments(
  signature: CmdletSignature,
  invocation: CmdletInvocation,
): { readonly args: CmdletArguments; readonly problems: readonly Problem[] } {
  const values = new Map<string, ArgumentConversion>();
  const problems: Problem[] = [];
  for (const [name, value] of invocation.parameters) {
    const parameter = signature.parameters.find((p) => p.name === name);
    if (parameter === undefined) {
      problems.push(unknownParameter(signature, name, invocation.at));
      continue;
    }
    const converted = convertArgument(parameter, value);
    if (converted.ok) values.set(name, converted.conversion);
    else
      problems.push(problem("CMDLET_INVALID_VALUE", converted.what, converted.hint, invocation.at));
  }
  return { args: new CmdletArguments(values, invocation.at), problems };
}

function unknownParameter(
  signature: CmdletSignature,
  name: string,
  at: SourcePlace | null,
): Problem {
  const names = signature.parameters.map((p) => `-${p.name}`);
  return problem(
    "CMDLET_UNKNOWN_PARAMETER",
    `${signature.name} has no parameter -${name}`,
    didYouMean(`-${name}`, names) ?? `use one of ${names.join(", ")}`,
    at,
  );
}
