/**
 * The boundary between whoever reads commands (a script, a flag, a form) and the cmdlets: plain
 * values in, a new tenant and printed objects out. No PowerShell syntax crosses it.
 *
 * @module
 */
import type { Problem, SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";

/** A hashtable literal, such as the list modifier `@{Add="UK"}`; keys keep their order and case. */
export interface ArgumentTable {
  readonly kind: "table";
  readonly entries: readonly (readonly [key: string, value: ArgumentValue])[];
}

/** An object that a cmdlet printed or made in memory; property names as the cmdlet spells them. */
export interface OutputObject {
  readonly kind: "object";
  readonly properties: Readonly<Record<string, ArgumentValue>>;
}

/** A PowerShell value: `null` is `$null`, a switch that was given is `true`. */
export type ArgumentValue =
  | string
  | number
  | boolean
  | null
  | ArgumentTable
  | OutputObject
  | readonly ArgumentValue[];

/** What a parameter takes. `list` is a PSListModifier: a value, an array, a table or `$null`. */
export type ParameterType = "string" | "int" | "bool" | "switch" | "list" | "object";

/** One parameter of a cmdlet. */
export interface CmdletParameter {
  readonly name: string;
  readonly type: ParameterType;
  /** Other spellings that the module accepts or accepted, e.g. `PhoneNumber` for `TelephoneNumber`. */
  readonly aliases: readonly string[];
  /** From 0; `null` = only by name. */
  readonly position: number | null;
}

/** A cmdlet as a reader sees it: its canonical name and its parameters, common ones left out. */
export interface CmdletSignature {
  readonly name: string;
  readonly parameters: readonly CmdletParameter[];
}

/** A bound call: canonical cmdlet name, canonical parameter names. */
export interface CmdletInvocation {
  readonly cmdlet: string;
  readonly parameters: ReadonlyMap<string, ArgumentValue>;
  /** Where the call stands, for problems; `null` when it was not read from a text. */
  readonly at: SourcePlace | null;
}

/**
 * What a cmdlet did. When `problems` holds an error, `tenant` is the very tenant that was given:
 * a refused cmdlet changes nothing.
 */
export interface CmdletResult {
  readonly tenant: Tenant;
  readonly problems: readonly Problem[];
  readonly output: readonly OutputObject[];
}
