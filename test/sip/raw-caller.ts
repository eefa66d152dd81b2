import type { ServerCall } from "../../engine/sip/sip-calls.ts";
import { RawPeer } from "./raw-peer.ts";
import { type Lab, Signal, Taken, withLab } from "./sip-lab.ts";

/** A called end that does `act` with each call, and a peer of raw messages. */
export async function withRawCaller(
  act: (call: ServerCall) => void,
  run: (raw: RawPeer, taken: Signal<Taken>, lab: Lab, calls: ServerCall[]) => Promise<void>,
): Promise<void> {
  const taken = new Signal<Taken>("the call");
  const calls: ServerCall[] = [];
  const onInvite = (call: ServerCall): void => {
    calls.push(call);
    taken.fire(new Taken(call));
    act(call);
  };
  await withLab({ called: { onInvite } }, async (lab) => {
    const raw = await RawPeer.open(lab.calledPeer);
    try {
      await run(raw, taken, lab, calls);
    } finally {
      await raw.close();
    }
  });
}
