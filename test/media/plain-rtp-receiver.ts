/**
 * A second, plain implementation of what `rtp-statistics.ts` counts, for streams that neither restart nor
 * jump by 3,000 packets: keeps every packet and computes at the end, by the definitions.
 */
export interface HeardPacket {
  /** Position in the stream, without wrap. */
  readonly index: number;
  readonly timestamp: number;
  readonly arrival: number;
}

export interface PlainCounts {
  readonly packetsExpected: number;
  readonly packetsReceived: number;
  readonly packetsDuplicated: number;
  readonly packetsReordered: number;
  readonly lossRatio: number;
  readonly jitter: number;
}

export function countPlainly(heard: readonly HeardPacket[]): PlainCounts {
  const first = new Map<number, HeardPacket>();
  let reordered = 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (const packet of heard) {
    if (first.has(packet.index)) continue;
    first.set(packet.index, packet);
    if (packet.index < highest) reordered++;
    highest = Math.max(highest, packet.index);
  }
  const distinct = [...first.values()];
  const indexes = distinct.map((packet) => packet.index);
  const packetsExpected =
    distinct.length === 0 ? 0 : Math.max(...indexes) - Math.min(...indexes) + 1;
  const transit = distinct.map((packet) => packet.arrival - packet.timestamp);
  let jitter = 0;
  for (let at = 1; at < transit.length; at++) {
    const change = Math.abs((transit[at] ?? 0) - (transit[at - 1] ?? 0));
    jitter += (change - jitter) / 16;
  }
  return {
    packetsExpected,
    packetsReceived: distinct.length,
    packetsDuplicated: heard.length - distinct.length,
    packetsReordered: reordered,
    lossRatio: packetsExpected === 0 ? 0 : 1 - distinct.length / packetsExpected,
    jitter,
  };
}
