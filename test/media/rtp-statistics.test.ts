import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createRtpStatistics, type RtpCounts } from "../../engine/media/rtp-statistics.ts";
import { countPlainly, type HeardPacket } from "./plain-rtp-receiver.ts";

const long = process.env["LONG"] !== undefined;
const runs = long ? { numRuns: 20_000 } : { numRuns: 500, seed: 42 };

const statistics = suite("RTP statistics");

/** Counts packets of 160 samples that arrive exactly when due. */
function countOf(sequences: readonly number[]): RtpCounts {
  const counting = createRtpStatistics();
  for (const sequence of sequences) {
    counting.receive({ sequence, timestamp: sequence * 160 }, sequence * 160);
  }
  return counting.counts();
}

const run = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, at) => (from + at) & 0xffff);

interface Row {
  readonly name: string;
  readonly sequences: readonly number[];
  readonly expected: number;
  readonly received: number;
  readonly duplicated?: number;
  readonly reordered?: number;
  readonly ignored?: number;
  readonly restarts?: number;
}

const ROWS: readonly Row[] = [
  { name: "no packet", sequences: [], expected: 0, received: 0 },
  { name: "one packet", sequences: [7], expected: 1, received: 1 },
  { name: "a hundred in order", sequences: run(1, 100), expected: 100, received: 100 },
  { name: "one lost", sequences: [1, 2, 4, 5], expected: 5, received: 4 },
  { name: "the second lost", sequences: [1, 3, 4], expected: 4, received: 3 },
  { name: "two swapped", sequences: [1, 3, 2, 4], expected: 4, received: 4, reordered: 1 },
  { name: "the first two swapped", sequences: [2, 1, 3], expected: 3, received: 3, reordered: 1 },
  { name: "one twice", sequences: [1, 2, 2, 3], expected: 3, received: 3, duplicated: 1 },
  { name: "an old one twice", sequences: [1, 2, 3, 1], expected: 3, received: 3, duplicated: 1 },
  { name: "a wrap", sequences: run(65_530, 12), expected: 12, received: 12 },
  { name: "a wrap with both ends lost", sequences: [65_534, 1], expected: 4, received: 2 },
  {
    name: "a swap across the wrap",
    sequences: [65_534, 0, 65_535, 1],
    expected: 4,
    received: 4,
    reordered: 1,
  },
  {
    name: "a duplicate across the wrap",
    sequences: [65_535, 0, 65_535],
    expected: 2,
    received: 2,
    duplicated: 1,
  },
  { name: "a gap of 2,998", sequences: [1, 3000], expected: 3000, received: 2 },
  {
    name: "one stray packet far ahead",
    sequences: [1, 2, 30_000, 3, 4],
    expected: 4,
    received: 4,
    ignored: 1,
  },
  {
    name: "two stray packets that do not follow each other",
    sequences: [1, 2, 30_000, 3, 30_001, 4],
    expected: 4,
    received: 4,
    ignored: 2,
  },
  {
    name: "a restart ahead",
    sequences: [1, 2, 4, ...run(30_000, 3)],
    expected: 7,
    received: 6,
    restarts: 1,
  },
  {
    name: "a restart behind, across the wrap",
    sequences: [...run(1000, 5), ...run(65_535, 5)],
    expected: 10,
    received: 10,
    restarts: 1,
  },
];

for (const row of ROWS) {
  statistics(`${row.name} is counted as RFC 3550 says`, () => {
    const { jitter, lossRatio, ...counts } = countOf(row.sequences);
    assert.equal(counts, {
      packetsExpected: row.expected,
      packetsReceived: row.received,
      packetsDuplicated: row.duplicated ?? 0,
      packetsReordered: row.reordered ?? 0,
      packetsIgnored: row.ignored ?? 0,
      restarts: row.restarts ?? 0,
    });
    const loss = row.expected === 0 ? 0 : 1 - row.received / row.expected;
    assert.ok(Math.abs(lossRatio - loss) < 1e-12);
    assert.is(jitter, 0);
  });
}

statistics("jitter moves by a sixteenth of each change of transit time", () => {
  const counting = createRtpStatistics();
  const hand: number[] = [];
  // Arrivals late by 0, 0, 80, 0, 160 samples: changes of 0, 80, 80, 160.
  [0, 0, 80, 0, 160].forEach((late, sequence) => {
    counting.receive({ sequence, timestamp: sequence * 160 }, sequence * 160 + late);
    hand.push(counting.counts().jitter);
  });
  assert.equal(hand, [0, 0, 5, 9.6875, 19.08203125]);
});

statistics("timestamps may wrap between two packets", () => {
  const counting = createRtpStatistics();
  counting.receive({ sequence: 1, timestamp: 2 ** 32 - 80 }, 1000);
  counting.receive({ sequence: 2, timestamp: 80 }, 1160);
  counting.receive({ sequence: 3, timestamp: 240 }, 1336);
  assert.is(counting.counts().jitter, 1);
});

statistics("DTMF events count as packets, not for jitter", () => {
  const counting = createRtpStatistics();
  counting.receive({ sequence: 1, timestamp: 0 }, 0);
  counting.receive({ sequence: 2, timestamp: 0 }, 400, false);
  counting.receive({ sequence: 3, timestamp: 320 }, 320);
  const { jitter, packetsReceived } = counting.counts();
  assert.equal({ jitter, packetsReceived }, { jitter: 0, packetsReceived: 3 });
});

statistics("another sender's clock moves no jitter", () => {
  const counting = createRtpStatistics();
  counting.receive({ sequence: 1, timestamp: 0 }, 0);
  counting.receive({ sequence: 2, timestamp: 160 }, 160);
  counting.restart();
  counting.receive({ sequence: 40_000, timestamp: 5_000_000 }, 320);
  counting.receive({ sequence: 40_001, timestamp: 5_000_160 }, 480);
  const { jitter, packetsExpected, packetsReceived, restarts } = counting.counts();
  assert.equal(
    { jitter, packetsExpected, packetsReceived, restarts },
    { jitter: 0, packetsExpected: 4, packetsReceived: 4, restarts: 1 },
  );
});

statistics(
  "a second, plain implementation counts the same on streams that lose, swap and repeat",
  () => {
    const step = fc.record({
      skip: fc.oneof({ weight: 6, arbitrary: fc.constant(1) }, fc.integer({ min: -40, max: 60 })),
      late: fc.integer({ min: 0, max: 800 }),
    });
    const start = fc.integer({ min: 0, max: 65_535 });
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 300 }), (from, steps) => {
        const heard: HeardPacket[] = [];
        let index = from + 65_536;
        for (const { skip, late } of steps) {
          index += skip;
          heard.push({ index, timestamp: index * 160, arrival: heard.length * 160 + late });
        }
        // Only what stays within a hundred of the newest: beyond, A.1 no longer tells the past from a restart.
        const near = heard.filter(
          (packet, at) =>
            packet.index > Math.max(...heard.slice(0, at + 1).map((one) => one.index)) - 100,
        );
        const counting = createRtpStatistics();
        for (const { index: at, timestamp, arrival } of near) {
          counting.receive({ sequence: at & 0xffff, timestamp: timestamp % 2 ** 32 }, arrival);
        }
        const { packetsIgnored, restarts, jitter, ...counts } = counting.counts();
        const { jitter: plainJitter, ...plain } = countPlainly(near);
        assert.equal(counts, plain);
        assert.ok(Math.abs(jitter - plainJitter) < 1e-6);
        assert.is(packetsIgnored + restarts, 0);
      }),
      runs,
    );
  },
);

statistics("no sequence of packets makes a ratio leave 0 to 1", () => {
  const packets = fc.array(fc.integer({ min: 0, max: 65_535 }), { maxLength: 200 });
  fc.assert(
    fc.property(packets, (sequences) => {
      const { lossRatio, packetsExpected, packetsReceived, jitter } = countOf(sequences);
      assert.ok(lossRatio >= 0 && lossRatio <= 1);
      assert.ok(packetsReceived <= packetsExpected);
      assert.ok(Number.isFinite(jitter));
    }),
    runs,
  );
});

statistics.run();
