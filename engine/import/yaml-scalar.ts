import { jsonText } from "./json-text.ts";

/** Texts that need no quotes: they begin with a letter and hold nothing that YAML could mean. */
const PLAIN = /^\p{L}(?:[\p{L}\p{N}_@./()'+;$-]| (?=[\p{L}\p{N}(]))*$/u;

/** Plain words of the core schema that mean something else than themselves. */
const RESERVED = /^(?:null|true|false)$/i;

/** Printable characters only: what single quotes can hold. */
const PRINTABLE = /^[\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\uf900-\ufefe]*$/;

/** A text as a YAML 1.2 scalar on one line, fit for flow lists and maps: plain, 'single' or "double". */
export function yamlScalar(text: string): string {
  if (text.length <= 1_000 && PLAIN.test(text) && !RESERVED.test(text)) return text;
  // WHY: patterns and replacements are full of backslashes, which single quotes leave alone.
  if (text.includes("\\") && PRINTABLE.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return jsonText(text);
}
