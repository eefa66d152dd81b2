/**
 * The syntax tree of a number pattern. It holds what can make a difference to a number: captures keep
 * their number only, comments and options are gone, and every set of characters is the set of number symbols
 * in it (or of another alphabet's characters, when the pattern was parsed for one). `start` and `end` are offsets in the pattern (UTF-16 units, `end` exclusive), so that whatever is
 * said about a node can be shown in its place.
 *
 * @module
 */

interface Placed {
  readonly start: number;
  readonly end: number;
}

/** Matches nothing, successfully: an empty branch, a group's empty body. */
export interface EmptyNode extends Placed {
  readonly kind: "empty";
}

/** One element written in a class: `a`, `0-9`, `\d`. */
export interface ClassItem extends Placed {
  /** The character when the item is a single one, written as itself or escaped; else null. */
  readonly character: string | null;
}

/** Matches one symbol out of a set. */
export interface SetNode extends Placed {
  readonly kind: "set";
  /** Bit `s` stands for `SYMBOLS[s]`, or the other alphabet's `s`; 0 when none of it is in the set. */
  readonly symbols: number;
  readonly form: "literal" | "escape" | "class" | "any";
  /** What stands in a class, subtraction aside; empty for the other forms. */
  readonly items: readonly ClassItem[];
}

export interface SequenceNode extends Placed {
  readonly kind: "sequence";
  readonly nodes: readonly PatternNode[];
}

export interface AlternationNode extends Placed {
  readonly kind: "alternation";
  readonly branches: readonly PatternNode[];
}

/** Parentheses, capturing or not: a number matches the same. */
export interface GroupNode extends Placed {
  readonly kind: "group";
  /** The number of the group, as .NET counts: named ones behind all others; `null` = captures nothing. */
  readonly capture: number | null;
  readonly body: PatternNode;
}

export interface RepeatNode extends Placed {
  readonly kind: "repeat";
  readonly min: number;
  /** `Infinity` when there is no upper bound. */
  readonly max: number;
  /** Whether `?` follows. It makes no difference to whether a number matches. */
  readonly lazy: boolean;
  readonly body: PatternNode;
}

/** The start or the end. */
export interface EdgeNode extends Placed {
  readonly kind: "anchor";
  readonly anchor: "start" | "end";
  /**
   * The line breaks at which it holds as well: `last` is one that ends the text. A number holds no line
   * break, hence for numbers `^`, `\A` and `\G` are the same, and so are `$`, `\Z` and `\z`, in every mode.
   */
  readonly lineBreaks: "none" | "last" | "every";
}

export interface BoundaryNode extends Placed {
  readonly kind: "anchor";
  readonly anchor: "word-boundary" | "not-word-boundary";
}

/** A place in the number. */
export type AnchorNode = EdgeNode | BoundaryNode;

/** A lookahead or lookbehind. */
export interface LookNode extends Placed {
  readonly kind: "look";
  readonly direction: "ahead" | "behind";
  readonly negative: boolean;
  readonly body: PatternNode;
}

export type PatternNode =
  | EmptyNode
  | SetNode
  | SequenceNode
  | AlternationNode
  | GroupNode
  | RepeatNode
  | AnchorNode
  | LookNode;

/** The nodes directly inside `node`, in the order in which they are written. */
export function childrenOf(node: PatternNode): readonly PatternNode[] {
  switch (node.kind) {
    case "sequence":
      return node.nodes;
    case "alternation":
      return node.branches;
    case "group":
    case "repeat":
    case "look":
      return [node.body];
    case "empty":
    case "set":
    case "anchor":
      return [];
  }
}

/** `node` and everything inside it, outermost first, in the order in which it is written. */
export function* nodesOf(node: PatternNode): Generator<PatternNode> {
  yield node;
  for (const child of childrenOf(node)) yield* nodesOf(child);
}

/**
 * Whether `node` can only match the empty text, whatever stands around it: anchors and lookarounds, and
 * what is made of them alone. Repeating such a thing is the same as having it once.
 */
export function isZeroWidth(node: PatternNode): boolean {
  if (node.kind === "set") return false;
  if (node.kind === "look") return true;
  if (node.kind === "repeat" && node.max === 0) return true;
  return childrenOf(node).every(isZeroWidth);
}

/** The tree with `old`, found by identity, replaced by `replacement`. */
export function replaceNode(
  tree: PatternNode,
  old: PatternNode,
  replacement: PatternNode,
): PatternNode {
  if (tree === old) return replacement;
  const within = (child: PatternNode): PatternNode => replaceNode(child, old, replacement);
  switch (tree.kind) {
    case "sequence":
      return { ...tree, nodes: tree.nodes.map(within) };
    case "alternation":
      return { ...tree, branches: tree.branches.map(within) };
    case "group":
    case "repeat":
    case "look":
      return { ...tree, body: within(tree.body) };
    case "empty":
    case "set":
    case "anchor":
      return tree;
  }
}

/** What is left when the groups around it are taken away. */
export function withoutGroups(node: PatternNode): PatternNode {
  return node.kind === "group" ? withoutGroups(node.body) : node;
}
