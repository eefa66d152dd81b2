/**
 * Regular expressions of `-match`, `-replace`, `-split` and `-notmatch`. .NET's dialect and V8's agree on
 * what scripts of cmdlets use; a pattern outside that, or one that could take long, is refused.
 *
 * @module
 */
import { MAX_STRING_CHARS } from "../budgets.ts";

/** Ways in which a pattern may be tried on a text: V8 goes through all of them where nothing matches. */
const MAX_TRIES = 50_000_000;

/** Longest pattern. */
const MAX_PATTERN = 1000;

/** A pattern as V8 reads it; `null` when that is not certain to mean the same, or not certain to be quick. */
function toRegExp(pattern: string, text: string, exactCase: boolean, flags: string): RegExp | null {
  if (!isSimple(pattern, text.length) || differs(pattern, text)) return null;
  const source = pattern.replace(/\\([\s\S])/g, (found, char: string) => {
    if (char === "A") return "^";
    return char === "z" || char === "Z" ? "$" : found;
  });
  try {
    return new RegExp(source, exactCase ? flags : `${flags}i`);
  } catch {
    return null;
  }
}

/**
 * Whether a pattern has neither a quantified group with a quantifier or alternatives inside, nor
 * back-references or options, and few enough ways to be tried on a text of this length.
 */
function isSimple(pattern: string, length: number): boolean {
  if (pattern.length > MAX_PATTERN) return false;
  const bare = pattern.replace(/\\[^\dkpPG]/g, "a").replace(/\[(?:\^?\]?)[^\]]*\]/g, "a");
  if (/\\[\dkpPG]|\(\?(?![:=!]|<[A-Za-z]\w*>)|\[/.test(bare)) return false;
  if (/[+*}?]\)*\)(?:[*+]|\{\d*,\d*\}|\{\d{2,}\})/.test(bare)) return false;
  if (/\|[^()]*\)(?:[*+]|\{\d+,?\d*\})/.test(bare)) return false;
  const many = bare.match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0;
  const few = bare.match(/(?<!\()\?|\|/g)?.length ?? 0;
  return Math.max(length, 2) ** (many + 1) * 2 ** few <= MAX_TRIES;
}

/** Where .NET and V8 part: letters and digits beyond ASCII, `$` before a last line ending. */
function differs(pattern: string, text: string): boolean {
  if (/\P{ASCII}/u.test(text) && /\\[wWdDbBsS]/.test(pattern)) return true;
  return text.endsWith("\n") && /\$|\\[zZ]/.test(pattern);
}

/** What `-match` finds: the groups by number and name, or `null`; `undefined` when it is not read. */
export function matchRegex(
  pattern: string,
  text: string,
  exactCase: boolean,
): readonly (readonly [key: string, value: string])[] | null | undefined {
  const regex = toRegExp(pattern, text, exactCase, "");
  if (regex === null) return undefined;
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
  const regex = toRegExp(pattern, text, exactCase, "g");
  if (regex === null) return undefined;
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
  const regex = toRegExp(pattern, text, exactCase, "g");
  if (regex === null) return undefined;
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
