import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { CallDetailRecord } from "../../engine/model/call-detail-record.ts";
import type { ServerCall } from "../../engine/sip/sip-calls.ts";
import { type CallLab, DIEGO_CALLS, MEGAN_CALLS, withCallLab } from "./call-lab.ts";

const calls = suite("placed calls");

const HOLD = { holdSeconds: 0.03 };

const answers = (call: ServerCall): void => {
  call.trying();
  call.progress(180);
  call.answer();
};
const refuses =
  (status: number) =>
  (call: ServerCall): void =>
    call.reject(status);
const ringsThen =
  (status: number) =>
  (call: ServerCall): void => {
    call.progress(180);
    call.reject(status);
  };

function attemptsOf({ attempts }: CallDetailRecord): string[] {
  return attempts.map(({ trunk, outcome, status, failover }) =>
    [trunk, outcome, status, failover ?? "-"].join(" | "),
  );
}

/** The last messages may still be on their way when the record is there. */
async function assertNothingLeft({ caller, callerEnd, ends }: CallLab): Promise<void> {
  for (const end of [callerEnd, ...ends.values()]) {
    const until = Date.now() + 3_000;
    const isBusy = (): boolean => end.counts().transactions + end.counts().dialogs > 0;
    while (isBusy() && Date.now() < until) await new Promise(setImmediate);
    const { transactions, dialogs } = end.counts();
    assert.equal({ transactions, dialogs }, { transactions: 0, dialogs: 0 });
  }
  assert.ok(caller.load().every(({ calls: carried }) => carried === 0));
  const { placed, inFlight, answered, failed, timedOut, cancelled, notPlaced } = caller.counts();
  assert.is(inFlight, 0);
  assert.is(placed, answered + failed + timedOut + cancelled + notPlaced);
}

calls("a call is placed, answered, held and hung up", async () => {
  await withCallLab([{ name: "trunk-1", onInvite: answers }], async (lab) => {
    const heard: string[] = [];
    const record = await lab.caller.place(MEGAN_CALLS, {
      ...HOLD,
      onProgress: ({ kind }) => heard.push(kind),
    });
    assert.is(record.result, "answered");
    assert.equal(attemptsOf(record), ["trunk-1 | answered | 200 | -"]);
    assert.equal(
      [record.decision, record.operator, record.trunk, record.callerId, record.hangUpSide],
      ["operator", "pure-ip", "trunk-1", "+14255550101", "caller"],
    );
    assert.ok(record.durationSeconds >= 0.025 && record.durationSeconds < 1);
    assert.ok((record.postDialDelaySeconds ?? 9) < 1);
    assert.is(record.number, "+442079460123");
    assert.ok((record.answeredAt ?? "") >= (record.ringingAt ?? "~"));
    assert.ok(record.endedAt >= (record.answeredAt ?? "~"));
    assert.equal(heard, ["decided", "invited", "ringing", "answered", "attempt-ended"]);
    assert.equal(lab.wire, [
      ...["trunk-1 > INVITE", "trunk-1 < 100 INVITE", "trunk-1 < 180 INVITE"],
      ...["trunk-1 < 200 INVITE", "trunk-1 > ACK", "trunk-1 > BYE", "trunk-1 < 200 BYE"],
    ]);
    await assertNothingLeft(lab);
  });
});

calls("the called end hangs up, and says why", async () => {
  const hangsUp = (call: ServerCall): void => {
    call.events = {
      onConfirm: () =>
        call.hangUp({ headers: [["Reason", 'Q.850 ;cause=31 ;text="Normal, unspecified"']] }),
    };
    call.answer();
  };
  await withCallLab([{ name: "trunk-1", onInvite: hangsUp }], async (lab) => {
    const record = await lab.caller.place(MEGAN_CALLS);
    assert.is(record.result, "answered");
    assert.is(record.hangUpSide, "callee");
    assert.is(record.reason, 'Q.850;cause=31;text="Normal, unspecified"');
    await assertNothingLeft(lab);
  });
});

const BY_CODE: readonly (readonly [string, (call: ServerCall) => void, string[], string])[] = [
  [
    "503: the next trunk takes it",
    refuses(503),
    ["trunk-1 | rejected | 503 | status 503", "trunk-2 | answered | 200 | -"],
    "answered",
  ],
  ["486 ends it", refuses(486), ["trunk-1 | rejected | 486 | -"], "failed"],
  ["180 and then 503 ends it", ringsThen(503), ["trunk-1 | rejected | 503 | -"], "failed"],
];

for (const [name, onInvite, attempts, result] of BY_CODE) {
  calls(name, async () => {
    await withCallLab(
      [
        { name: "trunk-1", onInvite },
        { name: "trunk-2", onInvite: answers, trunk: { priority: 1 } },
      ],
      async (lab) => {
        const record = await lab.caller.place(MEGAN_CALLS, HOLD);
        assert.equal(attemptsOf(record), attempts);
        assert.is(record.result, result);
        await assertNothingLeft(lab);
      },
    );
  });
}

calls("an operator's own codes replace the defaults", async () => {
  const codes = { failoverResponseCodes: [486, 503] };
  const trunks = (status: number) => [
    { name: "trunk-1", onInvite: refuses(status) },
    { name: "trunk-2", onInvite: answers, trunk: { priority: 1 } },
  ];
  const attempt = async (status: number): Promise<string[]> => {
    let attempts: string[] = [];
    const run = async (lab: CallLab): Promise<void> => {
      attempts = attemptsOf(await lab.caller.place(MEGAN_CALLS, HOLD));
    };
    await withCallLab(trunks(status), run, {}, codes);
    return attempts;
  };
  assert.is((await attempt(486)).length, 2);
  assert.equal(await attempt(408), ["trunk-1 | rejected | 408 | -"]);
});

calls(
  "100 and then silence: cancelled after the trunk's seconds, and the next takes it",
  async () => {
    const silent = (call: ServerCall): void => call.trying();
    await withCallLab(
      [
        { name: "trunk-1", onInvite: silent, target: { failoverTimeSeconds: 0.2 } },
        { name: "trunk-2", onInvite: answers, trunk: { priority: 1 } },
      ],
      async (lab) => {
        const record = await lab.caller.place(MEGAN_CALLS, HOLD);
        assert.equal(attemptsOf(record), [
          "trunk-1 | no-response | 408 | no response in 0.2 s",
          "trunk-2 | answered | 200 | -",
        ]);
        const waited =
          Date.parse(record.attempts[1]?.invitedAt ?? "") - Date.parse(record.placedAt);
        assert.ok(waited >= 195 && waited < 1_000, `waited ${waited} ms`);
        assert.ok(lab.wire.includes("trunk-1 > CANCEL"));
        assert.ok(lab.wire.includes("trunk-1 < 487 INVITE"));
        await lab.caller.drain(0.1);
        await assertNothingLeft(lab);
      },
    );
  },
);

calls("an answer that crosses the CANCEL is acknowledged and hung up", async () => {
  const late: ServerCall[] = [];
  let cancels = 0;
  const slow = (call: ServerCall): void => {
    call.trying();
    late.push(call);
  };
  const answersBoth = (call: ServerCall): void => {
    late[0]?.answer();
    answers(call);
  };
  await withCallLab(
    [
      // The first CANCEL is lost, so the slow one does not hear of it before it answers.
      {
        name: "trunk-1",
        onInvite: slow,
        target: { failoverTimeSeconds: 0.1 },
        endpoint: {
          fateOf: (direction, message) =>
            direction === "received" && message.startsWith("CANCEL") && cancels++ === 0
              ? { deliver: "never" }
              : { deliver: "now" },
        },
      },
      { name: "trunk-2", onInvite: answersBoth, trunk: { priority: 1 } },
    ],
    async (lab) => {
      const record = await lab.caller.place(MEGAN_CALLS, HOLD);
      assert.is(record.result, "answered");
      assert.is(record.trunk, "trunk-2");
      assert.equal(attemptsOf(record), [
        "trunk-1 | answered | 200 | no response in 0.1 s",
        "trunk-2 | answered | 200 | -",
      ]);
      assert.ok(lab.wire.includes("trunk-1 > ACK"));
      assert.ok(lab.wire.includes("trunk-1 > BYE"));
      await assertNothingLeft(lab);
    },
  );
});

calls("nobody picks up: cancelled after the caller's patience, no failover", async () => {
  const rings = (call: ServerCall): void => call.progress(180);
  await withCallLab(
    [
      { name: "trunk-1", onInvite: rings },
      { name: "trunk-2", onInvite: answers, trunk: { priority: 1 } },
    ],
    async (lab) => {
      const record = await lab.caller.place(MEGAN_CALLS, HOLD);
      assert.is(record.result, "timed-out");
      assert.equal(attemptsOf(record), ["trunk-1 | cancelled | 487 | -"]);
      assert.equal(lab.arrived, ["trunk-1"]);
      assert.match(
        lab.messages.find((text) => text.startsWith("CANCEL")) ?? "",
        /^Reason: Q.850;cause=19/m,
      );
      await assertNothingLeft(lab);
    },
    { ringSeconds: 0.15 },
  );
});

calls("the caller gives up while it rings, and hangs up while she talks", async () => {
  for (const [moment, result] of [
    ["ringing", "cancelled"],
    ["answered", "answered"],
  ] as const) {
    const onInvite = (call: ServerCall): void => {
      call.progress(180);
      if (moment === "answered") call.answer();
    };
    await withCallLab([{ name: "trunk-1", onInvite }], async (lab) => {
      const giveUp = new AbortController();
      const record = await lab.caller.place(MEGAN_CALLS, {
        signal: giveUp.signal,
        onProgress: ({ kind }) => {
          if (kind === moment) giveUp.abort();
        },
      });
      assert.is(record.result, result);
      assert.is(record.hangUpSide, result === "answered" ? "caller" : null);
      await assertNothingLeft(lab);
    });
  }
});

calls("nobody listens: the same trunk once more, then the next", async () => {
  const dead = { transport: "tcp", host: "127.0.0.1", port: 1 } as const;
  await withCallLab(
    [
      { name: "trunk-1", target: { peer: dead } },
      { name: "trunk-2", onInvite: answers, trunk: { priority: 1 } },
    ],
    async (lab) => {
      const record = await lab.caller.place(MEGAN_CALLS, HOLD);
      assert.equal(attemptsOf(record), [
        "trunk-1 | transport-failed |  | transport error",
        "trunk-1 | transport-failed |  | transport error",
        "trunk-2 | answered | 200 | -",
      ]);
      await assertNothingLeft(lab);
    },
  );
});

calls("a host that is not there fails like any transport", async () => {
  const nowhere = { transport: "udp", host: "sbc.invalid", port: 5060 } as const;
  await withCallLab([{ name: "trunk-1", target: { peer: nowhere } }], async (lab) => {
    const record = await lab.caller.place(MEGAN_CALLS, HOLD);
    assert.is(record.result, "failed");
    assert.is(record.attempts.length, 2);
    assert.ok(record.attempts.every(({ outcome }) => outcome === "transport-failed"));
    assert.match(record.phrase ?? "", /sbc\.invalid/);
    await assertNothingLeft(lab);
  });
});

calls("a full trunk is passed over, and tried again when it has room", async () => {
  await withCallLab(
    [
      { name: "trunk-1", onInvite: answers, trunk: { maxConcurrentCalls: 1 } },
      { name: "trunk-2", onInvite: answers, trunk: { priority: 1 } },
    ],
    async (lab) => {
      const first = lab.caller.place(MEGAN_CALLS, { holdSeconds: 0.1 });
      const second = await lab.caller.place(MEGAN_CALLS, HOLD);
      assert.equal(attemptsOf(second), [
        "trunk-1 | not-attempted |  | full: 1 calls",
        "trunk-2 | answered | 200 | -",
      ]);
      assert.is((await first).trunk, "trunk-1");
      assert.is((await lab.caller.place(MEGAN_CALLS, HOLD)).trunk, "trunk-1");
      await assertNothingLeft(lab);
    },
  );
});

calls("all trunks full: failed, and nothing was sent", async () => {
  const full = { maxConcurrentCalls: 0 };
  await withCallLab([{ name: "trunk-1", onInvite: answers, trunk: full }], async (lab) => {
    const record = await lab.caller.place(MEGAN_CALLS, HOLD);
    assert.is(record.result, "failed");
    assert.is(record.trunk, null);
    assert.equal(attemptsOf(record), ["trunk-1 | not-attempted |  | -"]);
    assert.equal(lab.wire, []);
    assert.is(lab.caller.counts().attempts, 0);
  });
});

calls("gateways take calls with Microsoft's profile, and a forwarded call's history", async () => {
  await withCallLab(
    [
      {
        name: "sbc1.contoso.com",
        onInvite: answers,
        gateway: { forwardCallHistory: true, forwardPai: true },
      },
    ],
    async (lab) => {
      const record = await lab.caller.place({ ...DIEGO_CALLS, kind: "forward" }, HOLD);
      assert.is(record.decision, "gateway");
      assert.is(record.operator, null);
      assert.is(record.trunk, "sbc1.contoso.com");
      const invite = lab.messages.find((text) => text.startsWith("INVITE")) ?? "";
      assert.match(
        invite,
        /^From: "Diego \\"D\\" Siciliani" <sip:\+14255550102@sip\.pstnhub\.microsoft\.com;user=phone>/m,
      );
      assert.match(
        invite,
        /^History-Info: <sip:\+14255550102@sip\.pstnhub\.microsoft\.com;user=phone\?Reason=SIP%3Bcause%3D302/m,
      );
      assert.match(invite, /^P-Asserted-Identity: <sip:\+14255550102@/m);
      assert.not.match(invite, /^Diversion:/m);
      await assertNothingLeft(lab);
    },
  );
});

calls("a call that goes to no trunk is not placed", async () => {
  await withCallLab([{ name: "trunk-1", onInvite: answers }], async (lab) => {
    const record = await lab.caller.place({ ...DIEGO_CALLS, dialed: "+33140000000" });
    assert.is(record.result, "not-placed");
    assert.is(record.blockReason, "NO_MATCH");
    assert.equal(record.attempts, []);
    const onNet = await lab.caller.place({ ...MEGAN_CALLS, dialed: "+14255550102" });
    assert.equal([onNet.result, onNet.decision], ["not-placed", "on-net"]);
    assert.is(lab.caller.counts().notPlaced, 2);
    assert.equal(lab.wire, []);
  });
});

calls("draining hangs up what still talks, and takes no more calls", async () => {
  await withCallLab([{ name: "trunk-1", onInvite: answers }], async (lab) => {
    const talking = lab.caller.place(MEGAN_CALLS);
    while (lab.caller.counts().talking === 0) await new Promise(setImmediate);
    const drained = lab.caller.drain(0.05);
    assert.is((await lab.caller.place(MEGAN_CALLS)).result, "not-placed");
    const record = await talking;
    assert.equal([record.result, record.hangUpSide], ["answered", "caller"]);
    await drained;
    await assertNothingLeft(lab);
  });
});

calls("closing abandons a call; its record says how far it came", async () => {
  const rings = (call: ServerCall): void => call.progress(180);
  await withCallLab([{ name: "trunk-1", onInvite: rings }], async (lab) => {
    const placed = lab.caller.place(MEGAN_CALLS, {
      onProgress: ({ kind }) => {
        if (kind === "ringing") setImmediate(() => lab.caller.close());
      },
    });
    const record = await placed;
    assert.is(record.result, "cancelled");
    assert.ok(record.ringingAt !== null);
    assert.is(lab.caller.counts().inFlight, 0);
  });
});

calls.run();
