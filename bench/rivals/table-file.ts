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
 * A table as the C programs read it (`flat-table.h`): seven uint32 (start, state after +, the first end state,
 * how many end states, where the root begins, the number of labels, the number of cells), the first route of each label as int32, the cells as uint16.
 *
 * @param primaries - The first route of each label, -1 = none.
 */
function tableFile({ digits: table }: FlatTable, primaries: Int32Array): Uint8Array {
  if (endianness() !== "LE") throw new Error("the rivals read little-endian tables");
  if (table === null || table.cells.BYTES_PER_ELEMENT !== 2) {
    throw new Error("the rivals read tables of digits with 16-bit cells");
  }
  const { start, afterPlus, endStates, ends, root, cells } = table;
  const places = [start, afterPlus, endStates, ends, root];
  const head = Uint32Array.from([...places, primaries.length, cells.length]);
  return Buffer.concat([head, primaries, cells].map(bytesOf));
}

function bytesOf({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
