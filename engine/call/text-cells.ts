import { printableLine } from "../model/printable-line.ts";

/** Marks that take no cell of their own. */
const NO_CELL = /^[\p{M}\p{Cf}]$/u;

/** Scripts and pictures that take two cells of a terminal. */
const TWO_CELLS =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

/** Cells that a text takes on a terminal. */
export function cellsOf(text: string): number {
  let cells = 0;
  for (const character of text) cells += cellsOfCharacter(character);
  return cells;
}

/**
 * A text of anybody's as one line of at most so many cells, safe to print; what was cut off is shown as `…`.
 */
export function fitCells(text: string, cells: number): string {
  const line = printableLine(text).replaceAll("\t", " ");
  if (cellsOf(line) <= cells) return line;
  let fitted = "";
  let left = cells - 1;
  for (const character of line) {
    left -= cellsOfCharacter(character);
    if (left < 0) break;
    fitted += character;
  }
  return cells > 0 ? `${fitted}…` : "";
}

function cellsOfCharacter(character: string): number {
  if (NO_CELL.test(character)) return 0;
  return TWO_CELLS.test(character) ? 2 : 1;
}
