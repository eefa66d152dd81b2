/** Whole numbers on shared memory: worker threads get them by reference. */
export type Cells = Uint16Array | Uint32Array;

const MAX_UINT16 = 0xffff;

/** Cells for numbers up to `largest`, as narrow as that allows; all 0. */
export function sharedCells(length: number, largest: number): Cells {
  return largest > MAX_UINT16
    ? new Uint32Array(new SharedArrayBuffer(length * 4))
    : new Uint16Array(new SharedArrayBuffer(length * 2));
}

/** The largest of the numbers; 0 when there is none. */
export function largestOf(numbers: Iterable<number>): number {
  let largest = 0;
  for (const number of numbers) if (number > largest) largest = number;
  return largest;
}
