/** Cells of a row: a power of two. */
export const ROW_CELLS = 16;

/** Distinct rows of {@link ROW_CELLS} numbers, numbered in the order in which they were first seen. */
export class RowSet {
  private cells = new Int32Array(64 * ROW_CELLS);
  private slots = new Int32Array(256).fill(-1);
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** The number of an equal row, which the row becomes a copy of when it is new. */
  intern(row: Int32Array): number {
    const slot = this.slotOf(row);
    const known = this.slots[slot] ?? -1;
    if (known !== -1) return known;
    const id = this.count++;
    this.slots[slot] = id;
    this.cells.set(row, id * ROW_CELLS);
    if (this.count * ROW_CELLS === this.cells.length) this.grow();
    return id;
  }

  /** A view, valid until the next row is interned. */
  row(id: number): Int32Array {
    return this.cells.subarray(id * ROW_CELLS, (id + 1) * ROW_CELLS);
  }

  private slotOf(row: Int32Array): number {
    const mask = this.slots.length - 1;
    let slot = hashOf(row) & mask;
    for (;;) {
      const id = this.slots[slot] ?? -1;
      if (id === -1 || this.isEqual(id, row)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private isEqual(id: number, row: Int32Array): boolean {
    const base = id * ROW_CELLS;
    for (let cell = 0; cell < ROW_CELLS; cell++) {
      if (this.cells[base + cell] !== row[cell]) return false;
    }
    return true;
  }

  private grow(): void {
    const cells = new Int32Array(this.cells.length * 2);
    cells.set(this.cells);
    this.cells = cells;
    this.slots = new Int32Array(this.slots.length * 2).fill(-1);
    for (let id = 0; id < this.count; id++) this.slots[this.slotOf(this.row(id))] = id;
  }
}

function hashOf(row: Int32Array): number {
  let hash = 0;
  for (const cell of row) {
    hash = Math.imul(hash ^ cell, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}
