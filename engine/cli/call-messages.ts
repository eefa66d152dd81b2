import { ladderLines } from "../call/ladder.ts";
import { type TappedMessage, tapTo } from "../call/tapped-message.ts";
import type { TrunkTargets } from "../call/trunk-targets.ts";
import { openPcap, type PcapFile } from "../call/write-pcap.ts";
import type { WireTap } from "../sip/sip-endpoint.ts";
import { hostPort, type ListenAddress, type SipPeer } from "../sip/sip-peer.ts";

/** WHY: one call has some ten messages, and a hostile trunk must not fill the memory. */
const MAX_KEPT = 1000;
const DEFAULT_WIDTH = 100;

/** The messages of one call, for its ladder and its capture. */
export class CallMessages {
  readonly tap: WireTap;
  readonly #kept: TappedMessage[] = [];
  readonly #pcap: PcapFile | null;

  private constructor(isLadderWanted: boolean, pcap: PcapFile | null) {
    this.#pcap = pcap;
    this.tap = tapTo((tapped) => {
      pcap?.write(tapped);
      if (isLadderWanted && this.#kept.length < MAX_KEPT) this.#kept.push(tapped);
    });
  }

  /** @throws EngineError `ENGINE_FILE_UNWRITABLE` when the capture's file cannot be opened */
  static async open(isLadderWanted: boolean, pcap: string | null): Promise<CallMessages> {
    return new CallMessages(isLadderWanted, pcap === null ? null : await openPcap(pcap));
  }

  /** The message flow, the trunks by their names; empty when none was asked for. */
  ladder(targets: TrunkTargets): readonly string[] {
    const names = new Map(
      [...targets.values()].map(({ name, peer }) => [addressOf(peer), name] as const),
    );
    const ours = new Set(this.#kept.map(({ local }) => addressOf(local)));
    return ladderLines(this.#kept, {
      width: process.stdout.columns ?? DEFAULT_WIDTH,
      nameOf: (end) => (ours.has(addressOf(end)) ? "outdial" : names.get(addressOf(end))),
    });
  }

  async close(): Promise<void> {
    await this.#pcap?.close();
  }
}

function addressOf(end: SipPeer | ListenAddress): string {
  return `${hostPort(end)}/${end.transport}`;
}
