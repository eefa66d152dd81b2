import { SYMBOLS } from "../../engine/pattern/alphabet.ts";
import type { AnchorNode, PatternNode } from "../../engine/pattern/pattern-tree.ts";

/**
 * Matching by definition: for a part of the pattern and the places where it may begin, the set of places
 * where it can end. Slow, and obviously right; it shares nothing with the compiler but the syntax tree.
 */
export function referenceMatches(tree: PatternNode, number: string): boolean {
  return endsOf(tree, number, everyPlace(number)).size > 0;
}

type Places = ReadonlySet<number>;

function everyPlace(text: string): Places {
  return new Set(Array.from({ length: text.length + 1 }, (_, place) => place));
}

function endsOf(node: PatternNode, text: string, begins: Places): Places {
  switch (node.kind) {
    case "empty":
      return begins;
    case "set":
      return new Set([...begins].filter((p) => isIn(node.symbols, text[p])).map((p) => p + 1));
    case "sequence":
      return node.nodes.reduce((places, part) => endsOf(part, text, places), begins);
    case "alternation":
      return new Set(node.branches.flatMap((branch) => [...endsOf(branch, text, begins)]));
    case "group":
      return endsOf(node.body, text, begins);
    case "anchor":
      return new Set([...begins].filter((place) => isAnchored(node.anchor, text, place)));
    case "look":
      return new Set([...begins].filter((place) => looksTrue(node, text, place)));
    case "repeat":
      return endsOfRepeat(node.body, node.min, node.max, text, begins);
  }
}

function isIn(symbols: number, character: string | undefined): boolean {
  return character !== undefined && ((symbols >> SYMBOLS.indexOf(character)) & 1) === 1;
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && character >= "0" && character <= "9";
}

function isAnchored(anchor: AnchorNode["anchor"], text: string, place: number): boolean {
  switch (anchor) {
    case "start":
      return place === 0;
    case "end":
      return place === text.length;
    case "word-boundary":
      return isWord(text[place - 1]) !== isWord(text[place]);
    case "not-word-boundary":
      return isWord(text[place - 1]) === isWord(text[place]);
  }
}

function looksTrue(
  look: Extract<PatternNode, { kind: "look" }>,
  text: string,
  place: number,
): boolean {
  const found =
    look.direction === "ahead"
      ? endsOf(look.body, text, new Set([place])).size > 0
      : [...everyPlace(text)].some(
          (begin) => begin <= place && endsOf(look.body, text, new Set([begin])).has(place),
        );
  return found !== look.negative;
}

function endsOfRepeat(
  body: PatternNode,
  min: number,
  max: number,
  text: string,
  begins: Places,
): Places {
  let places = begins;
  for (let round = 0; round < min; round++) places = endsOf(body, text, places);
  const ends = new Set(places);
  for (let round = min; round < max; round++) {
    places = endsOf(body, text, places);
    const before = ends.size;
    for (const place of places) ends.add(place);
    if (ends.size === before) break;
  }
  return ends;
}
