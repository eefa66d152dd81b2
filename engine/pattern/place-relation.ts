/**
 * From which places of a text to which places a part of a pattern can lead: a square of bits. A text of n
 * characters has n + 1 places; every step leads forward or stays.
 *
 * @module
 */
const WORD_BITS = 32;

export class PlaceRelation {
  readonly places: number;
  private readonly wordsPerRow: number;
  private readonly bits: Uint32Array;

  constructor(places: number) {
    this.places = places;
    this.wordsPerRow = Math.ceil(places / WORD_BITS);
    this.bits = new Uint32Array(places * this.wordsPerRow);
  }

  /** The relation that stays where `holds`. */
  static staying(places: number, holds: (place: number) => boolean): PlaceRelation {
    const relation = new PlaceRelation(places);
    for (let place = 0; place < places; place++) if (holds(place)) relation.add(place, place);
    return relation;
  }

  add(from: number, to: number): void {
    const word = from * this.wordsPerRow + (to >>> 5);
    this.bits[word] = (this.bits[word] ?? 0) | (1 << (to & 31));
  }

  has(from: number, to: number): boolean {
    return (((this.bits[from * this.wordsPerRow + (to >>> 5)] ?? 0) >>> (to & 31)) & 1) === 1;
  }

  /** Whether it leads from `from` to anywhere. */
  leaves(from: number): boolean {
    const row = from * this.wordsPerRow;
    for (let word = 0; word < this.wordsPerRow; word++)
      if (this.bits[row + word] !== 0) return true;
    return false;
  }

  /** Whether it leads from anywhere to `to`. */
  reaches(to: number): boolean {
    for (let from = 0; from <= to; from++) if (this.has(from, to)) return true;
    return false;
  }

  /** This or `other`. */
  or(other: PlaceRelation): PlaceRelation {
    const both = new PlaceRelation(this.places);
    for (let word = 0; word < this.bits.length; word++) {
      both.bits[word] = (this.bits[word] ?? 0) | (other.bits[word] ?? 0);
    }
    return both;
  }

  /** First this, then `next`. Cost: O(places³ / 32). */
  followedBy(next: PlaceRelation): PlaceRelation {
    const result = new PlaceRelation(this.places);
    for (let from = 0; from < this.places; from++) {
      for (let by = from; by < this.places; by++) {
        if (this.has(from, by)) result.addRow(from, next, by);
      }
    }
    return result;
  }

  /** This, `times` times over. */
  power(times: number): PlaceRelation {
    let result = PlaceRelation.staying(this.places, () => true);
    // WHY: a path of more steps than there are places stays somewhere, and can stay there once more or
    // once less, so that further powers are all the same.
    let left = Math.min(times, this.places);
    for (let base: PlaceRelation = this; left > 0; left >>>= 1) {
      if ((left & 1) === 1) result = result.followedBy(base);
      if (left > 1) base = base.followedBy(base);
    }
    return result;
  }

  /** This, any number of times over, or not at all. */
  closure(): PlaceRelation {
    const result = PlaceRelation.staying(this.places, () => true);
    for (let from = this.places - 1; from >= 0; from--) {
      for (let by = from + 1; by < this.places; by++) {
        if (this.has(from, by)) result.addRow(from, result, by);
      }
    }
    return result;
  }

  private addRow(row: number, other: PlaceRelation, otherRow: number): void {
    const to = row * this.wordsPerRow;
    const from = otherRow * this.wordsPerRow;
    for (let word = 0; word < this.wordsPerRow; word++) {
      this.bits[to + word] = (this.bits[to + word] ?? 0) | (other.bits[from + word] ?? 0);
    }
  }
}
