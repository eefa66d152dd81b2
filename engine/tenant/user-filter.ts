/**
 * `Get-CsOnlineUser -Filter`: comparisons of a user's properties with literals, joined by `-and`, `-or`,
 * `-not` and brackets (Microsoft: Get-CsOnlineUser; documented). Texts compare in any case; nothing and
 * the empty text are the same (assumed). What else stands there is not evaluated: `cause` says what.
 *
 * @module
 */
import type { ArgumentValue, OutputObject } from "./cmdlet-invocation.ts";

/** A filter that was understood, or why it was not. */
export type UserFilter =
  | { readonly ok: true; readonly accepts: (object: OutputObject) => boolean }
  | { readonly ok: false; readonly cause: string };

type Accepts = (object: OutputObject) => boolean;
type Literal = string | boolean | null;

interface Token {
  readonly kind: "word" | "operator" | "text" | "variable" | "open" | "close";
  readonly text: string;
}

/** Filters beyond this are refused unread: no administrator writes one. */
const MAX_FILTER_CHARS = 10_000;
/** Brackets and `-not` inside each other. */
const MAX_FILTER_DEPTH = 50;

const TOKEN =
  /\s+|(?<text>"(?:[^"`$]|"")*"|'(?:[^']|'')*')|(?<operator>-[a-z]+)|(?<variable>\$\w+)|(?<word>[\p{L}\p{N}_.+@:*]+)|(?<open>\()|(?<close>\))/iuy;

class NotUnderstood extends Error {}

function tokensOf(filter: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < filter.length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(filter)?.groups;
    if (groups === undefined) throw new NotUnderstood(`"${filter.slice(at, at + 20)}" is not read`);
    const found = Object.entries(groups).find(([, text]) => text !== undefined);
    if (found !== undefined) tokens.push({ kind: found[0] as Token["kind"], text: found[1] ?? "" });
  }
  return tokens;
}

const CONSTANTS: Readonly<Record<string, Literal>> = { $true: true, $false: false, $null: null };

/** Recursive descent; PowerShell gives `-and` and `-or` the same rank, left to right. */
class FilterParser {
  readonly #tokens: readonly Token[];
  readonly #names: ReadonlyMap<string, string>;
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], properties: readonly string[]) {
    this.#tokens = tokens;
    this.#names = new Map(properties.map((name) => [name.toLowerCase(), name]));
  }

  whole(): Accepts {
    const accepts = this.#chain();
    const rest = this.#tokens[this.#next];
    if (rest !== undefined) throw new NotUnderstood(`"${rest.text}" is not expected there`);
    return accepts;
  }

  #chain(): Accepts {
    let accepts = this.#term();
    while (this.#isOperator("-and", "-or")) {
      const isAnd = this.#take().text.toLowerCase() === "-and";
      const left = accepts;
      const right = this.#term();
      accepts = isAnd ? (o) => left(o) && right(o) : (o) => left(o) || right(o);
    }
    return accepts;
  }

  #term(): Accepts {
    if (++this.#depth > MAX_FILTER_DEPTH) throw new NotUnderstood("it is nested too deeply");
    const accepts = this.#unary();
    this.#depth--;
    return accepts;
  }

  #unary(): Accepts {
    if (this.#isOperator("-not")) {
      this.#next++;
      const inner = this.#term();
      return (object) => !inner(object);
    }
    if (this.#tokens[this.#next]?.kind !== "open") return this.#comparison();
    this.#next++;
    const inner = this.#chain();
    if (this.#take().kind !== "close") throw new NotUnderstood('")" is missing');
    return inner;
  }

  #comparison(): Accepts {
    const word = this.#take();
    const name = word.kind === "word" ? this.#names.get(word.text.toLowerCase()) : undefined;
    if (name === undefined) throw new NotUnderstood(`"${word.text}" is no property that is kept`);
    const operator = this.#take();
    const test = operator.kind === "operator" ? testOf(operator.text, this.#literal(name)) : null;
    if (test === null) throw new NotUnderstood(`"${operator.text}" is not evaluated there`);
    return ({ properties }) => test(properties[name] ?? null);
  }

  #literal(property: string): Literal {
    const { kind, text } = this.#take();
    if (kind === "text") return plain(text.slice(1, -1).replace(/(["'])\1/g, "$1"), property);
    const name = text.toLowerCase();
    if (kind === "word") return plain(text, property);
    if (kind === "variable" && Object.hasOwn(CONSTANTS, name)) return CONSTANTS[name] ?? null;
    throw new NotUnderstood(`"${text}" is no literal`);
  }

  #isOperator(...names: readonly string[]): boolean {
    const token = this.#tokens[this.#next];
    return token?.kind === "operator" && names.includes(token.text.toLowerCase());
  }

  #take(): Token {
    const token = this.#tokens[this.#next++];
    if (token === undefined) throw new NotUnderstood("it ends too early");
    return token;
  }
}

/** A policy is named with or without `Tag:`. */
function plain(text: string, property: string): string {
  return /(?:Policy|Plan|Identity)$/.test(property) ? text.replace(/^tag:/i, "") : text;
}

function testOf(operator: string, literal: Literal): ((value: ArgumentValue) => boolean) | null {
  switch (operator.toLowerCase()) {
    case "-eq":
      return (value) => shown(value) === shown(literal);
    case "-ne":
      return (value) => shown(value) !== shown(literal);
    case "-like":
      return like(shown(literal));
    case "-notlike": {
      const test = like(shown(literal));
      return test && ((value) => !test(value));
    }
    case "-contains":
      return (value) => Array.isArray(value) && value.some((one) => shown(one) === shown(literal));
    default:
      return null;
  }
}

function shown(value: ArgumentValue): string {
  return value === null ? "" : String(value).toLowerCase();
}

/** `*` stands for any text; other wildcards are not evaluated. */
function like(pattern: string): ((value: ArgumentValue) => boolean) | null {
  if (/[?[\]]/.test(pattern)) return null;
  const parts = pattern.split("*");
  const [first = "", ...rest] = parts;
  const last = rest.pop();
  return (value) => {
    const text = shown(value);
    if (last === undefined) return text === first;
    if (!text.startsWith(first)) return false;
    let at = first.length;
    for (const part of rest) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return text.length - at >= last.length && text.endsWith(last);
  };
}

/** Reads a filter over objects with these properties. Cost: linear in the filter's length. */
export function readUserFilter(filter: string, properties: readonly string[]): UserFilter {
  if (filter.length > MAX_FILTER_CHARS) return { ok: false, cause: "it is too long" };
  try {
    return { ok: true, accepts: new FilterParser(tokensOf(filter), properties).whole() };
  } catch (error) {
    if (error instanceof NotUnderstood) return { ok: false, cause: error.message };
    throw error;
  }
}
