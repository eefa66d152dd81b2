/**
 * What a kind of object is to a written script, and the small words its files are written in.
 *
 * @module
 */
import type { Tenant } from "../../model/tenant.ts";
import type { ArgumentValue, CmdletInvocation } from "../../tenant/cmdlet-invocation.ts";

/** One kind of object: the tenant without them, and the calls that put them back. */
export interface ObjectKind {
  /** By which other kinds say that they need it. */
  readonly name: string;
  readonly title: string;
  /** The kinds that its objects name: where these stay in the data block, those must stay there too. */
  readonly needs: readonly string[];
  /** The parts of a tenant that it concerns; `without` and the calls change nothing else. */
  readonly parts: readonly (keyof Tenant)[];
  readonly without: (tenant: Tenant) => Tenant;
  readonly calls: (tenant: Tenant) => readonly CmdletInvocation[];
}

/** Parameters by name; those that are `undefined` are left out. */
export type Parameters = Readonly<Record<string, ArgumentValue | undefined>>;

/** A call with the parameters that are not `undefined`. */
export function call(cmdlet: string, parameters: Parameters): CmdletInvocation {
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, ArgumentValue] => entry[1] !== undefined,
  );
  return { cmdlet, parameters: new Map(given), at: null };
}

/** An empty list is what a New- cmdlet starts with. */
export function listOrNone(list: readonly string[]): readonly string[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** A value that is not what counts without it. */
export function unless<T extends ArgumentValue>(value: T, usual: T): T | undefined {
  return value === usual ? undefined : value;
}
