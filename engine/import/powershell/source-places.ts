import type { SourcePlace } from "../../model/problem.ts";

/** Turns offsets of one text into places that an editor shows. */
export interface SourcePlaces {
  /** Line and column of an offset; O(log lines). */
  readonly at: (offset: number) => SourcePlace;
}

/** Indexes the lines of a text; `\r\n`, `\n` and a lone `\r` end a line. */
export function indexPlaces(file: string, text: string): SourcePlaces {
  const starts = [0];
  for (const ending of text.matchAll(/\r\n|\n|\r/g)) starts.push(ending.index + ending[0].length);
  const at = (offset: number): SourcePlace => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { file, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
  return { at };
}
