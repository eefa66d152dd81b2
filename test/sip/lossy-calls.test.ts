import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ServerCall } from "../../engine/sip/sip-calls.ts";
import type { SipEndpointOptions, WireFate } from "../../engine/sip/sip-endpoint.ts";
import { withShortTimers } from "./short-timers.ts";
import { Heard, type Lab, SDP, Taken, withLab } from "./sip-lab.ts";

const CALLS = 40;

/** Milliseconds. What is lost is soon sent again … */
const T1 = 20;

/** … but no end gives up, however long a busy machine keeps this process waiting. */
const PATIENCE = 25_000;

const lossy = suite("calls over a network that loses");

/** No message is lost more often, so that no interval that doubles grows long. */
const MAX_LOSSES = 3;

/** Loses, when they are sent, and now and then doubles or delays, messages. */
function losing(share: number, seed: number): NonNullable<SipEndpointOptions["fateOf"]> {
  let state = seed;
  const losses = new Map<string, number>();
  return (direction, message): WireFate => {
    if (direction === "received") return { deliver: "now" };
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const drawn = state / 2 ** 32;
    const lost = losses.get(message) ?? 0;
    if (drawn < share && lost < MAX_LOSSES) {
      losses.set(message, lost + 1);
      return { deliver: "never" };
    }
    if (drawn < share + 0.05) return { deliver: "twice" };
    if (drawn < share + 0.1) return { deliver: "later", afterMilliseconds: 15 };
    return { deliver: "now" };
  };
}

interface Outcome {
  readonly heard: readonly Heard[];
  readonly taken: readonly Taken[];
  readonly lab: Lab;
}

async function run(
  act: (call: ServerCall, index: number) => void,
  after: (heard: Heard) => Promise<void>,
  check: (outcome: Outcome) => void,
): Promise<void> {
  const taken: Taken[] = [];
  const onInvite = (call: ServerCall): void => {
    taken.push(new Taken(call));
    act(call, taken.length);
  };
  const options = {
    caller: { fateOf: losing(0.3, 7) },
    called: { onInvite, fateOf: losing(0.3, 11) },
  };
  await withShortTimers(
    async () => {
      await withLab(options, async (lab) => {
        const heard = Array.from({ length: CALLS }, () => new Heard());
        await Promise.all(
          heard.map(async (one) => {
            one.place(lab);
            await after(one);
            await one.end.within();
          }),
        );
        await Promise.all(taken.map(({ end }) => end.within()));
        check({ heard, taken, lab });
        for (const endpoint of [lab.caller, lab.called]) {
          const { transactions, dialogs, retransmissionsSent } = endpoint.counts();
          assert.equal({ transactions, dialogs }, { transactions: 0, dialogs: 0 });
          assert.ok(retransmissionsSent > 0);
        }
        assert.equal(lab.faults, []);
      });
    },
    T1,
    PATIENCE,
  );
}

lossy("every call is answered and hung up, once", () =>
  run(
    (call) => {
      call.progress(180);
      call.answer({ body: SDP });
    },
    async (heard) => {
      await heard.answer.within();
      heard.call?.hangUp();
    },
    ({ heard, taken }) => {
      assert.is(taken.length, CALLS);
      for (const { order } of heard) {
        assert.equal(order.filter((event) => event.startsWith("answer")).length, 1);
        assert.is(order.at(-1), "end");
      }
    },
  ),
);

lossy("every refusal arrives", () =>
  run(
    (call) => call.reject(486),
    async (heard) => void (await heard.reject.within()),
    ({ heard, taken }) => {
      assert.is(taken.length, CALLS);
      for (const { order } of heard) assert.equal(order, ["reject 486", "end"]);
    },
  ),
);

lossy("every reliable provisional response arrives, and the answer after it", () =>
  run(
    (call) => {
      call.progress(183, { body: SDP, reliable: true });
      call.progress(180, { reliable: true });
      call.answer();
    },
    async (heard) => {
      await heard.answer.within();
      heard.call?.hangUp();
    },
    ({ heard }) => {
      for (const { order } of heard) {
        assert.equal(order.slice(0, 3), ["progress 183", "progress 180", "answer 200"]);
      }
    },
  ),
);

lossy.run();
