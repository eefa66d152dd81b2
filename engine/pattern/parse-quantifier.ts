import { isDigit, type PatternReader } from "./pattern-reader.ts";

/** Whether a quantifier stands here; a `{` that begins none is a character like others. */
export function quantifierHere(reader: PatternReader): boolean {
  const character = reader.peek();
  if (character !== "{") return character !== "" && "*+?".includes(character);
  let ahead = 1;
  while (isDigit(reader.peek(ahead))) ahead++;
  if (ahead === 1) return false;
  if (reader.peek(ahead) === ",") {
    ahead++;
    while (isDigit(reader.peek(ahead))) ahead++;
  }
  return reader.peek(ahead) === "}";
}

/** Moves past the quantifier that stands here. `max` is `Infinity` when there is no upper bound. */
export function readBounds(reader: PatternReader): readonly [min: number, max: number] {
  switch (reader.next()) {
    case "*":
      return [0, Number.POSITIVE_INFINITY];
    case "+":
      return [1, Number.POSITIVE_INFINITY];
    case "?":
      return [0, 1];
    default: {
      const min = reader.decimal();
      let max = min;
      if (reader.peek() === ",") {
        reader.at++;
        max = reader.peek() === "}" ? Number.POSITIVE_INFINITY : reader.decimal();
      }
      reader.at++;
      return [min, max];
    }
  }
}
