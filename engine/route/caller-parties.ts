import type { CompiledTenant } from "../compile/compiled-tenant.ts";

/**
 * A number for each pair of routing class and caller ID that occurs, laid out as the caller tables of
 * {@link CompiledTenant}: calls of one party to one number are decided alike. O(callers).
 */
export function callerParties({ callerClasses, callerCallerIds }: CompiledTenant): {
  readonly parties: Int32Array;
  readonly count: number;
} {
  const known = new Map<string, number>();
  const parties = callerClasses.map((classIndex, at) => {
    const key = `${classIndex} ${callerCallerIds[at]}`;
    const party = known.get(key) ?? known.size;
    known.set(key, party);
    return party;
  });
  return { parties, count: known.size };
}
