import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { RtpPacket } from "../../engine/media/rtp-packet.ts";
import { type Admission, type RtpAddress, RtpSource } from "../../engine/media/rtp-source.ts";

const sources = suite("RTP source");

const TRUNK: RtpAddress = { host: "192.0.2.1", port: 4000 };
const TRUNK_OTHER_PORT: RtpAddress = { host: "192.0.2.1", port: 4002 };
const NAT: RtpAddress = { host: "198.51.100.7", port: 61_000 };
const STRANGER: RtpAddress = { host: "203.0.113.9", port: 4000 };

const packet = (sequence: number, ssrc = 1): RtpPacket => ({
  payloadType: 8,
  marker: false,
  sequence,
  timestamp: sequence * 160,
  ssrc,
  payloadBytes: 160,
});

/** "with the one before": the packet held back is counted too. */
type Verdict = "counted" | "new" | "new, with the one before" | "passed over";

/** Sender, sequence, source identifier; what becomes of it. */
type Step = readonly [RtpAddress, number, number, Verdict];

interface Row {
  readonly name: string;
  readonly announced: RtpAddress | null;
  readonly steps: readonly Step[];
  readonly heard: RtpAddress | null;
}

const ROWS: readonly Row[] = [
  {
    name: "the announced address is believed at once",
    announced: TRUNK,
    steps: [
      [TRUNK, 5, 1, "new"],
      [TRUNK, 9, 1, "counted"],
    ],
    heard: TRUNK,
  },
  {
    name: "another address is believed after two in sequence, and both count",
    announced: TRUNK,
    steps: [
      [NAT, 65_535, 1, "passed over"],
      [NAT, 0, 1, "new, with the one before"],
      [NAT, 1, 1, "counted"],
    ],
    heard: NAT,
  },
  {
    name: "one packet of a stranger is not believed",
    announced: TRUNK,
    steps: [
      [STRANGER, 1, 1, "passed over"],
      [STRANGER, 3, 1, "passed over"],
      [STRANGER, 4, 2, "passed over"],
    ],
    heard: null,
  },
  {
    name: "strangers are passed over once somebody is heard",
    announced: TRUNK,
    steps: [
      [TRUNK, 5, 1, "new"],
      [STRANGER, 6, 1, "passed over"],
      [STRANGER, 7, 1, "passed over"],
      [TRUNK, 6, 1, "counted"],
    ],
    heard: TRUNK,
  },
  {
    name: "a new source identifier from the same address is a new sender, by two in sequence",
    announced: TRUNK,
    steps: [
      [TRUNK, 5, 1, "new"],
      [TRUNK, 700, 2, "passed over"],
      [TRUNK, 6, 1, "counted"],
      [TRUNK, 701, 2, "passed over"],
      [TRUNK, 702, 2, "new, with the one before"],
    ],
    heard: TRUNK,
  },
  {
    name: "a sender may not change its port",
    announced: TRUNK,
    steps: [
      [TRUNK, 5, 1, "new"],
      [TRUNK_OTHER_PORT, 6, 1, "passed over"],
      [TRUNK_OTHER_PORT, 7, 1, "passed over"],
    ],
    heard: TRUNK,
  },
  {
    name: "the announced address takes over from one that was believed before",
    announced: TRUNK,
    steps: [
      [NAT, 1, 9, "passed over"],
      [NAT, 2, 9, "new, with the one before"],
      [TRUNK, 50, 1, "passed over"],
      [TRUNK, 51, 1, "new, with the one before"],
      [NAT, 3, 9, "passed over"],
      [NAT, 4, 9, "passed over"],
    ],
    heard: TRUNK,
  },
  {
    name: "where nobody was announced, two in sequence are believed",
    announced: null,
    steps: [
      [NAT, 1, 1, "passed over"],
      [NAT, 2, 1, "new, with the one before"],
    ],
    heard: NAT,
  },
];

function inWords(admission: Admission | null): Verdict {
  if (admission === null) return "passed over";
  if (!admission.isNewSender) return "counted";
  return admission.former === null ? "new" : "new, with the one before";
}

for (const { name, announced, steps, heard } of ROWS) {
  sources(name, () => {
    const source = new RtpSource();
    source.announce(announced);
    const found = steps.map(([from, sequence, ssrc]): Step => {
      const admission = source.admit(packet(sequence, ssrc), from, sequence);
      return [from, sequence, ssrc, inWords(admission)];
    });
    assert.equal(found, steps);
    assert.equal(source.address, heard);
  });
}

sources.run();
