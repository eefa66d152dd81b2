/**
 * Regular expressions of `-match`, `-replace`, `-split` and `-notmatch`. .NET's dialect and V8's agree on
 * what scripts of cmdlets use; a pattern outside that, or one that could take long, is refused.
 *
 * @module
 */
import { MAX_STRING_CHARS } from "../budgets.ts";

/** Texts that patterns are matched with. */
const MAX_SUBJECT = 2000;

/** Unbounded quantifiers in one pattern: each multiplies the time by the text's length. */
const MAX_UNBOUNDED = 3;

/** A pattern as V8 reads it; `null` when that is not certain to mean the same, or not certain to be quick. */
function toRegExp(pattern: string, exactCase: boolean, flags: string): RegExp | null {
  if (pattern.length > 1000 || !isSimple(pattern)) return null;
  const source = pattern
    .replace(/\(\?<([A-Za-z]\w*)>/g, "(?<$1>")
    .replace(/\\[AzZ]/g, (found) => (found === "\\A" ? "^" : "$"));
  try {
    return new RegExp(source, exactCase ? flags : `${flags}i`);
  } catch {
    return null;
  }
}

/**
 * Whether a pattern has neither a quantified group with a quantifier or alternatives inside, nor
 * back-references, options, or more unbounded quantifiers than a text can be walked by.
 */
function isSimple(pattern: string): boolean {
  const bare = pattern.replace(/\\[^\dkpPGb]/g, "a").replace(/\[(?:\^?\]?)[^\]]*\]/g, "a");
  if (/\\[\dkpPG]|\(\?(?![:=!]|<[A-Za-z]\w*>)|\[/.test(bare)) return false;
  if (/[+*}]\??\)*\)(?:[*+]|\{\d*,\d*\}|\{\d{3,}\})/.test(bare)) return false;
  if (/\|[^()]*\)(?:[*+]|\{\d+,?\d*\})/.test(bare)) return false;
  return (bare.match(/[*+]|\{\d+,\}/g) ?? []).length <= MAX_UNBOUNDED;
}

/** What `-match` finds: the groups by number and name, or `null`; `undefined` when it is not read. */
export function matchRegex(
  pattern: string,
  text: string,
  exactCase: boolean,
): readonly (readonly [key: string, value: string])[] | null | undefined {
  const regex = toRegExp(pattern, exactCase, "");
  if (regex === null || text.length > MAX_SUBJECT) return undefined;
  const found = regex.exec(text);
  if (found === null) return null;
  const names = Object.entries(found.groups ?? {});
  if (names.length > 0 && names.length !== found.length - 1) return undefined;
  const numbered = found.map((group: string | undefined, i): [string, string | undefined] => [
    String(i),
    group,
  ]);
  // WHY: .NET gives a named group its name and no number where it has one.
  const unnamed = numbered.slice(0, found.length - names.length);
  return [...unnamed, ...names].filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
}

/** `-replace`; `undefined` when it is not read. */
export function replaceRegex(
  pattern: string,
  text: string,
  replacement: string,
  exactCase: boolean,
): string | undefined {
  const regex = toRegExp(pattern, exactCase, "g");
  if (regex === null || text.length > MAX_SUBJECT) return undefined;
  if (/\$[_+<]|\$\d{2}/.test(replacement)) return undefined;
  const js = replacement.replace(/\$\{(\w+)\}/g, (_, name: string) =>
    /^\d+$/.test(name) ? `$${name}` : `$<${name}>`,
  );
  const result = text.replace(regex, js);
  return result.length > MAX_STRING_CHARS ? undefined : result;
}

/** `-split`; `undefined` when it is not read. `max` 0 = all. */
export function splitRegex(
  pattern: string,
  text: string,
  max: number,
  exactCase: boolean,
): readonly string[] | undefined {
  const regex = toRegExp(pattern, exactCase, "g");
  if (regex === null || text.length > 10 * MAX_SUBJECT) return undefined;
  const parts = text.split(regex).map((part: string | undefined) => part ?? "");
  if (max <= 0 || parts.length <= max) return parts;
  return splitFirst(regex, text, max);
}

function splitFirst(regex: RegExp, text: string, max: number): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (const found of text.matchAll(regex)) {
    if (parts.length === max - 1) break;
    parts.push(text.slice(from, found.index));
    from = found.index + found[0].length;
  }
  return [...parts, text.slice(from)];
}
