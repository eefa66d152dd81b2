/** Members of an object that a shape can hold. */
const MAX_VALUES = 64;

/** How a value is written in all objects of a shape. */
export const TEXT = 1;
export const BARE = 0;

/**
 * What the object read last looks like between its values: the bytes before the first, between each and
 * the next, behind the last. They are kept as places in the chunk.
 *
 * WHY: one program writes all objects of an input alike. Where the bytes between two values are those of
 * an object that was read as JSON, what stands between them is known without reading it.
 */
export class ObjectShape {
  /** How many values there are; 0 = no shape is known. */
  count = 0;
  /** In the CSV columns; -1 = a key without a meaning. */
  readonly keys = new Int8Array(MAX_VALUES);
  /** {@link TEXT} or {@link BARE}. */
  readonly kinds = new Uint8Array(MAX_VALUES);
  /** Where the bytes before each value stand, and behind the last. */
  readonly #starts = new Int32Array(MAX_VALUES + 1);
  readonly #lengths = new Int32Array(MAX_VALUES + 1);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #behindValue = 0;
  #seen = 0;

  open(view: DataView): void {
    this.#view = view;
    this.count = 0;
  }

  /** Forgets the shape, and starts to learn the one of the object at `start`. */
  begin(start: number): void {
    this.count = 0;
    this.#seen = 0;
    this.#behindValue = start;
  }

  /** Learns that the next value stands from `start` to `end`. */
  learn(key: number, kind: number, start: number, end: number): void {
    const value = this.#seen++;
    if (value >= MAX_VALUES) return;
    this.keys[value] = key;
    this.kinds[value] = kind;
    this.#starts[value] = this.#behindValue;
    this.#lengths[value] = start - this.#behindValue;
    this.#behindValue = end;
  }

  /** Ends what {@link begin} began: the object's line ends before `end`. */
  finish(end: number): void {
    if (this.#seen > MAX_VALUES) return;
    this.#starts[this.#seen] = this.#behindValue;
    this.#lengths[this.#seen] = end - this.#behindValue;
    this.count = this.#seen;
  }

  /** Where value number `value` starts when what belongs before it stands at `at`; else -1. */
  pass(value: number, at: number, limit: number): number {
    const view = this.#view;
    const length = this.#lengths[value] ?? 0;
    if (at + length > limit) return -1;
    const offset = (this.#starts[value] ?? 0) - at;
    const end = at + length;
    let i = at;
    for (; i + 4 <= end; i += 4) {
      if (view.getInt32(i, true) !== view.getInt32(i + offset, true)) return -1;
    }
    for (; i < end; i++) if (view.getUint8(i) !== view.getUint8(i + offset)) return -1;
    return end;
  }
}
