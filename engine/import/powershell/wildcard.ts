/**
 * PowerShell's wildcards: `*`, `?`, `[a-z]`, a backtick before what is meant literally (Microsoft:
 * about_Wildcards).
 *
 * @module
 */

interface WildcardPart {
  readonly kind: "any" | "one" | "char" | "set";
  readonly text: string;
}

/** Whether a pattern holds a wildcard at all. */
export function hasWildcard(pattern: string): boolean {
  return /[*?[]/.test(pattern);
}

function partsOf(pattern: string): readonly WildcardPart[] {
  const parts: WildcardPart[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] ?? "";
    const close = char === "[" ? pattern.indexOf("]", i + 2) : -1;
    if (char === "*") parts.push({ kind: "any", text: "" });
    else if (char === "?") parts.push({ kind: "one", text: "" });
    else if (close > 0) {
      parts.push({ kind: "set", text: pattern.slice(i + 1, close) });
      i = close;
    } else if (char === "`" && i + 1 < pattern.length) {
      i++;
      parts.push({ kind: "char", text: pattern[i] ?? "" });
    } else parts.push({ kind: "char", text: char });
  }
  return parts;
}

function isInSet(char: string, set: string): boolean {
  for (let i = 0; i < set.length; i++) {
    const first = set[i] ?? "";
    if (set[i + 1] === "-" && i + 2 < set.length) {
      if (char >= first && char <= (set[i + 2] ?? "")) return true;
      i += 2;
    } else if (char === first) return true;
  }
  return false;
}

function fits(part: WildcardPart, char: string): boolean {
  if (part.kind === "one") return true;
  return part.kind === "set" ? isInSet(char, part.text) : part.text === char;
}

/** Whether the whole text fits. Cost: O(text · pattern). */
export function matchesWildcard(text: string, pattern: string, exactCase = false): boolean {
  const shown = exactCase ? text : text.toLowerCase();
  const parts = partsOf(exactCase ? pattern : pattern.toLowerCase());
  let at = 0;
  let part = 0;
  let star = -1;
  let from = 0;
  while (at < shown.length) {
    const next = parts[part];
    if (next?.kind === "any") {
      star = part++;
      from = at;
    } else if (next !== undefined && fits(next, shown[at] ?? "")) {
      part++;
      at++;
    } else if (star >= 0) {
      part = star + 1;
      at = ++from;
    } else return false;
  }
  while (parts[part]?.kind === "any") part++;
  return part === parts.length;
}
