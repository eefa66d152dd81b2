import fc from "fast-check";

/** How a differential test runs: the same cases each time, or new ones in the long run. */
export const MUTATION_RUNS =
  process.env["LONG"] === undefined ? { numRuns: 1500, seed: 11 } : { numRuns: 200_000 };

/**
 * Bytes of a text with some of them changed: each edit puts one of `pieces` in, with or without taking a
 * byte out. Half of the texts stay as they are.
 */
export function mutatedBytes(
  text: fc.Arbitrary<string>,
  pieces: readonly (string | number)[],
): fc.Arbitrary<Uint8Array> {
  const edit = fc.record({
    place: fc.nat(1_000_000),
    takesOut: fc.boolean(),
    piece: fc.constantFrom(...pieces, ""),
  });
  const edits = fc.oneof(fc.constant([]), fc.array(edit, { minLength: 1, maxLength: 3 }));
  return fc.tuple(text, edits).map(([original, changes]) => {
    let bytes = Buffer.from(original);
    for (const { place, takesOut, piece } of changes) {
      const at = place % (bytes.length + 1);
      const put = typeof piece === "number" ? Buffer.of(piece) : Buffer.from(piece);
      bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + (takesOut ? 1 : 0))]);
    }
    return new Uint8Array(bytes);
  });
}
