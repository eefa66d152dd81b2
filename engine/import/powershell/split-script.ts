/**
 * Cuts a script into statements, following PowerShell's own rules for where one ends: line endings
 * outside brackets, unless a backtick, a pipe, a comma or an assignment carries the statement on.
 * What the statements mean is not decided here.
 *
 * @module
 */

import {
  MAX_SCRIPT_NESTING,
  MAX_STATEMENT_CHARS,
  MAX_STATEMENTS,
  MAX_STRING_CHARS,
} from "../budgets.ts";
import { continuesBlock, isBlockHead } from "./block-keywords.ts";
import { StatementMask } from "./mask-statement.ts";
import { isBlank, isDash, isNewline } from "./powershell-characters.ts";
import { scanString } from "./scan-string.ts";
import type { ScriptBlock, ScriptStatement } from "./script-statement.ts";
import { endOfLine, matchAt, skipComments, skipToStatement } from "./skip-filler.ts";

const CONTINUATION_PROMPT = />>(?=[ \t])/uy;
const BACKTICK_AND_BLANKS = /`[ \t]+(?=[\r\n])/uy;
const PLACEHOLDER = /<(\p{L}[^<>|;"'`${}()\r\n]{0,200})>/uy;
const TYPOGRAPHIC_CMDLET = /\p{L}+[\u2013\u2014\u2015]\p{L}[\p{L}\d]*/uy;
const LABEL = /:[\p{L}_][\p{L}\d_]*[ \t\r\n]+/uy;
const HEAD = /[\p{L}_][\p{L}\d_-]*/uy;

/** Operators that want a value behind them, wherever the line ends. */
const OPEN_OPERATORS = "+*/%";
const WORD_OPERATOR =
  /(?:^|[\s)\]'"}])-(?:and|or|xor|f|join|split|replace|match|like|eq|ne|contains|in|notin|notlike|notmatch)$/iu;

/** A text as statements; `stoppedAt` tells where reading stopped because there are too many. */
export interface SplitScript {
  readonly statements: readonly ScriptStatement[];
  readonly stoppedAt: number | null;
}

/** What is shared by all statements and blocks of one text. */
interface Splitting {
  readonly text: string;
  /** Statements that may still be cut out. */
  left: number;
}

/** Splits `text` from `from` to its end, and the blocks in it. Cost: O(characters). */
export function splitScript(text: string, from = 0, to = text.length): SplitScript {
  const splitting = { text, left: MAX_STATEMENTS };
  const statements: ScriptStatement[] = [];
  let at = from;
  for (;;) {
    at = skipToStatement(text, at, to);
    if (splitting.left <= 0 && at < to) return { statements, stoppedAt: at };
    if (at >= to) return { statements, stoppedAt: null };
    const scanner = new StatementScanner(splitting, at, to, 0);
    statements.push(scanner.scan());
    at = scanner.at;
  }
}

/** Cuts the block that begins with `{` at `open`; `closed` tells whether its `}` was found. */
function splitBlock(
  splitting: Splitting,
  open: number,
  to: number,
  level: number,
): { readonly block: ScriptBlock; readonly closed: boolean } {
  const { text } = splitting;
  const statements: ScriptStatement[] = [];
  let at = open + 1;
  for (;;) {
    at = splitting.left <= 0 ? to : skipToStatement(text, at, to);
    if (at >= to) return { block: { start: open, end: to, statements }, closed: false };
    if (text[at] === "}") return { block: { start: open, end: at + 1, statements }, closed: true };
    const scanner = new StatementScanner(splitting, at, to, level);
    statements.push(scanner.scan());
    at = scanner.at;
  }
}

class StatementScanner {
  at: number;
  readonly #text: string;
  readonly #to: number;
  readonly #mask: StatementMask;
  readonly #head: string;
  #closers: { readonly closer: string; readonly at: number }[] = [];
  /** Whether a word could begin here. */
  #fresh = true;
  /** Whether a command's name could begin here. */
  #commandMayStart = true;
  /** Whether the words here are arguments of a command. */
  #inCommand = false;
  #blocksClosed = 0;
  /** Last character that is neither blank nor comment, and where it ends. */
  #last = "";
  #lastEnd: number;
  /** Up to here it is known that the statement goes on. */
  #goesOnTo = 0;
  /** Characters of blocks: they are statements of their own and count as such. */
  #blockChars = 0;
  readonly #splitting: Splitting;
  /** Blocks around this statement. */
  readonly #level: number;

  constructor(splitting: Splitting, at: number, to: number, level: number) {
    const { text } = splitting;
    splitting.left--;
    this.#splitting = splitting;
    this.#level = level;
    this.#text = text;
    this.at = at;
    this.#to = to;
    this.#mask = new StatementMask(text, at);
    this.#lastEnd = at;
    const label = matchAt(LABEL, text, at)?.[0].length ?? 0;
    this.#head = (matchAt(HEAD, text, at + label)?.[0] ?? "").toLowerCase();
  }

  scan(): ScriptStatement {
    while (this.at < this.#to && !this.#atEnd()) this.#step();
    const open = this.#closers.at(-1);
    if (open !== undefined) this.#unfinished(open.at, `"${this.#text[open.at] ?? ""}"`);
    const end = this.#lastEnd;
    if (end - this.#mask.start - this.#blockChars > MAX_STATEMENT_CHARS) {
      const what = `this statement has more than ${MAX_STATEMENT_CHARS} characters`;
      this.#tooLarge(this.#mask.start, what);
    }
    return this.#mask.finish(end, this.#head);
  }

  #atEnd(): boolean {
    const char = this.#text[this.at];
    // WHY: in a block, "}" ends it even behind an open "(", so that the fault stays in one statement.
    if (char === "}" && this.#level > 0 && !this.#closers.some((c) => c.closer === "}"))
      return true;
    if (this.#closers.length > 0) return false;
    if (char === ";") return true;
    if (isNewline(char)) return !this.#carriesOn();
    const closer = this.#head === "param" ? ")" : "}";
    return this.#last === closer && this.#isBehindBlock(char ?? "");
  }

  /** Whether a statement that is a block has ended and another one begins on its line. */
  #isBehindBlock(char: string): boolean {
    if (this.#blocksClosed === 0 || !isBlockHead(this.#head)) return false;
    if (!/[\p{L}$"'[@%?&]/u.test(char) || isBlank(char)) return false;
    return !continuesBlock(this.#head, this.#text, this.at);
  }

  #carriesOn(): boolean {
    if (this.at < this.#goesOnTo) return true;
    if ("|,=".includes(this.#last) && this.#last !== "") return true;
    if (this.#last === "&" && this.#text[this.#lastEnd - 2] === "&") return true;
    if (OPEN_OPERATORS.includes(this.#last) && !this.#inCommand) return true;
    if (this.#last.length > 0 && !this.#inCommand && this.#endsWithWordOperator()) return true;
    const next = skipComments(this.#text, this.at, this.#to);
    const goesOn = this.#text[next] === "|" || this.#blockGoesOn(next);
    if (goesOn) this.#goesOnTo = next;
    return goesOn;
  }

  #blockGoesOn(next: number): boolean {
    if (!isBlockHead(this.#head)) return false;
    return this.#blocksClosed === 0 || continuesBlock(this.#head, this.#text, next);
  }

  /** `-and`, `-f` and the like at the end of a line: a value must follow. */
  #endsWithWordOperator(): boolean {
    const tail = this.#text.slice(Math.max(this.#mask.start, this.#lastEnd - 13), this.#lastEnd);
    return WORD_OPERATOR.test(tail);
  }

  #step(): void {
    const char = this.#text[this.at] ?? "";
    if (/^[\w.]$/.test(char) && !this.#commandMayStart) this.#take(1, false);
    else if (isNewline(char) || isBlank(char)) this.#passBlank(char);
    else if (char === "`") this.#passBacktick();
    else if (char === "#" && this.#fresh)
      this.#passComment(endOfLine(this.#text, this.at, this.#to));
    else if (this.#text.startsWith("<#", this.at)) this.#passBlockComment();
    else if (!this.#passString() && !this.#passPlaceholder()) this.#passOther(char);
  }

  #passBlank(char: string): void {
    // WHY: the grammar takes a non-breaking blank behind a string for a word of its own.
    if (char !== " " && !isNewline(char)) this.#mask.blank(this.at, this.at + 1);
    if (isNewline(char) && this.#closers.length > 0) this.#commandMayStart = true;
    this.at++;
    this.#fresh = true;
    if (isNewline(char)) this.#passContinuationPrompt();
  }

  #passBacktick(): void {
    const ending = this.#text.startsWith("\r\n", this.at + 1) ? 2 : 1;
    if (isNewline(this.#text[this.at + 1])) {
      this.#mask.blank(this.at, this.at + 1 + ending);
      this.at += 1 + ending;
      this.#fresh = true;
      this.#passContinuationPrompt();
      return;
    }
    if (matchAt(BACKTICK_AND_BLANKS, this.#text, this.at) !== null) {
      const what = "a blank stands behind the backtick, so the statement does not go on";
      const hint = "delete the blanks at the end of the line";
      this.#mask.fault({ code: "IMPORT_STRAY_SPACE", offset: this.at, what, hint });
    }
    this.#take(Math.min(2, this.#to - this.at), false);
  }

  /** `>> ` at the start of a line that carries a statement on, copied from a session. */
  #passContinuationPrompt(): void {
    const prompt = matchAt(CONTINUATION_PROMPT, this.#text, this.at)?.[0] ?? "";
    if (prompt === "") return;
    this.#mask.blank(this.at, this.at + prompt.length);
    this.at += prompt.length;
  }

  #passComment(end: number): void {
    this.#mask.blank(this.at, end);
    this.at = end;
    this.#fresh = true;
  }

  #passBlockComment(): void {
    const close = this.#text.indexOf("#>", this.at + 2);
    if (close >= 0 && close < this.#to) this.#passComment(close + 2);
    else {
      this.#unfinished(this.at, "comment <#");
      this.#take(this.#to - this.at, true);
    }
  }

  #passString(): boolean {
    const char = this.#text[this.at];
    const extent = char === "@" && !this.#fresh ? null : scanString(this.#text, this.at);
    if (extent === null) return false;
    if (extent.fault === "open") {
      this.#unfinished(extent.start, `string that begins with ${this.#text[this.at]}`);
    } else if (extent.fault === "deep") this.#tooDeep(extent.start);
    else if (extent.end - extent.start > MAX_STRING_CHARS) {
      this.#tooLarge(extent.start, `this string has more than ${MAX_STRING_CHARS} characters`);
    }
    if (!this.#tooLong()) {
      this.#mask.literal(extent.start, Math.min(extent.end, this.#to), { kind: "string", extent });
    }
    this.#take(Math.min(extent.end, this.#to) - this.at, false);
    return true;
  }

  /** What is refused for its length needs no mask. */
  #tooLong(): boolean {
    return this.at - this.#mask.start - this.#blockChars > MAX_STATEMENT_CHARS;
  }

  #passPlaceholder(): boolean {
    if (this.#text[this.at] !== "<" || this.#tooLong()) return false;
    const found = matchAt(PLACEHOLDER, this.#text, this.at);
    if (found === null) return false;
    const name = (found[1] ?? "").trim();
    this.#mask.literal(this.at, this.at + found[0].length, { kind: "placeholder", name });
    this.#take(found[0].length, false);
    return true;
  }

  #passOther(char: string): void {
    if (char === "{" && this.#opensBlock()) this.#passBlock();
    else if ("({".includes(char)) this.#open(char);
    else if (")}".includes(char)) this.#close(char);
    else if (char === "$" && this.#text[this.at + 1] === "{") this.#passBracedVariable();
    else if (char === ",") this.#passComma();
    else if (isDash(char) && this.#fresh) this.#passDash();
    else if (this.#commandMayStart && this.#fresh && /[\p{L}]/u.test(char)) this.#passCommandName();
    else this.#passOrdinary(char);
  }

  /** Whether `{` here begins code, and no hashtable. */
  #opensBlock(): boolean {
    const table = this.#last === "@" && this.#lastEnd === this.at;
    return !table && this.#level + this.#closers.length < MAX_SCRIPT_NESTING;
  }

  #passBlock(): void {
    const level = this.#level + this.#closers.length + 1;
    const { block, closed } = splitBlock(this.#splitting, this.at, this.#to, level);
    this.#mask.block(block);
    this.#blockChars += block.end - block.start;
    if (!closed) this.#unfinished(this.at, '"{"');
    else if (this.#closers.length === 0) this.#blocksClosed++;
    this.#take(block.end - this.at, false);
    this.#fresh = true;
  }

  #open(char: string): void {
    this.#closers.push({ closer: char === "(" ? ")" : "}", at: this.at });
    if (this.#level + this.#closers.length === MAX_SCRIPT_NESTING + 1) this.#tooDeep(this.at);
    this.#take(1, true);
    this.#commandMayStart = true;
  }

  #close(char: string): void {
    if (this.#closers.at(-1)?.closer === char) this.#closers.pop();
    else {
      const what = `"${char}" closes nothing`;
      const hint = "delete it, or write what it should close";
      this.#mask.fault({ code: "IMPORT_SYNTAX", offset: this.at, what, hint });
    }
    if (this.#closers.length === 0 && (char === "}" || this.#head === "param"))
      this.#blocksClosed++;
    this.#take(1, false);
  }

  #passBracedVariable(): void {
    const close = this.#text.indexOf("}", this.at);
    if (close >= 0 && close < this.#to) this.#take(close + 1 - this.at, false);
    else {
      this.#unfinished(this.at, "variable ${");
      this.#take(this.#to - this.at, false);
    }
  }

  #passComma(): void {
    if (!/[,({=|;]/.test(this.#last || ",")) this.#mask.pullComma(this.#lastEnd, this.at);
    this.#take(1, true);
  }

  #passDash(): void {
    if (this.#text[this.at] !== "-") this.#mask.dash(this.at);
    const stray = /[-\u2013\u2014\u2015][ \t]+([A-Za-z]\w*)/y;
    const name = matchAt(stray, this.#text, this.at)?.[1];
    if (this.#inCommand && name !== undefined && this.#closers.length === 0) {
      const what = `there is a blank between "-" and "${name}", so this is no parameter`;
      const hint = `write -${name}`;
      this.#mask.fault({ code: "IMPORT_STRAY_SPACE", offset: this.at, what, hint });
    }
    this.#take(1, false);
  }

  #passCommandName(): void {
    const typographic = matchAt(TYPOGRAPHIC_CMDLET, this.#text, this.at)?.[0];
    if (typographic !== undefined) this.#mask.dash(this.at + typographic.search(/[\u2013-\u2015]/));
    const word = typographic ?? matchAt(HEAD, this.#text, this.at)?.[0] ?? "";
    this.#take(Math.max(1, word.length), false);
    this.#inCommand = true;
  }

  #passOrdinary(char: string): void {
    const starts = "|=;&".includes(char);
    // WHY: `=` inside a command is an argument; outside it may be followed by a command.
    const opensCommand = starts && (char !== "=" || !this.#inCommand);
    this.#take(1, starts);
    if (opensCommand) {
      this.#commandMayStart = true;
      this.#inCommand = false;
    }
  }

  /** Passes over `length` characters that belong to the statement. */
  #take(length: number, fresh: boolean): void {
    this.at += length;
    this.#last = this.#text[this.at - 1] ?? "";
    this.#lastEnd = this.at;
    this.#fresh = fresh;
    this.#commandMayStart = false;
  }

  #unfinished(offset: number, name: string): void {
    const what = `the ${name} is never closed: the script stops half way`;
    const hint = "close it, or fetch the whole file again";
    this.#mask.fault({ code: "IMPORT_SYNTAX", offset, what, hint });
  }

  #tooDeep(offset: number): void {
    this.#tooLarge(offset, `more than ${MAX_SCRIPT_NESTING} brackets stand inside each other`);
  }

  #tooLarge(offset: number, what: string): void {
    const hint = "split it into smaller statements";
    this.#mask.fault({ code: "IMPORT_TOO_LARGE", offset, what, hint });
  }
}
