import { MAX_TENANT_NESTING } from "../budgets.ts";
import type { NodePath, PathStep } from "./source-document.ts";

/** Told of each node of a JSON text, in order. `path` is reused: copy it to keep it. */
export interface JsonVisitor {
  /** A key; `path` leads to its object, `duplicate` when the object had it before. */
  key?(path: NodePath, key: string, offset: number, duplicate: boolean): void;
  /** A value of any kind, before what it holds. */
  value?(path: NodePath, offset: number): void;
}

/** Where and why a text is no JSON, or is nested too deeply. */
export interface JsonFault {
  readonly kind: "syntax" | "nesting";
  readonly what: string;
  readonly offset: number;
}

interface Level {
  /** Keys seen so far; `null` in a list. */
  readonly keys: Set<string> | null;
}

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;
const SCALAR = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y;
const BLANKS = /[ \t\n\r]*/y;

/**
 * Walks a JSON text (RFC 8259) without building its value: tells where nodes stand, which JSON.parse
 * does not, and finds duplicate keys, of which JSON.parse keeps the last in silence. Cost: linear.
 */
export function scanJson(text: string, visitor: JsonVisitor): JsonFault | null {
  return new JsonScan(text, visitor).run();
}

class JsonScan {
  readonly #text: string;
  readonly #visitor: JsonVisitor;
  readonly #levels: Level[] = [];
  readonly #path: PathStep[] = [];
  #offset = 0;

  constructor(text: string, visitor: JsonVisitor) {
    this.#text = text;
    this.#visitor = visitor;
  }

  run(): JsonFault | null {
    let fault = this.#value();
    while (fault === null && this.#levels.length > 0) fault = this.#afterValue();
    if (fault !== null) return fault;
    this.#skip(BLANKS);
    return this.#offset < this.#text.length ? this.#expected("the end of the file") : null;
  }

  /** Reads a scalar, or opens a list or object and reads its first member's start. */
  #value(): JsonFault | null {
    this.#skip(BLANKS);
    this.#visitor.value?.(this.#path, this.#offset);
    const first = this.#text[this.#offset];
    if (first === "{" || first === "[") return this.#open(first);
    if (first === '"') return this.#string();
    return this.#skip(SCALAR) === 0 ? this.#expected("a value") : null;
  }

  #open(bracket: "{" | "["): JsonFault | null {
    if (this.#levels.length >= MAX_TENANT_NESTING) {
      const what = `nesting deeper than ${MAX_TENANT_NESTING}`;
      return { kind: "nesting", what, offset: this.#offset };
    }
    this.#offset += 1;
    this.#skip(BLANKS);
    const close = bracket === "{" ? "}" : "]";
    if (this.#text[this.#offset] === close) {
      this.#offset += 1;
      return null;
    }
    this.#levels.push({ keys: bracket === "{" ? new Set() : null });
    if (bracket === "{") return this.#member();
    this.#path.push(0);
    return this.#value();
  }

  /** `"key": value`, the key and colon and the value's start. */
  #member(): JsonFault | null {
    this.#skip(BLANKS);
    const start = this.#offset;
    if (this.#text[start] !== '"') return this.#expected("a key in double quotes");
    const fault = this.#string();
    if (fault !== null) return fault;
    const key = String(JSON.parse(this.#text.slice(start, this.#offset)));
    const keys = this.#levels.at(-1)?.keys;
    this.#visitor.key?.(this.#path, key, start, keys?.has(key) === true);
    keys?.add(key);
    this.#skip(BLANKS);
    if (this.#text[this.#offset] !== ":") return this.#expected("a colon");
    this.#offset += 1;
    this.#path.push(key);
    return this.#value();
  }

  /** What follows a finished value inside a list or object. */
  #afterValue(): JsonFault | null {
    this.#skip(BLANKS);
    const inObject = this.#levels.at(-1)?.keys != null;
    const next = this.#text[this.#offset];
    const step = this.#path.pop();
    if (next === (inObject ? "}" : "]")) {
      this.#offset += 1;
      this.#levels.pop();
      return null;
    }
    if (next !== ",") return this.#expected(`a comma or ${inObject ? "}" : "]"}`);
    this.#offset += 1;
    if (inObject) return this.#member();
    this.#path.push(Number(step) + 1);
    return this.#value();
  }

  /** A text in double quotes; the offset stands on the first. */
  #string(): JsonFault | null {
    this.#offset += 1;
    for (;;) {
      const code = this.#text.charCodeAt(this.#offset);
      if (code === BACKSLASH) {
        if (this.#skip(ESCAPE) === 0) return this.#expected("an escape that JSON knows");
      } else if (code >= FIRST_PRINTABLE) {
        this.#offset += 1;
        if (code === QUOTE) return null;
      } else return this.#expected("a closing quote on the same line");
    }
  }

  /** Moves past what the sticky pattern matches here; its length. */
  #skip(pattern: RegExp): number {
    pattern.lastIndex = this.#offset;
    const end = pattern.test(this.#text) ? pattern.lastIndex : this.#offset;
    const length = end - this.#offset;
    this.#offset = end;
    return length;
  }

  #expected(what: string): JsonFault {
    const found = this.#text[this.#offset];
    const instead = found === undefined ? "the file ends" : `there is ${JSON.stringify(found)}`;
    return { kind: "syntax", what: `expected ${what}, but ${instead}`, offset: this.#offset };
  }
}
