import type { PatternReader, ReadOptions } from "./pattern-reader.ts";

const OPTIONS: Readonly<Record<string, keyof ReadOptions>> = {
  i: "ignoreCase",
  m: "multiline",
  n: "explicitCapture",
  s: "singleline",
  x: "ignoreWhitespace",
};

/** Reads inline options, `imnsx-imnsx` in either case, and sets them. Stops at what is none. */
export function readOptions(reader: PatternReader): void {
  for (let on = true; !reader.atEnd; reader.at++) {
    const letter = reader.peek().toLowerCase();
    const option = OPTIONS[letter];
    if (option !== undefined) reader.options = { ...reader.options, [option]: on };
    else if (letter === "-") on = false;
    else if (letter === "+") on = true;
    else return;
  }
}
