import { endianness } from "node:os";
import type { FlatTable } from "../../engine/compile/flat-table.ts";
import type { PolicyTable } from "../../engine/compile/policy-table.ts";

/** {@link tableFile} of a policy with a single table. */
export function tableFileOf({ banks, matchSets }: PolicyTable): Uint8Array {
  const [bank, second] = banks;
  if (bank?.kind !== "flat" || second !== undefined) throw new Error("not one table");
  return tableFile(
    bank.table,
    Int32Array.from(matchSets, (entries) => entries[0] ?? -1),
  );
}

/**
 * A table as the C programs read it (`flat-table.h`): seven uint32 (start, core states, the number of labels,
 * the lengths of the four arrays), the first route of each label as int32, the arrays as uint16.
 *
 * @param primaries - The first route of each label, -1 = none.
 */
function tableFile(table: FlatTable, primaries: Int32Array): Uint8Array {
  const { start, coreStates, transitions, labels, lengthLabels, prefixes } = table;
  if (endianness() !== "LE") throw new Error("the rivals read little-endian tables");
  if (labels.BYTES_PER_ELEMENT !== 2) throw new Error("the rivals read tables of 16-bit labels");
  const arrays = [transitions, labels, lengthLabels, prefixes ?? new Uint16Array(0)];
  const head = [start, coreStates, primaries.length, ...arrays.map(({ length }) => length)];
  return Buffer.concat([Uint32Array.from(head), primaries, ...arrays].map(bytesOf));
}

function bytesOf({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
