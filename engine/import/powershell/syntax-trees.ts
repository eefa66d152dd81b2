import type { Parser } from "web-tree-sitter";
import { type ParsedStatement, parseStatement } from "./parse-statement.ts";
import type { ScriptStatement } from "./script-statement.ts";
import { type SplitScript, splitScript } from "./split-script.ts";

/** Characters whose trees are kept at a time: a tree takes about a hundred bytes for each. */
const MAX_KEPT_CHARS = 2_000_000;

/** Trees of statements, kept while a loop may come to them again. */
export class SyntaxTrees {
  readonly #parser: Parser;
  #trees = new WeakMap<ScriptStatement, ParsedStatement>();
  #ranges = new Map<string, SplitScript>();
  #kept = 0;

  constructor(parser: Parser) {
    this.#parser = parser;
  }

  of(statement: ScriptStatement): ParsedStatement {
    const known = this.#trees.get(statement);
    if (known !== undefined) return known;
    this.#keep(statement.end - statement.start);
    const parsed = parseStatement(this.#parser, statement);
    this.#trees.set(statement, parsed);
    return parsed;
  }

  /** The statements between two offsets: the inside of `"$( … )"`, a default. */
  ofRange(text: string, from: number, to: number): SplitScript {
    const key = `${from}:${to}`;
    const known = this.#ranges.get(key);
    if (known !== undefined) return known;
    this.#keep(to - from);
    const split = splitScript(text, from, to);
    this.#ranges.set(key, split);
    return split;
  }

  #keep(chars: number): void {
    this.#kept += chars;
    if (this.#kept <= MAX_KEPT_CHARS) return;
    this.#trees = new WeakMap();
    this.#ranges = new Map();
    this.#kept = chars;
  }
}
