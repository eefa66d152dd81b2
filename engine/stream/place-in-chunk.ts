import { decodeForShow } from "./input-text.ts";

const LF = 10;

/**
 * Line (0 = the line on which the record starts) and column (from 1, UTF-16 units) of a position in a
 * record.
 */
export function placeInChunk(
  chunk: Uint8Array,
  recordStart: number,
  at: number,
): { line: number; column: number } {
  let line = 0;
  let lineStart = recordStart;
  for (let i = recordStart; i < at; i++) {
    if (chunk[i] === LF) {
      line++;
      lineStart = i + 1;
    }
  }
  return { line, column: decodeForShow(chunk.subarray(lineStart, at)).length + 1 };
}
