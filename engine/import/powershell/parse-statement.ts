/**
 * Parses one statement, and refuses it whole when the grammar is not sure of every character.
 *
 * @module
 */
import type { Node, Parser } from "web-tree-sitter";
import type { MaskedLiteral, ScriptStatement, StatementFault } from "./script-statement.ts";
import { copyTree, type SyntaxNode } from "./syntax-node.ts";

/** Depth of a syntax tree; each PowerShell bracket costs about eight levels of it. */
const MAX_TREE_DEPTH = 700;

/** The statement's tree, or what is wrong with it. */
export type ParsedStatement =
  | { readonly ok: true; readonly tree: SyntaxNode }
  | { readonly ok: false; readonly faults: readonly StatementFault[] };

/** Parses `statement`; faults found while cutting it out refuse it unparsed. */
export function parseStatement(parser: Parser, statement: ScriptStatement): ParsedStatement {
  if (statement.faults.length > 0) return { ok: false, faults: statement.faults };
  const masked = statement.masked();
  const first = parseOnce(parser, statement, masked);
  if (first.ok || first.faults[0]?.code === "IMPORT_TOO_LARGE") return first;
  const mended = quoteListWords(statement, masked);
  if (mended === null) return first;
  const second = parseOnce(parser, mended.statement, mended.masked);
  return second.ok ? second : first;
}

function parseOnce(parser: Parser, statement: ScriptStatement, masked: string): ParsedStatement {
  const tree = parser.parse(masked);
  if (tree === null) return refused(statement.start, "IMPORT_SYNTAX", "it cannot be parsed");
  try {
    if (tree.rootNode.hasError) {
      const offset = statement.start + firstError(tree.rootNode);
      return refused(offset, "IMPORT_SYNTAX", "this is not PowerShell that can be understood");
    }
    const copy = copyTree(tree.rootNode, statement, masked, MAX_TREE_DEPTH);
    if (copy !== null) return { ok: true, tree: copy };
    return refused(statement.start, "IMPORT_TOO_LARGE", "this expression is nested too deeply");
  } finally {
    tree.delete();
  }
}

function refused(
  offset: number,
  code: "IMPORT_SYNTAX" | "IMPORT_TOO_LARGE",
  what: string,
): ParsedStatement {
  const hint =
    code === "IMPORT_SYNTAX"
      ? "correct the statement; nothing of it was applied"
      : "split it into smaller statements";
  return { ok: false, faults: [{ code, offset, what, hint }] };
}

/** Where the first ERROR or MISSING node stands: the innermost one, as far left as possible. */
function firstError(root: Node): number {
  let node = root;
  for (;;) {
    const broken = node.children.find((c) => c.isError || c.isMissing || c.hasError);
    if (broken === undefined) return node.startIndex;
    node = broken;
    if (node.isMissing) return node.startIndex;
    if (node.isError) return node.children.find((c) => c.isError)?.startIndex ?? node.startIndex;
  }
}

// biome-ignore format: one alternative a word before and a word after its comma
const LIST_WORD = /(?<=,\s*)[\p{L}_*+][^\s,;|(){}'"`$@#<>&[\]]*|(?<=[\s,])[\p{L}_*+][^\s,;|(){}'"`$@#<>&[\]]*(?=\s*,)/gu;

/**
 * Quotes the bare words of comma lists, which the grammar takes only in the first place: `"a", b` →
 * `"a", "b"`. In a command's arguments PowerShell reads a bare word without special characters as
 * exactly that string, so the meaning is the same; anywhere else nothing is changed.
 */
function quoteListWords(
  statement: ScriptStatement,
  masked: string,
): { readonly statement: ScriptStatement; readonly masked: string } | null {
  if (!/(?:^|[=|(]\s*)\p{L}+-\p{L}/u.test(masked)) return null;
  const literals = new Map<number, MaskedLiteral>(statement.literals);
  const insideBrackets = bracketTest(masked);
  let changed = false;
  const quoted = masked.replace(LIST_WORD, (word, at: number) => {
    if (insideBrackets(at)) return word;
    changed = true;
    literals.set(statement.start + at, { kind: "word", text: word });
    return word.length === 1 ? "0" : `'${"a".repeat(word.length - 2)}'`;
  });
  return changed ? { statement: { ...statement, literals }, masked: quoted } : null;
}

/** Tells for growing offsets whether they stand inside brackets. */
function bracketTest(masked: string): (at: number) => boolean {
  let depth = 0;
  let seen = 0;
  return (at) => {
    for (; seen < at; seen++) {
      if ("({".includes(masked[seen] ?? " ")) depth++;
      else if (")}".includes(masked[seen] ?? " ")) depth--;
    }
    return depth > 0;
  };
}
