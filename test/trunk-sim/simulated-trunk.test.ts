import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { OperatorCallRecord } from "../../engine/model/call-detail-record.ts";
import { labTls } from "../../engine/sip/lab-certificates.ts";
import { until } from "../media/until.ts";
import { CALLED, CALLER_ID, withTrunk } from "./trunk-lab.ts";

const trunks = suite("a simulated trunk on real sockets");

trunks("answers 100, 180 and 200 with SDP, and holds until the caller hangs up", async () => {
  await withTrunk({}, async (lab) => {
    const { heard, responses, final } = await lab.call();
    assert.equal(heard, ["trying", "progress 180", "answer"]);
    assert.is(responses[0]?.header("RSeq"), undefined, "180 is not reliable unless asked for");
    assert.match(final?.body?.content ?? "", /m=audio \d+ RTP\/AVP 8 101/);
    const [record] = lab.records();
    assert.ok(record !== undefined);
    const { receivedAt, ringingAt, answeredAt, endedAt, durationSeconds, quality, ...rest } =
      record;
    assert.equal(rest, {
      callId: final?.callId,
      trunk: "lab",
      operator: null,
      calledNumber: CALLED,
      callingNumber: CALLER_ID,
      result: "answered",
      status: 200,
      reason: null,
      hangUpSide: "caller",
    });
    const at = [receivedAt, ringingAt, answeredAt, endedAt].map((time) => Date.parse(time ?? ""));
    const [received = 0, rang = 0, answered = 0, ended = 0] = at;
    assert.ok(rang - received >= 19, "180 after 20 ms");
    assert.ok(answered - received >= 99, "200 after 100 ms");
    assert.ok(ended >= answered && durationSeconds < 2);
    assert.is(quality?.source, "synthesised");
    assert.ok((quality?.meanOpinionScore ?? 0) > 4);
  });
});

const OUTCOMES: readonly (readonly [
  name: string,
  answer: object,
  heard: readonly string[],
  record: Partial<OperatorCallRecord>,
])[] = [
  [
    "busy",
    { outcome: "busy" },
    ["trying", "progress 180", "reject 486"],
    { result: "failed", status: 486, reason: "Q.850;cause=17" },
  ],
  [
    "an unknown number at once",
    { progress: "none", trying: false, outcome: 404, postDialDelaySeconds: 0, ringSeconds: 0 },
    ["reject 404"],
    { result: "failed", status: 404, ringingAt: null, reason: "Q.850;cause=1" },
  ],
  [
    "no answer",
    { outcome: "no-answer", noAnswerSeconds: 0.05 },
    ["trying", "progress 180", "reject 480"],
    { result: "failed", status: 480, reason: "Q.850;cause=18" },
  ],
  [
    "the called side hangs up",
    { calleeHangsUp: 1, callSeconds: 0.05 },
    ["trying", "progress 180", "answer", "hang up"],
    { result: "answered", hangUpSide: "callee", reason: "Q.850;cause=16" },
  ],
  [
    "early media",
    { progress: "early-media" },
    ["trying", "progress 183", "answer"],
    { result: "answered", hangUpSide: "caller" },
  ],
];

for (const [name, answer, heard, record] of OUTCOMES) {
  trunks(`plays its plan: ${name}`, async () => {
    await withTrunk({ answer }, async (lab) => {
      const hungUpByCallee = heard.includes("hang up");
      const placed = hungUpByCallee ? await lab.place().ended() : await lab.call();
      assert.equal(placed.heard, heard);
      await until("a record", () => lab.records().length === 1);
      const [found] = lab.records();
      assert.equal({ ...found, ...record }, found);
      const early = placed.responses.find(({ status }) => status === 183);
      assert.is(early?.body?.content.startsWith("v=0") ?? false, heard.includes("progress 183"));
    });
  });
}

trunks("rings reliably where the caller can acknowledge it", async () => {
  await withTrunk({ answer: { reliable: true, progress: "early-media" } }, async (lab) => {
    const placed = await lab.call();
    const early = placed.responses.find(({ status }) => status === 183);
    assert.match(early?.header("RSeq") ?? "", /^\d+$/);
    assert.ok(early?.headers("Require").includes("100rel"));
    assert.equal(placed.heard.slice(-1), ["answer"]);
  });
});

trunks("a caller who gives up gets 487 and leaves a record", async () => {
  await withTrunk({ answer: { ringSeconds: 60 } }, async (lab) => {
    const placed = lab.place();
    await placed.reached("progress 180");
    placed.call?.cancel();
    await placed.ended();
    assert.is(placed.final?.status, 487);
    assert.equal(
      lab.records().map(({ result, status }) => [result, status]),
      [["cancelled", 487]],
    );
  });
});

trunks("plays another plan for numbers of another beginning", async () => {
  const rules = [
    { prefix: "+4420794600", answer: { outcome: 404 } },
    { prefix: "+44", answer: { outcome: "busy" } },
  ];
  await withTrunk({ rules }, async (lab) => {
    const statuses: (number | undefined)[] = [];
    for (const called of ["+442079460001", "+442079461001", "+14255550199"]) {
      statuses.push((await lab.call({ called })).final?.status);
    }
    assert.equal(statuses, [404, 486, 200]);
  });
});

const REFUSALS: readonly (readonly [
  name: string,
  trunk: object,
  invite: object,
  status: number,
  header: readonly [string, RegExp],
  because: string,
])[] = [
  ["a trunk that is switched off", { enabled: false }, {}, 503, ["Reason", /cause=41/], "disabled"],
  [
    "a caller ID of somebody else's",
    { policeCallerId: true, ownedNumbers: ["+1425555012x"] },
    {},
    403,
    ["Warning", /399 trunk-sim "caller ID \+14255550101 is no number of this operator"/],
    "caller-id",
  ],
  [
    "a caller who hides the number from the operator too",
    { policeCallerId: true, ownedNumbers: ["+1425555010x"] },
    { from: "anonymous", headers: [] },
    403,
    ["Warning", /no caller ID of this operator/],
    "caller-id",
  ],
  [
    "an offer without a codec in common",
    {},
    {
      body: {
        contentType: "application/sdp",
        content: "v=0\r\nc=IN IP4 127.0.0.1\r\nm=audio 4000 RTP/AVP 18\r\n",
      },
    },
    488,
    ["Warning", /304 trunk-sim "no codec in common/],
    "offer",
  ],
  [
    "a body that is no SDP",
    {},
    { body: { contentType: "text/plain", content: "hello" } },
    415,
    ["Accept", /application\/sdp/],
    "offer",
  ],
];

for (const [name, trunk, invite, status, [header, text], because] of REFUSALS) {
  trunks(`refuses ${name} by ${status}`, async () => {
    await withTrunk(trunk, async (lab) => {
      const { final } = await lab.call(invite);
      assert.is(final?.status, status);
      assert.match(final?.header(header) ?? "", text);
      // The endpoint itself refuses bodies that no call can be made of.
      if (lab.records().length === 0 && status === 415) return;
      const refused = lab.events.find((event) => event.kind === "refused");
      assert.equal([refused?.kind === "refused" && refused.because], [because]);
      assert.equal(
        lab.records().map((record) => [record.result, record.status]),
        [["failed", status]],
      );
    });
  });
}

trunks("a caller ID that the operator owns is let in", async () => {
  await withTrunk({ policeCallerId: true, ownedNumbers: ["+1425555010x"] }, async (lab) => {
    assert.is((await lab.call()).final?.status, 200);
  });
});

trunks(
  "holds as many calls as it may, refuses the next by 503, and takes one when one ends",
  async () => {
    await withTrunk({ maxConcurrentCalls: 2 }, async (lab) => {
      const first = await lab.place().reached("answer");
      await lab.place().reached("answer");
      const refused = await lab.call();
      assert.is(refused.final?.status, 503);
      assert.match(refused.final?.header("Reason") ?? "", /cause=34/);
      first.call?.hangUp();
      await first.ended();
      assert.is((await lab.call()).final?.status, 200);
    });
  },
);

trunks("takes no more calls a second than it may", async () => {
  await withTrunk({ callsPerSecond: 1 }, async (lab) => {
    const placed = await Promise.all([1, 2, 3, 4, 5].map(() => lab.call()));
    const statuses = placed.map(({ final }) => final?.status).sort();
    assert.equal(statuses, [200, 200, 503, 503, 503]);
  });
});

trunks(
  "an INVITE without an offer is answered by one, and the answer in the ACK is taken",
  async () => {
    await withTrunk({}, async (lab) => {
      const { final } = await lab.call({ body: null });
      assert.match(final?.body?.content ?? "", /m=audio \d+ RTP\/AVP 8 0 101/);
    });
  },
);

trunks(
  "OPTIONS is answered by 200, by what the scenario says, or by 503 when switched off",
  async () => {
    for (const [trunk, status] of [
      [{}, 200],
      [{ optionsStatus: 405 }, 405],
      [{ enabled: false }, 503],
    ] as const) {
      await withTrunk(trunk, async (lab) => {
        const ping = await lab.caller.ping(lab.peer, 1_000);
        assert.is(ping.answered && ping.status, status);
        assert.equal(
          lab.events.filter(({ kind }) => kind === "options"),
          [{ kind: "options", trunk: "lab", status }],
        );
      });
    }
  },
);

trunks("over TCP and IPv6 it is the same trunk", async () => {
  await withTrunk({ transport: "tcp", host: "::1" }, async (lab) => {
    const { heard, final } = await lab.call();
    assert.equal(heard, ["trying", "progress 180", "answer"]);
    assert.match(final?.body?.content ?? "", /c=IN IP6 ::1/);
  });
});

trunks("a trunk with a password takes the calls that know it, and refuses others", async () => {
  const digest = { realm: "operator.example", user: "contoso", password: "secret" };
  const login = { user: "contoso", password: "secret" };
  const wrong = { ...login, password: "guessed" };
  const wants = (as: typeof login) => ({ caller: { digest: { realm: "", login: as } } });
  await withTrunk(
    { digest },
    async (lab) => {
      const { heard } = await lab.call();
      assert.is(heard.at(-1), "answer");
      assert.is(lab.records().length, 1);
    },
    wants(login),
  );
  await withTrunk(
    { digest },
    async (lab) => {
      assert.match((await lab.call()).heard.at(-1) ?? "", /^reject 40[17]$/);
      assert.is(lab.simulation.held, 0, "no call was made of it");
    },
    wants(wrong),
  );
});

trunks("over TLS with the lab's certificates it is the same trunk", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trunk-tls-"));
  try {
    const tls = await labTls(folder);
    await withTrunk(
      { transport: "tls" },
      async (lab) => {
        assert.equal((await lab.call()).heard, ["trying", "progress 180", "answer"]);
      },
      { tls },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

trunks("draining refuses new calls and lets the running one end by itself", async () => {
  await withTrunk({ answer: { calleeHangsUp: 1, callSeconds: 0.2 } }, async (lab) => {
    const running = await lab.place().reached("answer");
    const drained = lab.simulation.drain(4_000, new AbortController().signal);
    const refused = await lab.call();
    assert.is(refused.final?.status, 503);
    assert.match(refused.final?.header("Retry-After") ?? "", /^\d+$/);
    assert.equal(await drained, { transactions: 0, dialogs: 0 });
    assert.is((await running.ended()).heard.at(-1), "hang up");
    const ping = await lab.caller.ping(lab.peer, 1_000);
    assert.is(ping.answered && ping.status, 503);
  });
});

trunks(
  "draining ends what does not end by itself: BYE to answered calls, 503 to ringing ones",
  async () => {
    await withTrunk({ rules: [{ prefix: "+1", answer: { ringSeconds: 60 } }] }, async (lab) => {
      const answered = await lab.place().reached("answer");
      const ringing = await lab.place({ called: "+14255550199" }).reached("progress 180");
      assert.equal(await lab.simulation.drain(50, new AbortController().signal), {
        transactions: 0,
        dialogs: 0,
      });
      assert.is((await answered.ended()).heard.at(-1), "hang up");
      assert.is((await ringing.ended()).final?.status, 503);
      assert.equal(
        lab.records().map(({ result, hangUpSide }) => [result, hangUpSide]),
        [
          ["answered", "callee"],
          ["failed", null],
        ].sort(),
      );
    });
  },
);

trunks.run();
