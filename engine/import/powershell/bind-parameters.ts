/**
 * PowerShell's parameter binding: names in any case, by alias or unambiguous prefix, values by
 * position, common parameters of every cmdlet (Microsoft: about_Parameters, about_CommonParameters).
 *
 * @module
 */
import { didYouMean } from "../../model/nearest-name.ts";
import { problem } from "../../model/problem.ts";
import type {
  ArgumentValue,
  CmdletParameter,
  CmdletSignature,
} from "../../tenant/cmdlet-invocation.ts";
import { type Evaluation, refuse } from "./evaluation.ts";
import type { CommandArgument } from "./read-arguments.ts";
import { lostPluses, type ScriptValue, toArgument } from "./script-value.ts";

/** Parameters that bind and do not reach the cmdlet. */
const COMMON: readonly CmdletParameter[] = [
  common("Verbose", "switch", "vb"),
  common("Debug", "switch", "db"),
  common("ErrorAction", "string", "ea"),
  common("WarningAction", "string", "wa"),
  common("InformationAction", "string", "infa"),
  common("ProgressAction", "string", "proga"),
  common("ErrorVariable", "string", "ev"),
  common("WarningVariable", "string", "wv"),
  common("InformationVariable", "string", "iv"),
  common("OutVariable", "string", "ov"),
  common("OutBuffer", "int", "ob"),
  common("PipelineVariable", "string", "pv"),
];

/** These belong to each cmdlet as far as prefixes go. */
const OF_EVERY_CMDLET: readonly CmdletParameter[] = [
  common("WhatIf", "switch", "wi"),
  common("Confirm", "switch", "cf"),
  common("Force", "switch"),
  common("AsJob", "switch"),
  common("MsftInternalProcessingMode", "string"),
];

function common(
  name: string,
  type: CmdletParameter["type"],
  ...aliases: string[]
): CmdletParameter {
  return { name, type, aliases, position: null };
}

/** A cmdlet's arguments, sorted into its own and the common ones; canonical names. */
export interface BoundParameters {
  readonly own: ReadonlyMap<string, ArgumentValue>;
  /** Common parameters, names in lower case. */
  readonly common: ReadonlyMap<string, ArgumentValue>;
  /** The own ones as the script holds them, unconverted. */
  readonly raw: ReadonlyMap<string, ScriptValue>;
}

/**
 * Binds the arguments of a call at `offset`.
 *
 * @problem CMDLET_AMBIGUOUS_PARAMETER, CMDLET_UNKNOWN_PARAMETER, CMDLET_MISSING_PARAMETER,
 * CMDLET_CONFLICTING_PARAMETERS, IMPORT_NUMBER_LOST_PLUS (a warning)
 */
export function bindParameters(
  signature: CmdletSignature,
  args: readonly CommandArgument[],
  evaluation: Evaluation,
): BoundParameters | undefined {
  const binder = new Binder(signature, evaluation);
  return binder.bind(args) ? binder.result() : undefined;
}

class Binder {
  readonly #signature: CmdletSignature;
  readonly #evaluation: Evaluation;
  readonly #bound = new Map<CmdletParameter, { value: ScriptValue; at: number }>();
  readonly #positional: { value: ScriptValue; at: number }[] = [];

  constructor(signature: CmdletSignature, evaluation: Evaluation) {
    this.#signature = signature;
    this.#evaluation = evaluation;
  }

  bind(args: readonly CommandArgument[]): boolean {
    for (let i = 0; i < args.length; i++) {
      const argument = args[i];
      if (argument === undefined) break;
      if (argument.kind === "value") {
        this.#positional.push(argument);
        continue;
      }
      const parameter = this.#find(argument.name, argument.at);
      if (parameter === undefined) return false;
      const next = args[i + 1];
      const takesNext = argument.attached === undefined && parameter.type !== "switch";
      if (takesNext && next?.kind === "value") i++;
      const value = this.#valueFor(parameter, argument.attached, next, argument.at);
      if (value === undefined || !this.#set(parameter, value, argument.at)) return false;
    }
    return this.#bindPositions();
  }

  result(): BoundParameters {
    const own = new Map<string, ArgumentValue>();
    const shared = new Map<string, ArgumentValue>();
    const raw = new Map<string, ScriptValue>();
    for (const [parameter, { value }] of this.#bound) {
      const converted = toArgument(value, parameter.type);
      if (this.#signature.parameters.includes(parameter)) {
        own.set(parameter.name, converted);
        raw.set(parameter.name, value);
      } else shared.set(parameter.name.toLowerCase(), converted);
      if (parameter.type === "string" || parameter.type === "list") this.#tellLostPluses(value);
    }
    return { own, common: shared, raw };
  }

  #valueFor(
    parameter: CmdletParameter,
    attached: ScriptValue | undefined,
    next: CommandArgument | undefined,
    at: number,
  ): ScriptValue | undefined {
    if (attached !== undefined) return attached;
    if (parameter.type === "switch") return true;
    if (next?.kind === "value") return next.value;
    const what = `Missing an argument for parameter '${parameter.name}'`;
    const hint = `write the value of -${parameter.name} behind it`;
    return refuse(this.#evaluation, "CMDLET_MISSING_PARAMETER", at, what, hint);
  }

  #set(parameter: CmdletParameter, value: ScriptValue, at: number): boolean {
    if (!this.#bound.has(parameter)) {
      this.#bound.set(parameter, { value, at });
      return true;
    }
    const what = `the parameter '${parameter.name}' is specified more than once`;
    refuse(this.#evaluation, "CMDLET_CONFLICTING_PARAMETERS", at, what, "keep one of them");
    return false;
  }

  #bindPositions(): boolean {
    const open = this.#signature.parameters
      .filter((p) => p.position !== null && !this.#bound.has(p))
      .sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
    for (const [i, { value, at }] of this.#positional.entries()) {
      const parameter = open[i];
      if (parameter === undefined) {
        const shown = JSON.stringify(toArgument(value, "string"));
        const what = `A positional parameter cannot be found that accepts argument ${shown}`;
        const hint =
          "name the parameter, quote values with blanks, put commas between list entries";
        refuse(this.#evaluation, "CMDLET_UNKNOWN_PARAMETER", at, what, hint);
        return false;
      }
      this.#bound.set(parameter, { value, at });
    }
    return true;
  }

  #find(name: string, at: number): CmdletParameter | undefined {
    const cmdletOwn = this.#signature.parameters;
    const named = (p: CmdletParameter): boolean => cmdletOwn.some((own) => same(own.name, p.name));
    const own = [...cmdletOwn, ...OF_EVERY_CMDLET.filter((p) => !named(p))];
    const all = [...own, ...COMMON.filter((p) => !named(p))];
    const exact = all.find((p) => [p.name, ...p.aliases].some((n) => same(n, name)));
    if (exact !== undefined) return exact;
    const matches = all.filter((p) => hasPrefix(p, name));
    // WHY: PowerShell prefers the cmdlet's own parameters to the common ones when a prefix fits both.
    const preferred = matches.filter((p) => own.includes(p));
    if (matches.length === 1) return matches[0];
    if (preferred.length === 1) return preferred[0];
    if (matches.length > 1) return this.#ambiguous(name, matches, at);
    const what = `${this.#signature.name} has no parameter that matches the name '${name}'`;
    const hint =
      didYouMean(
        name,
        own.map((p) => p.name),
      ) ?? this.#listParameters();
    return refuse(this.#evaluation, "CMDLET_UNKNOWN_PARAMETER", at, what, hint);
  }

  #listParameters(): string {
    return `use one of ${this.#signature.parameters.map((p) => `-${p.name}`).join(", ")}`;
  }

  #ambiguous(name: string, matches: readonly CmdletParameter[], at: number): undefined {
    const what = `Parameter cannot be processed because the parameter name '${name}' is ambiguous`;
    const hint = `write one of ${matches.map((p) => `-${p.name}`).join(", ")}`;
    return refuse(this.#evaluation, "CMDLET_AMBIGUOUS_PARAMETER", at, what, hint);
  }

  #tellLostPluses(value: ScriptValue): void {
    for (const { value: number, lostPlusAt } of lostPluses(value)) {
      const what = `+${number} is read as a number here and loses its "+"`;
      const hint = `put it into quotes: "+${number}"`;
      const at = this.#evaluation.script.places.at(lostPlusAt ?? 0);
      this.#evaluation.problems.add(problem("IMPORT_NUMBER_LOST_PLUS", what, hint, at));
    }
  }
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function hasPrefix(parameter: CmdletParameter, prefix: string): boolean {
  const wanted = prefix.toLowerCase();
  return [parameter.name, ...parameter.aliases].some((n) => n.toLowerCase().startsWith(wanted));
}
