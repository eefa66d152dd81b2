import { SYMBOLS } from "../../engine/pattern/alphabet.ts";
import type { AnchorNode, PatternNode } from "../../engine/pattern/pattern-tree.ts";

/** The places before, between and behind so many symbols are the bits of a whole number. */
export const QUICK_LENGTH = 30;

/** A number as the definition asks about it. */
interface Text {
  readonly length: number;
  /** For each symbol the places before which it stands. */
  readonly places: readonly number[];
}

/**
 * As `referenceMatches`, the same definition with sets of places as bits: about ten times as quick, for
 * numbers of up to {@link QUICK_LENGTH} symbols.
 */
export function quicklyMatches(tree: PatternNode, number: string): boolean {
  const places = Array.from({ length: SYMBOLS.length }, () => 0);
  for (let place = 0; place < number.length; place++) {
    const symbol = SYMBOLS.indexOf(number.charAt(place));
    places[symbol] = (places[symbol] ?? 0) | (1 << place);
  }
  const text = { length: number.length, places };
  return endsOf(tree, text, everyPlace(text)) !== 0;
}

function everyPlace({ length }: Text): number {
  return 2 ** (length + 1) - 1;
}

function placesOf({ places }: Text, symbols: number): number {
  let all = 0;
  for (let symbol = 0; symbol < SYMBOLS.length; symbol++) {
    if ((symbols >> symbol) & 1) all |= places[symbol] ?? 0;
  }
  return all;
}

/** Where a part of the pattern can end that begins at one of these places. */
function endsOf(node: PatternNode, text: Text, begins: number): number {
  if (begins === 0) return 0;
  switch (node.kind) {
    case "empty":
      return begins;
    case "set":
      return (begins & placesOf(text, node.symbols)) << 1;
    case "sequence":
      return node.nodes.reduce((places, part) => endsOf(part, text, places), begins);
    case "alternation":
      return node.branches.reduce((ends, branch) => ends | endsOf(branch, text, begins), 0);
    case "group":
      return endsOf(node.body, text, begins);
    case "anchor":
      return begins & anchoredPlaces(node.anchor, text);
    case "look":
      return begins & (node.negative ? ~truePlaces(node, text) : truePlaces(node, text));
    case "repeat":
      return endsOfRepeat(node, text, begins);
  }
}

function anchoredPlaces(anchor: AnchorNode["anchor"], text: Text): number {
  const digits = placesOf(text, 1023);
  const boundaries = digits ^ (digits << 1);
  switch (anchor) {
    case "start":
      return 1;
    case "end":
      return 1 << text.length;
    case "word-boundary":
      return boundaries;
    case "not-word-boundary":
      return ~boundaries;
  }
}

/** The places where what is looked for stands. */
function truePlaces(look: Extract<PatternNode, { kind: "look" }>, text: Text): number {
  if (look.direction === "behind") return endsOf(look.body, text, everyPlace(text));
  let found = 0;
  for (let place = 0; place <= text.length; place++) {
    if (endsOf(look.body, text, 1 << place) !== 0) found |= 1 << place;
  }
  return found;
}

function endsOfRepeat(
  { body, min, max }: Extract<PatternNode, { kind: "repeat" }>,
  text: Text,
  begins: number,
): number {
  let places = begins;
  for (let round = 0; round < min; round++) places = endsOf(body, text, places);
  let ends = places;
  for (let round = min; round < max; round++) {
    places = endsOf(body, text, places);
    if ((ends | places) === ends) break;
    ends |= places;
  }
  return ends;
}
