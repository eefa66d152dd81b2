/**
 * Finds the resource blocks of a Desired State Configuration (`Configuration X { Node localhost {
 * TeamsVoiceRoute "UK" { … } } }`) and reads their values. Such a file declares; nothing of it is run: a value
 * that only a running PowerShell could know is kept as what it is.
 *
 * @module
 */
import { MAX_SCRIPT_NESTING } from "../budgets.ts";
import { scanString } from "../powershell/scan-string.ts";

/** A value whose text needs PowerShell to run, such as `$Credential`. */
export interface UnresolvedValue {
  readonly unresolved: string;
}

/** A property of a block. */
export interface DscProperty {
  readonly name: string;
  /** Offset of the name. */
  readonly start: number;
  /** A text, number, boolean, null, list, object, or {@link UnresolvedValue}. */
  readonly value: unknown;
}

/** One resource block. */
export interface DscResource {
  readonly type: string;
  readonly start: number;
  readonly properties: readonly DscProperty[];
}

/** What stands where no value can be read. */
export interface DscFault {
  readonly offset: number;
  readonly what: string;
}

/** Whether a script is a configuration. */
export function isConfiguration(text: string): boolean {
  return (
    /^[ \t]*configuration[ \t]+[\w-]+\s*\{/im.test(text) &&
    /\bImport-DscResource\b|\bTeams[A-Za-z]+[ \t]+\S+\s*\{/i.test(text)
  );
}

/** All resource blocks, and what is wrong. Cost: linear. */
export function scanResources(text: string): {
  readonly resources: readonly DscResource[];
  readonly faults: readonly DscFault[];
} {
  return new ResourceScan(text).run();
}

/** `Type Name {`, also with the brace on the next line. Keywords of PowerShell are no types. */
const RESOURCE = /([A-Za-z][A-Za-z0-9_]*)[ \t]+(?:"[^"\r\n]*"|'[^'\r\n]*'|[\w.-]+)\s*\{/y;
const KEYWORDS = /^(?:configuration|node|function|foreach|if|param|class|filter|workflow)$/i;
const FILLER = /[\s;]+|`\r?\n/y;
const BLANKS = /\s+|`\r?\n/y;
const NAME = /[A-Za-z_]\w*/y;
const NUMBER = /[+-]?\d+(?:\.\d+)?(?=[\s,;)}]|$)/y;
const CONSTANT = /\$(true|false|null)\b/iy;
const CAST = /\[[\w.]+(?:\[\])?\]/y;
const EMBEDDED = /MSFT_\w+\s*\{/iy;
const CONSTANTS: Readonly<Record<string, boolean | null>> = {
  true: true,
  false: false,
  null: null,
};

class ResourceScan {
  readonly #text: string;
  readonly #resources: DscResource[] = [];
  readonly #faults: DscFault[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  run(): { readonly resources: readonly DscResource[]; readonly faults: readonly DscFault[] } {
    while (this.#at < this.#text.length && this.#faults.length === 0) this.#step();
    return { resources: this.#resources, faults: this.#faults };
  }

  /** Passes over one thing outside of resource blocks, or reads a block. */
  #step(): void {
    if (this.#skipComments() || this.#skipString()) return;
    const start = this.#at;
    const found = this.#match(RESOURCE);
    if (found !== null && !KEYWORDS.test(found[1] ?? "")) {
      const properties = this.#body(1);
      this.#resources.push({ type: found[1] ?? "", start, properties });
      return;
    }
    this.#at = start;
    if (this.#match(NAME) === null) this.#at += 1;
  }

  /** The properties up to the closing brace; the opening one is behind us. */
  #body(level: number): readonly DscProperty[] {
    const properties: DscProperty[] = [];
    for (;;) {
      while (this.#skipComments() || this.#match(FILLER) !== null);
      if (this.#text[this.#at] === "}") {
        this.#at += 1;
        return properties;
      }
      const start = this.#at;
      const name = this.#match(NAME)?.[0];
      while (/[ \t]/.test(this.#text[this.#at] ?? "")) this.#at += 1;
      if (name === undefined || this.#text[this.#at] !== "=") {
        this.#fault(start, 'expected a property such as Identity = "…", or }');
        return properties;
      }
      this.#at += 1;
      const value = this.#list(level);
      if (this.#faults.length > 0) return properties;
      properties.push({ name, start, value });
    }
  }

  /** A value, or several with commas between them. */
  #list(level: number): unknown {
    const first = this.#value(level);
    const values = [first];
    for (;;) {
      while (/[ \t]/.test(this.#text[this.#at] ?? "")) this.#at += 1;
      if (this.#text[this.#at] !== "," || this.#faults.length > 0) break;
      this.#at += 1;
      values.push(this.#value(level));
    }
    return values.length === 1 ? first : values;
  }

  #value(level: number): unknown {
    if (level > MAX_SCRIPT_NESTING) return this.#fault(this.#at, "this is nested too deeply");
    while (this.#match(BLANKS) !== null || this.#match(CAST) !== null);
    const literal = scanString(this.#text, this.#at);
    if (literal !== null) return this.#stringValue(literal);
    if (this.#text.startsWith("@(", this.#at)) return this.#elements(level + 1);
    if (this.#text.startsWith("@{", this.#at) || this.#match(EMBEDDED) !== null) {
      if (this.#text[this.#at] === "@") this.#at += 2;
      return objectOf(this.#body(level + 1));
    }
    const constant = this.#match(CONSTANT)?.[1];
    if (constant !== undefined) return CONSTANTS[constant.toLowerCase()] ?? null;
    const number = this.#match(NUMBER)?.[0];
    return number === undefined ? this.#unresolved() : Number(number);
  }

  #elements(level: number): unknown {
    this.#at += 2;
    const values: unknown[] = [];
    for (;;) {
      while (this.#skipComments() || this.#match(FILLER) !== null || this.#match(/,/y) !== null);
      if (this.#text[this.#at] === ")") {
        this.#at += 1;
        return values;
      }
      if (this.#at >= this.#text.length) return this.#fault(this.#at, "a list is not closed");
      const before = this.#at;
      values.push(this.#value(level));
      if (this.#at === before) this.#fault(before, "expected a value or )");
      if (this.#faults.length > 0) return values;
    }
  }

  #stringValue(literal: NonNullable<ReturnType<typeof scanString>>): unknown {
    const { form, contentStart, contentEnd, end, fault, start } = literal;
    if (fault !== null) return this.#fault(start, "a text is not closed");
    this.#at = end;
    const content = this.#text.slice(contentStart, contentEnd);
    if (form === "single-here") return content;
    if (form === "single") return content.replace(/(['\u2018-\u201b])['\u2018-\u201b]/gu, "$1");
    if (/(?<!`)\$[\w({]/.test(content)) return { unresolved: content };
    return content.replace(/`(.)/gsu, "$1").replace(/""/g, '"');
  }

  /** What goes on to the end of the line, brackets closed. */
  #unresolved(): UnresolvedValue {
    const start = this.#at;
    let depth = 0;
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at] ?? "";
      if (depth === 0 && /[\r\n;})]/.test(char)) break;
      if (/[({[]/.test(char)) depth += 1;
      if (/[)}\]]/.test(char)) depth -= 1;
      if (!this.#skipString()) this.#at += 1;
    }
    return { unresolved: this.#text.slice(start, this.#at).trim() };
  }

  #skipComments(): boolean {
    if (this.#text.startsWith("<#", this.#at)) {
      const close = this.#text.indexOf("#>", this.#at + 2);
      this.#at = close < 0 ? this.#text.length : close + 2;
      return true;
    }
    return this.#match(/#[^\r\n]*/y) !== null;
  }

  #skipString(): boolean {
    const literal = scanString(this.#text, this.#at);
    if (literal !== null) this.#at = literal.end;
    return literal !== null;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found !== null) this.#at = pattern.lastIndex;
    return found;
  }

  #fault(offset: number, what: string): undefined {
    this.#faults.push({ offset, what });
    return undefined;
  }
}

function objectOf(properties: readonly DscProperty[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(properties.map(({ name, value }) => [name, value]));
}
