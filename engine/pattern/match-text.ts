/**
 * Whether a pattern matches in a text that is no number: one with an extension, with blanks, with letters.
 * Routing never asks this, since numbers reach patterns without all that; people who compare with .NET do.
 *
 * No automaton is made: the text is short, so each part of the pattern is evaluated to the pairs of
 * places, from where to where it can match.
 *
 * @module
 */
import { CharacterSets, MAX_ALPHABET } from "./character-sets.ts";
import { parsePattern } from "./parse-pattern.ts";
import { MAX_TEXT_LENGTH } from "./pattern-budget.ts";
import type { PatternProblem } from "./pattern-problem.ts";
import type { AnchorNode, EdgeNode, LookNode, PatternNode, RepeatNode } from "./pattern-tree.ts";
import { PlaceRelation } from "./place-relation.ts";

export type TextMatch =
  | { readonly ok: true; readonly matches: boolean }
  | { readonly ok: false; readonly problems: readonly PatternProblem[] };

/**
 * Whether .NET's `Regex.IsMatch(text, source)` is true, exactly.
 *
 * Cost: O(length of pattern · length of text³ / 32); never more than a second or so.
 *
 * @problem REGEX_INVALID, REGEX_UNSUPPORTED, REGEX_TOO_COMPLEX (the pattern, as for numbers; also a text
 *   longer than `MAX_TEXT_LENGTH`, or with more different characters than `MAX_ALPHABET`)
 */
export function matchesText(source: string, text: string): TextMatch {
  const alphabet = [...new Set(text.split(""))].join("");
  const parsed = parsePattern(source, alphabet.slice(0, MAX_ALPHABET));
  if (!parsed.ok) return parsed;
  if (text.length > MAX_TEXT_LENGTH) {
    return refused(`${text.length} characters, more than ${MAX_TEXT_LENGTH}`);
  }
  if (alphabet.length > MAX_ALPHABET) {
    return refused(`${alphabet.length} different characters, more than ${MAX_ALPHABET}`);
  }
  const evaluation = new Evaluation(text, new CharacterSets(alphabet));
  const found = evaluation.relationOf(parsed.tree);
  return { ok: true, matches: evaluation.somePlace((place) => found.leaves(place)) };
}

function refused(excess: string): TextMatch {
  const what = `the text to be matched has ${excess}`;
  const hint = "try a shorter text";
  return {
    ok: false,
    problems: [{ code: "REGEX_TOO_COMPLEX", what, hint, offset: 0, length: 0 }],
  };
}

class Evaluation {
  private readonly text: string;
  private readonly sets: CharacterSets;
  private readonly places: number;

  constructor(text: string, sets: CharacterSets) {
    this.text = text;
    this.sets = sets;
    this.places = text.length + 1;
  }

  somePlace(holds: (place: number) => boolean): boolean {
    for (let place = 0; place < this.places; place++) if (holds(place)) return true;
    return false;
  }

  relationOf(node: PatternNode): PlaceRelation {
    switch (node.kind) {
      case "empty":
        return this.staying(() => true);
      case "set":
        return this.oneOf(node.symbols);
      case "sequence":
        return node.nodes
          .map((part) => this.relationOf(part))
          .reduce((all, one) => all.followedBy(one));
      case "alternation":
        return node.branches.map((part) => this.relationOf(part)).reduce((all, one) => all.or(one));
      case "group":
        return this.relationOf(node.body);
      case "anchor":
        return this.staying((place) => this.holdsAt(node, place));
      case "look":
        return this.look(node);
      case "repeat":
        return this.repeated(node);
    }
  }

  private staying(holds: (place: number) => boolean): PlaceRelation {
    return PlaceRelation.staying(this.places, holds);
  }

  private oneOf(symbols: number): PlaceRelation {
    const relation = new PlaceRelation(this.places);
    for (let place = 0; place < this.text.length; place++) {
      if (this.isIn(symbols, place)) relation.add(place, place + 1);
    }
    return relation;
  }

  /** Whether the character after `place` is in a set; false where there is none. */
  private isIn(symbols: number, place: number): boolean {
    if (place < 0 || place >= this.text.length) return false;
    return ((symbols >>> this.sets.alphabet.indexOf(this.text.charAt(place))) & 1) === 1;
  }

  private holdsAt(node: AnchorNode, place: number): boolean {
    if (node.anchor === "start" || node.anchor === "end") return this.isEdge(node, place);
    const { boundaryWords } = this.sets;
    const isBoundary = this.isIn(boundaryWords, place - 1) !== this.isIn(boundaryWords, place);
    return isBoundary === (node.anchor === "word-boundary");
  }

  private isEdge({ anchor, lineBreaks }: EdgeNode, place: number): boolean {
    const { text } = this;
    if (place === (anchor === "start" ? 0 : text.length)) return true;
    if (text.charAt(anchor === "start" ? place - 1 : place) !== "\n") return false;
    return lineBreaks === "every" || (lineBreaks === "last" && place === text.length - 1);
  }

  private look({ body, direction, negative }: LookNode): PlaceRelation {
    const found = this.relationOf(body);
    const isFound = (place: number): boolean =>
      direction === "ahead" ? found.leaves(place) : found.reaches(place);
    return this.staying((place) => isFound(place) !== negative);
  }

  private repeated({ body, min, max }: RepeatNode): PlaceRelation {
    const once = this.relationOf(body);
    const enough = once.power(min);
    if (max === Number.POSITIVE_INFINITY) return enough.followedBy(once.closure());
    return enough.followedBy(once.or(this.staying(() => true)).power(max - min));
  }
}
