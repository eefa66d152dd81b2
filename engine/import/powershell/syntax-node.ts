import type { Node } from "web-tree-sitter";
import type { MaskedLiteral, ScriptBlock, ScriptStatement } from "./script-statement.ts";

/** A node of the syntax tree as a plain value; offsets count from the start of the file. */
export interface SyntaxNode {
  /** The grammar's name for it; for punctuation, the punctuation itself. */
  readonly type: string;
  readonly start: number;
  readonly end: number;
  /** What the parser saw: strings are masked. */
  readonly text: string;
  /** The literal that was masked here, if any. */
  readonly literal: MaskedLiteral | null;
  /** The block that was masked here, of a `{` node. */
  readonly block: ScriptBlock | null;
  readonly children: readonly SyntaxNode[];
}

const LITERAL_TYPES: readonly string[] = ["verbatim_string_characters", "decimal_integer_literal"];

/** Copies a tree out of the parser; `null` when it is deeper than `maxDepth`. */
export function copyTree(
  node: Node,
  statement: ScriptStatement,
  masked: string,
  maxDepth: number,
): SyntaxNode | null {
  if (maxDepth === 0) return null;
  const children: SyntaxNode[] = [];
  for (const child of node.children) {
    const copy = copyTree(child, statement, masked, maxDepth - 1);
    if (copy === null) return null;
    children.push(copy);
  }
  const start = statement.start + node.startIndex;
  const literal = LITERAL_TYPES.includes(node.type) ? statement.literals.get(start) : undefined;
  return {
    type: node.type,
    start,
    end: statement.start + node.endIndex,
    text: masked.slice(node.startIndex, node.endIndex),
    literal: literal ?? null,
    block: node.type === "{" ? (statement.blocks.get(start) ?? null) : null,
    children,
  };
}

/** First child of one of these types. */
export function childOf(node: SyntaxNode, ...types: readonly string[]): SyntaxNode | undefined {
  return node.children.find((child) => types.includes(child.type));
}

/** The block whose braces are children of this node. */
export function blockOf(node: SyntaxNode): ScriptBlock | null {
  for (const child of node.children) if (child.block !== null) return child.block;
  return null;
}

/** Every node of a tree, parents first. */
export function* walk(node: SyntaxNode): Generator<SyntaxNode> {
  yield node;
  for (const child of node.children) yield* walk(child);
}
