import { suite } from "uvu";
import * as assert from "uvu/assert";
import { HealthWatch } from "../../engine/call/trunk-health.ts";
import { type TrunkTarget, trunkTargets } from "../../engine/call/trunk-targets.ts";
import type { ServerCall } from "../../engine/sip/sip-calls.ts";
import type { PingResult } from "../../engine/sip/sip-endpoint.ts";
import { labTenant, MEGAN_CALLS, withCallLab } from "./call-lab.ts";

const health = suite("trunk health");

const INTERVAL = 1_000;

/** A watch over two trunks and two gateways, with a clock that is set. */
function lab(interval: number | null = INTERVAL) {
  const targets = new Map(
    trunkTargets(
      labTenant(
        [{ name: "a" }, { name: "b" }, { name: "off", enabled: false }],
        [{ identity: "sbc1.contoso.com" }, { identity: "sbc2.contoso.com", sendSipOptions: false }],
      ),
      [],
    ),
  );
  const asked: string[] = [];
  let answer: PingResult = { answered: true, status: 200, milliseconds: 1 };
  let now = 0;
  const watch = new HealthWatch({
    intervalMilliseconds: interval,
    now: () => now,
    toIso: (at) => `at ${at}`,
    ping: ({ host, port }) => {
      asked.push(`${host}:${port}`);
      return Promise.resolve(answer);
    },
  });
  return {
    watch,
    targets,
    asked,
    at: (time: number) => {
      now = time;
    },
    answers: (result: PingResult) => {
      answer = result;
    },
    demoted: () => [...targets.keys()].filter((key) => watch.isDemoted(key)),
  };
}

const SILENCE: PingResult = { answered: false, what: "no answer in 1000 ms" };

health("enabled ones are asked at once; off ones and those without OPTIONS never", async () => {
  const { watch, targets, asked } = lab();
  watch.watch(targets);
  await Promise.resolve();
  assert.equal(asked, ["127.0.0.1:5060", "127.0.0.1:5060", "sbc1.contoso.com:5061"]);
  assert.equal(
    watch.report().map(({ trunk, polled }) => `${trunk} ${polled}`),
    ["a true", "b true", "off false", "sbc1.contoso.com true", "sbc2.contoso.com false"],
  );
  watch.close();
});

health(
  "who has not answered within three intervals is demoted, and healthy again with an answer",
  async () => {
    const { watch, targets, at, answers, demoted } = lab();
    answers(SILENCE);
    watch.watch(targets);
    await new Promise(setImmediate);
    at(3 * INTERVAL);
    assert.equal(demoted(), []);
    at(3 * INTERVAL + 1);
    assert.equal(demoted(), ["a", "b", "sbc1.contoso.com"]);
    assert.is(watch.report()[0]?.lastFailure, "no answer in 1000 ms");

    answers({ answered: true, status: 404, milliseconds: 1 });
    watch.watch(new Map());
    watch.watch(targets);
    await new Promise(setImmediate);
    assert.equal(demoted(), []);
    const [first] = watch.report();
    assert.equal(
      [first?.condition, first?.lastAnswerAt, first?.lastStatus],
      ["healthy", "at 3001", 404],
    );
    watch.close();
  },
);

health("a trunk that answers OPTIONS with 503 is as one that does not", async () => {
  const { watch, targets, at, answers, demoted } = lab();
  answers({ answered: true, status: 503, milliseconds: 1 });
  watch.watch(targets);
  await new Promise(setImmediate);
  assert.equal(demoted(), []);
  at(3 * INTERVAL + 1);
  assert.equal(demoted(), ["a", "b", "sbc1.contoso.com"]);
  assert.is(watch.report()[0]?.lastFailure, "OPTIONS answered 503");
  watch.close();
});

health("when nobody polls, all are healthy", () => {
  const { watch, targets, asked, at, demoted } = lab(null);
  watch.watch(targets);
  at(1_000_000);
  assert.equal([asked, demoted()], [[], []]);
  assert.ok(watch.report().every(({ polled, condition }) => !polled && condition === "healthy"));
  watch.close();
});

health(
  "what is known stays when the tenant changes, unless the trunk is somewhere else",
  async () => {
    const { watch, targets, asked, at, demoted } = lab();
    watch.watch(targets);
    await new Promise(setImmediate);
    at(5 * INTERVAL);
    const moved = new Map(targets);
    const a = targets.get("a") as TrunkTarget;
    moved.set("a", { ...a, peer: { ...a.peer, port: 5099 } });
    asked.length = 0;
    watch.watch(moved);
    assert.equal(asked, ["127.0.0.1:5099"]);
    assert.equal(demoted(), ["b", "sbc1.contoso.com"]);
    watch.close();
  },
);

health("one that was not asked before is healthy at first when it comes into service", async () => {
  const { watch, targets, asked, at, demoted } = lab();
  watch.watch(targets);
  await new Promise(setImmediate);
  at(5 * INTERVAL);
  asked.length = 0;
  const off = targets.get("off") as TrunkTarget;
  watch.watch(new Map(targets).set("off", { ...off, enabled: true }));
  assert.equal(asked, ["127.0.0.1:5060"]);
  assert.not(demoted().includes("off"));
  assert.not(watch.isDemoted("off"));
  watch.close();
});

health("a trunk that is silent is tried after the others, over real sockets", async () => {
  const answers = (call: ServerCall): void => call.answer();
  const deaf = { onOptions: () => null };
  await withCallLab(
    [
      { name: "trunk-1", onInvite: answers, endpoint: deaf },
      { name: "trunk-2", onInvite: answers, trunk: { priority: 1 } },
    ],
    async ({ caller }) => {
      assert.is((await caller.place(MEGAN_CALLS, { holdSeconds: 0 })).trunk, "trunk-1");
      while (caller.health()[0]?.condition !== "demoted") {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      assert.is(caller.health()[1]?.lastStatus, 200);
      assert.is((await caller.place(MEGAN_CALLS, { holdSeconds: 0 })).trunk, "trunk-2");
    },
    { optionsIntervalSeconds: 0.05 },
  );
});

health.run();
