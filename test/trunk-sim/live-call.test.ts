import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { OperatorCallRecord } from "../../engine/model/call-detail-record.ts";
import type { ServerCall } from "../../engine/sip/sip-calls.ts";
import type { CallScript } from "../../trunk-sim/trunk/call-script.ts";
import type { CallSpeech } from "../../trunk-sim/trunk/call-speech.ts";
import {
  CLEARED_AFTER_MILLISECONDS,
  LiveCall,
  type LiveCallOwner,
} from "../../trunk-sim/trunk/live-call.ts";
import { SimClock } from "../../trunk-sim/trunk/sim-clock.ts";

const clearing = suite("calls that nobody answers or gives up");

const NEVER: CallScript = {
  trying: true,
  progress: null,
  progressAfter: 0,
  reliable: false,
  final: null,
  finalAfter: 0,
  calleeHangsUpAfter: null,
};

/** Plays a script without a final response, cleared after 20 ms; what was sent, and the record. */
async function cleared(script: CallScript): Promise<[readonly number[], OperatorCallRecord]> {
  const sent: number[] = [];
  const request = { callId: "a", headers: () => [] };
  const call = {
    request,
    trying: () => sent.push(100),
    progress: (status: number) => sent.push(status),
    reject: (status: number) => sent.push(status),
  };
  const speech = { end: () => null, start: () => undefined };
  const record = await new Promise<OperatorCallRecord>((ended) => {
    const owner: LiveCallOwner = {
      clock: new SimClock(),
      trunk: "bt-london",
      operator: "bt",
      clearedAfterMilliseconds: 20,
      onRinging: () => undefined,
      onAnswered: () => undefined,
      onEnded: (_, told) => ended(told),
    };
    const parties = { calledNumber: "+442079460123", callingNumber: "+14255550101", nth: 0 };
    const live = new LiveCall(owner, call as unknown as ServerCall, parties);
    live.begin(script);
    live.play(speech as unknown as CallSpeech);
  });
  return [sent, record];
}

clearing("a silent one is cleared by 408, and its place is free", async () => {
  const [sent, { result, status, durationSeconds }] = await cleared(NEVER);
  assert.equal([sent, result, status, durationSeconds], [[100, 408], "failed", 408, 0]);
});

clearing("one that rings on is cleared by 480", async () => {
  const [sent, { result, status }] = await cleared({ ...NEVER, progress: 180 });
  assert.equal([sent, result, status], [[100, 180, 480], "failed", 480]);
});

clearing("callers and proxies give up first", () => {
  assert.ok(CLEARED_AFTER_MILLISECONDS > 180_000);
});

clearing.run();
