/**
 * The outline of a JSON text: how many keys, how deep, and where its records begin, without building
 * values. Cost: one pass, strings in leaps.
 *
 * @module
 */
import { MAX_TENANT_NESTING } from "../budgets.ts";

/** What is found without building values. */
export interface JsonOutline {
  /** Keys of all objects. */
  readonly keys: number;
  /** Deepest nesting; the rest of a text that passes the budget is not looked at. */
  readonly depth: number;
  /** Where each record begins. */
  readonly offsets: readonly number[];
}

/** `{ "value": [ … ], "Count": 3 }`: how Windows PowerShell writes some lists. */
const WRAPPED = /^\s*\{\s*(?:"Count"\s*:\s*\d+\s*,\s*)?"value"\s*:\s*\[/i;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPENING_SQUARE = 0x5b;
const OPENING_BRACE = 0x7b;
const LAST_BLANK = 0x20;

function isOpening(code: number): boolean {
  return code === OPENING_SQUARE || code === OPENING_BRACE;
}

/** `]` and `}` stand two places behind `[` and `{`. */
function isClosing(code: number): boolean {
  return isOpening(code - 2);
}

/** The outline of a text; of one that is no JSON, whatever comes of it. */
export function outlineOf(text: string): JsonOutline {
  return new OutlineScan(text).run();
}

class OutlineScan {
  readonly #text: string;
  /** How deep records stand: 0 for a single one, 1 in a list, 2 in a wrapped list. */
  readonly #level: number;
  readonly #offsets: number[] = [];
  #keys = 0;
  #depth = 0;
  #deepest = 0;
  /** Whether the next value is a record. */
  #begins: boolean;

  constructor(text: string) {
    this.#text = text;
    this.#level = WRAPPED.test(text) ? 2 : /^\s*\[/.test(text) ? 1 : 0;
    this.#begins = this.#level === 0;
  }

  run(): JsonOutline {
    const { length } = this.#text;
    for (let at = 0; at < length && this.#deepest <= MAX_TENANT_NESTING; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code <= LAST_BLANK) continue;
      if (this.#begins && !isClosing(code)) this.#offsets.push(at);
      this.#begins = false;
      if (code === QUOTE) at = endOfString(this.#text, at);
      else this.#mark(code);
    }
    return { keys: this.#keys, depth: this.#deepest, offsets: this.#offsets };
  }

  #mark(code: number): void {
    if (code === COLON) this.#keys += 1;
    else if (code === COMMA) this.#begins = this.#level > 0 && this.#depth === this.#level;
    else if (isOpening(code)) {
      this.#depth += 1;
      this.#deepest = Math.max(this.#deepest, this.#depth);
      this.#begins = this.#depth === this.#level;
    } else if (isClosing(code)) this.#depth -= 1;
  }
}

/** Where the closing quote of a string stands; the text's end when it is not closed. */
function endOfString(text: string, start: number): number {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end + 1);
    if (end < 0) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
}

/**
 * Where a key of the object that begins at `start` stands, by any of its `names` in lower case; `start`
 * itself when it has none of them.
 */
export function offsetOfKey(
  text: string,
  start: number,
  end: number,
  names: ReadonlySet<string>,
): number {
  let depth = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const close = endOfString(text, at);
      if (depth === 1 && isKey(text, close) && names.has(text.slice(at + 1, close).toLowerCase())) {
        return at;
      }
      at = close;
    } else if (isOpening(code)) depth += 1;
    else if (isClosing(code)) depth -= 1;
  }
  return start;
}

/** Whether a colon follows the string that ends at `close`. */
function isKey(text: string, close: number): boolean {
  let at = close + 1;
  while (text.charCodeAt(at) <= LAST_BLANK) at += 1;
  return text.charCodeAt(at) === COLON;
}
