/**
 * Parses a NumberPattern as .NET's `System.Text.RegularExpressions` does without options (Microsoft:
 * "Regular expression language - quick reference"). Teams evaluates the patterns of voice routes with it
 * (documented: `New-CsOnlineVoiceRoute`, `-NumberPattern`). Where the pages are silent, the reference
 * sources of .NET were run and their answers taken (observed); `fixtures/patterns/` holds them.
 *
 * @module
 */
import { SYMBOLS } from "./alphabet.ts";
import { CharacterSets, NUMBER_SETS } from "./character-sets.ts";
import { findCaptures } from "./find-captures.ts";
import { readClass } from "./parse-class.ts";
import { type CaptureSlots, readCharacterOrReference, readClassEscape } from "./parse-escape.ts";
import { type GroupOpening, openGroup } from "./parse-group.ts";
import { quantifierHere, readBounds } from "./parse-quantifier.ts";
import { MAX_NESTING_DEPTH, MAX_PATTERN_LENGTH } from "./pattern-budget.ts";
import { type PatternProblem, PatternStop, stopped } from "./pattern-problem.ts";
import { PatternReader } from "./pattern-reader.ts";
import type { EdgeNode, PatternNode, SetNode } from "./pattern-tree.ts";

export type ParsedPattern =
  | { readonly ok: true; readonly tree: PatternNode; readonly groups: CaptureSlots }
  | { readonly ok: false; readonly problems: readonly PatternProblem[] };

/**
 * Parses a pattern. Cost: O(length).
 *
 * @param alphabet - The characters that a text to be matched can hold: distinct UTF-16 units, at most
 *   `MAX_ALPHABET`. The sets of the tree are sets of these; by default, the symbols of a number.
 * @problem REGEX_INVALID .NET does not compile it; the message is .NET's
 * @problem REGEX_UNSUPPORTED .NET compiles it, but it holds a back-reference, a condition, a balancing or
 *   an atomic group
 * @problem REGEX_TOO_COMPLEX longer or deeper than `pattern-budget.ts` allows
 */
export function parsePattern(source: string, alphabet = SYMBOLS): ParsedPattern {
  const sets = alphabet === SYMBOLS ? NUMBER_SETS : new CharacterSets(alphabet);
  const parsed = stopped(() => {
    refuseLength(source);
    const groups = findCaptures(source);
    return { tree: new Parser(source, sets, groups).parse(), groups };
  });
  return parsed.ok ? { ok: true, ...parsed.value } : { ok: false, problems: [parsed.problem] };
}

function refuseLength(source: string): void {
  if (source.length <= MAX_PATTERN_LENGTH) return;
  throw new PatternStop({
    code: "REGEX_TOO_COMPLEX",
    what: `the pattern is ${source.length} characters long, more than ${MAX_PATTERN_LENGTH}`,
    hint: "split it over several voice routes",
    offset: MAX_PATTERN_LENGTH,
    length: source.length - MAX_PATTERN_LENGTH,
  });
}

class Parser {
  private readonly reader: PatternReader;
  private readonly slots: CaptureSlots;
  private depth = 0;
  /** Groups without a name so far. */
  private unnamed = 0;

  constructor(source: string, sets: CharacterSets, slots: CaptureSlots) {
    this.reader = new PatternReader(source, sets);
    this.slots = slots;
  }

  parse(): PatternNode {
    const tree = this.alternation();
    if (!this.reader.atEnd) {
      const start = this.reader.at++;
      this.reader.invalid("Too many )'s.", "remove the ) or open a group before it", start);
    }
    return tree;
  }

  /** Branches up to a `)` or the end. */
  private alternation(): PatternNode {
    const { reader } = this;
    const start = reader.at;
    const branches = [this.sequence()];
    while (reader.peek() === "|") {
      reader.at++;
      branches.push(this.sequence());
    }
    const [only] = branches;
    if (branches.length === 1 && only !== undefined) return only;
    return { kind: "alternation", branches, start, end: reader.at };
  }

  private sequence(): PatternNode {
    const { reader } = this;
    const start = reader.at;
    const nodes: PatternNode[] = [];
    let afterQuantifier = false;
    for (;;) {
      reader.skipBlank();
      if (reader.atEnd || reader.peek() === "|" || reader.peek() === ")") break;
      if (quantifierHere(reader)) this.refuseQuantifier(afterQuantifier);
      const unit = this.unit();
      if (unit === null) {
        afterQuantifier = false;
        continue;
      }
      reader.skipBlank();
      afterQuantifier = quantifierHere(reader);
      nodes.push(afterQuantifier ? this.quantified(unit) : unit);
    }
    const [only] = nodes;
    if (only === undefined) return { kind: "empty", start, end: reader.at };
    return nodes.length === 1 ? only : { kind: "sequence", nodes, start, end: reader.at };
  }

  private refuseQuantifier(afterQuantifier: boolean): never {
    const start = this.reader.at;
    const character = this.reader.next();
    const hint = character === "+" ? "write \\+ for a plus sign" : `remove the ${character}`;
    const message = afterQuantifier
      ? `Nested quantifier ${character}.`
      : "Quantifier {x,y} following nothing.";
    return this.reader.invalid(message, hint, start);
  }

  /** One element without its quantifier; null when it was options only. */
  private unit(): PatternNode | null {
    const { reader } = this;
    const start = reader.at;
    const character = reader.next();
    switch (character) {
      case "[": {
        const { symbols, items } = readClass(reader);
        return { kind: "set", symbols, form: "class", items, start, end: reader.at };
      }
      case "(":
        return this.group(start);
      case "\\":
        return this.escape(start);
      case "^":
        return this.edge("start", reader.options.multiline ? "every" : "none", start);
      case "$":
        return this.edge("end", reader.options.multiline ? "every" : "last", start);
      case ".":
        return this.set("any", this.anyCharacter(), start);
      default:
        return this.set("literal", this.symbolsOf(character), start);
    }
  }

  private edge(
    anchor: EdgeNode["anchor"],
    lineBreaks: EdgeNode["lineBreaks"],
    start: number,
  ): EdgeNode {
    return { kind: "anchor", anchor, lineBreaks, start, end: this.reader.at };
  }

  private anyCharacter(): number {
    const { options, sets } = this.reader;
    return options.singleline ? sets.all : sets.all & ~sets.of("\n", false);
  }

  private symbolsOf(character: string): number {
    return this.reader.sets.of(character, this.reader.options.ignoreCase);
  }

  private set(form: SetNode["form"], symbols: number, start: number): SetNode {
    return { kind: "set", symbols, form, items: [], start, end: this.reader.at };
  }

  private group(start: number): PatternNode | null {
    const { reader } = this;
    const outer = reader.options;
    const opening = openGroup(reader, this.slots);
    if (opening.kind === "options") return null;
    // WHY before the body: groups count in the order of their opening parentheses.
    const capture = this.captureOf(opening);
    this.descend(start);
    const body = this.alternation();
    if (reader.atEnd) {
      reader.invalid("Not enough )'s.", "close the group with )", start);
    }
    reader.at++;
    this.depth--;
    reader.options = outer;
    const placed = { body, start, end: reader.at };
    return opening.kind === "look"
      ? { ...opening, ...placed }
      : { kind: "group", capture, ...placed };
  }

  private captureOf(opening: GroupOpening): number | null {
    if (opening.kind !== "group") return null;
    if (opening.capture === "next") this.unnamed++;
    return opening.capture === "next" ? this.unnamed : opening.capture;
  }

  private descend(start: number): void {
    this.depth++;
    if (this.depth <= MAX_NESTING_DEPTH) return;
    throw new PatternStop({
      code: "REGEX_TOO_COMPLEX",
      what: `groups are nested more than ${MAX_NESTING_DEPTH} deep`,
      hint: "remove parentheses that do nothing",
      offset: start,
      length: 1,
    });
  }

  private escape(start: number): PatternNode {
    const { reader } = this;
    if (reader.atEnd) {
      reader.invalid("Illegal \\ at end of pattern.", "remove the backslash", start);
    }
    switch (reader.peek()) {
      case "b":
      case "B": {
        const anchor = reader.next() === "b" ? "word-boundary" : "not-word-boundary";
        return { kind: "anchor", anchor, start, end: reader.at };
      }
      case "A":
      case "G":
        reader.at++;
        return this.edge("start", "none", start);
      case "Z":
      case "z":
        return this.edge("end", reader.next() === "Z" ? "last" : "none", start);
    }
    const symbols = readClassEscape(reader);
    if (symbols !== null) return this.set("escape", symbols, start);
    const character = readCharacterOrReference(reader, this.slots);
    return this.set("escape", this.symbolsOf(character), start);
  }

  private quantified(body: PatternNode): PatternNode {
    const { reader } = this;
    const start = reader.at;
    const [min, max] = readBounds(reader);
    reader.skipBlank();
    const lazy = reader.peek() === "?";
    if (lazy) reader.at++;
    if (min > max) {
      reader.invalid("Illegal {x,y} with x > y.", "write the smaller number first", start);
    }
    return { kind: "repeat", min, max, lazy, body, start: body.start, end: reader.at };
  }
}
