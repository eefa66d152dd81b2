import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  findNotPlainJson,
  findQuoteOrLineEnd,
  findUpToComma,
  wordUpTo,
} from "../../engine/stream/byte-words.ts";

const words = suite("byte words");

const SEARCHES: readonly (readonly [
  name: string,
  find: (view: DataView, at: number, limit: number) => number,
  isFound: (byte: number) => boolean,
])[] = [
  ["a comma or less", findUpToComma, (byte) => byte <= 44],
  ["a quote or a line end", findQuoteOrLineEnd, (byte) => byte === 34 || byte === 10],
  [
    "what is no plain JSON text",
    findNotPlainJson,
    (byte) => byte < 32 || byte > 127 || byte === 34 || byte === 92,
  ],
];

interface Searched {
  readonly bytes: Uint8Array;
  readonly shown: string;
}

/** Every byte at every place among others that a wrong borrow could turn into a find. */
function* searched(): Generator<Searched> {
  for (let byte = 0; byte < 256; byte++) {
    for (const other of [45, 96, 127, 33, 255]) {
      for (let place = 0; place < 12; place++) {
        const bytes = new Uint8Array(12).fill(other);
        bytes[place] = byte;
        yield { bytes, shown: `${byte} at ${place} among ${other}` };
      }
    }
  }
}

for (const [name, find, isFound] of SEARCHES) {
  words(`finds ${name} at every place, whatever stands around it`, () => {
    for (const { bytes, shown } of searched()) {
      const view = new DataView(bytes.buffer);
      for (const [from, limit] of [
        [0, 12],
        [1, 11],
        [3, 12],
        [0, 5],
      ] as const) {
        let expected = from;
        while (expected < limit && !isFound(bytes[expected] ?? 0)) expected++;
        assert.is(find(view, from, limit), expected, `${shown}, ${from} to ${limit}`);
      }
    }
  });
}

words(
  "a word holds the bytes before the end and zeros for the rest, also where the bytes end",
  () => {
    const view = new DataView(Uint8Array.of(1, 2, 3, 4, 5, 6).buffer);
    assert.is(wordUpTo(view, 0, 6), 0x04030201);
    assert.is(wordUpTo(view, 0, 3), 0x030201);
    assert.is(wordUpTo(view, 2, 3), 0x03);
    assert.is(wordUpTo(view, 3, 6), 0x060504);
    assert.is(wordUpTo(view, 5, 6), 0x06);
    assert.is(wordUpTo(view, 6, 6), 0);
  },
);

words.run();
