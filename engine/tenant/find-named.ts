import { nameKey } from "../model/name-key.ts";
import { didYouMean } from "../model/nearest-name.ts";
import { type Problem, problem, type SourcePlace } from "../model/problem.ts";

/** Anything an administrator calls by its identity. */
export interface Named {
  readonly identity: string;
}

/** The object of that identity without regard to case. Cost: O(objects). */
export function findNamed<T extends Named>(objects: readonly T[], identity: string): T | undefined {
  const key = nameKey(identity);
  return objects.find((object) => nameKey(object.identity) === key);
}

/** @problem CMDLET_NOT_FOUND with the nearest identity. */
export function notFound(
  kind: string,
  identity: string,
  objects: readonly Named[],
  at: SourcePlace | null,
): Problem {
  const names = objects.map((object) => object.identity);
  const otherwise =
    names.length === 0
      ? `create one first: this tenant has no ${kind}`
      : "list them with the Get cmdlet";
  return problem(
    "CMDLET_NOT_FOUND",
    `Cannot find a ${kind} named "${identity}"`,
    didYouMean(identity, names) ?? otherwise,
    at,
  );
}

/** @problem CMDLET_ALREADY_EXISTS */
export function alreadyExists(
  kind: string,
  identity: string,
  setCmdlet: string,
  at: SourcePlace | null,
): Problem {
  return problem(
    "CMDLET_ALREADY_EXISTS",
    `The ${kind} "${identity}" exists already`,
    `change it with ${setCmdlet}, or choose another name`,
    at,
  );
}

/** @problem CMDLET_MISSING_PARAMETER */
export function missingParameter(name: string, cmdlet: string, at: SourcePlace | null): Problem {
  return problem(
    "CMDLET_MISSING_PARAMETER",
    `${cmdlet} needs a value for -${name}`,
    `add -${name} and its value`,
    at,
  );
}

/**
 * Whether a name fits a PowerShell wildcard (`*`, `?`), without regard to case. Cost: at most
 * O(name × wildcard), whatever the wildcard.
 */
export function fitsWildcard(name: string, wildcard: string): boolean {
  const text = name.toLowerCase();
  const mask = wildcard.toLowerCase();
  let at = 0;
  let want = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    if (want < mask.length && mask[want] === "*") {
      star = want++;
      starAt = at;
    } else if (want < mask.length && (mask[want] === "?" || mask[want] === text[at])) {
      at++;
      want++;
    } else if (star >= 0) {
      want = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (mask[want] === "*") want++;
  return want === mask.length;
}
