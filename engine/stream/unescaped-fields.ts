import { type DialedRecord, type FieldRange, fieldsOf } from "./dialed-record.ts";

const encoder = new TextEncoder();

/**
 * Holds the fields of one record whose text is not in the chunk as it stands: escaped CSV fields and
 * JSON strings.
 */
export class UnescapedFields {
  #bytes = new Uint8Array(1024);
  #length = 0;

  /** Makes the record point at these texts, in the order of the CSV columns; `null` = absent. */
  fill(record: DialedRecord, texts: readonly (string | null)[]): void {
    this.#length = 0;
    const fields = fieldsOf(record);
    for (const [i, field] of fields.entries()) this.#put(field, texts[i] ?? null);
    record.bytes = this.#bytes;
  }

  #put(field: FieldRange, text: string | null): void {
    field.start = -1;
    field.end = -1;
    if (text === null) return;
    this.#reserve(text.length * 3);
    const { written } = encoder.encodeInto(text, this.#bytes.subarray(this.#length));
    field.start = this.#length;
    this.#length += written;
    field.end = this.#length;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(2 * (this.#length + count));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}
