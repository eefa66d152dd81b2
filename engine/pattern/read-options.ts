import type { PatternReader } from "./pattern-reader.ts";

/**
 * Reads inline options, `imnsx-imnsx` in either case, and sets those that change the reading: `x` and
 * `n`. The others make no difference to a number: it holds no letters (`i`) and no line breaks (`m`, `s`).
 * Stops at the first character that is none.
 */
export function readOptions(reader: PatternReader): void {
  for (let on = true; !reader.atEnd; reader.at++) {
    const letter = reader.peek().toLowerCase();
    if (letter === "-") on = false;
    else if (letter === "+") on = true;
    else if (letter === "x") reader.options = { ...reader.options, ignoreWhitespace: on };
    else if (letter === "n") reader.options = { ...reader.options, explicitCapture: on };
    else if (!"ims".includes(letter)) return;
  }
}
