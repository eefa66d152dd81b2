import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { agreementLines, compareSides } from "../../engine/cli/compare-sides.ts";
import type { CallDetailRecord } from "../../engine/model/call-detail-record.ts";

const folder = mkdtempSync(join(tmpdir(), "outdial-compare-"));
const BEGAN = Date.parse("2026-11-21T12:00:00.000Z");

/** A call of one attempt, with what the comparison looks at. */
function sent(callId: string, outcome: "answered" | "rejected" | "no-response"): CallDetailRecord {
  const attempt = { callId, trunk: "bt-london", operator: "bt", outcome };
  const result = outcome === "answered" ? "answered" : "failed";
  return { result, durationSeconds: 1, attempts: [attempt] } as unknown as CallDetailRecord;
}

function received(callId: string, result: string, receivedAt = "2026-11-21T12:00:01.000Z"): string {
  const durationSeconds = result === "answered" ? 1 : 0;
  const record = {
    callId,
    trunk: "bt-london",
    operator: "bt",
    result,
    receivedAt,
    durationSeconds,
  };
  return `${JSON.stringify(record)}\n`;
}

function fileOf(text: string): string {
  const file = join(folder, `${Math.random()}.ndjson`);
  writeFileSync(file, text);
  return file;
}

const sides = suite("both sides");

sides.after(() => rmSync(folder, { recursive: true }));

sides("agree, whatever the order, and whatever was in the file before", async () => {
  const before = received("z", "answered", "2026-11-21T11:59:59.999Z");
  const file = fileOf(`${before}${received("b", "failed")}${received("a", "answered")}`);
  const agreement = await compareSides([sent("a", "answered"), sent("b", "rejected")], file, BEGAN);
  assert.ok(agreement.isComplete);
  assert.equal(agreementLines(agreement), [
    "sent 2 = answered 1 + failed 1 + timed out 0; both sides agree on every call",
  ]);
});

sides("do not agree when a call is unknown to one, or ended otherwise", async () => {
  const file = fileOf(`${received("a", "failed")}${received("c", "answered")}`);
  const agreement = await compareSides([sent("a", "answered"), sent("b", "rejected")], file, BEGAN);
  assert.not(agreement.isComplete);
  assert.equal(agreementLines(agreement), [
    "result-differs bt-london a: answered at the caller, failed at the operator",
    "only-at-caller bt-london b: rejected at the caller, unknown to the operator",
    "only-at-operator bt-london c: answered at the operator, unknown to the caller",
    "sent 2 = answered 1 + failed 1 + timed out 0; the operators' side: sent 2 = answered 1 + failed 1 + timed out 0",
  ]);
});

sides("tell first what cannot both be true, however much else there is", async () => {
  const many = Array.from({ length: 30 }, (_, i) => sent(`lost-${i}`, "no-response"));
  const records = [...many, sent("a", "answered")];
  const agreement = await compareSides(records, fileOf(received("a", "failed")), BEGAN);
  const lines = agreementLines(agreement);
  assert.match(lines[0] ?? "", /^result-differs bt-london a: /);
  assert.is(lines[20], "and 11 more");
});

sides("agree on an INVITE that never arrived, and say so", async () => {
  const agreement = await compareSides([sent("a", "no-response")], fileOf(""), BEGAN);
  assert.ok(agreement.isComplete);
  assert.equal(agreementLines(agreement).slice(1), [
    "1 INVITE never reached its trunk",
    "sent 1 = answered 0 + failed 0 + timed out 1; both sides agree on every call that arrived",
  ]);
});

sides("agree on calls of other lengths, and say of how many", async () => {
  const file = fileOf(
    received("a", "answered").replace('"durationSeconds":1', '"durationSeconds":9'),
  );
  const agreement = await compareSides([sent("a", "answered")], file, BEGAN);
  assert.ok(agreement.isComplete);
  assert.equal(agreementLines(agreement), [
    "duration-differs bt-london a: 1 s at the caller, 9 s at the operator",
    "sent 1 = answered 1 + failed 0 + timed out 0; both sides agree on every call, but for the length of 1",
  ]);
});

sides("an answer that never reached the caller is no call of another length", async () => {
  const file = fileOf(
    received("a", "timed-out").replace('"durationSeconds":0', '"durationSeconds":32'),
  );
  const agreement = await compareSides([sent("a", "no-response")], file, BEGAN);
  assert.equal(agreementLines(agreement), [
    "sent 1 = answered 0 + failed 0 + timed out 1; both sides agree on every call",
  ]);
});

sides("a record that is still being written is waited for", async () => {
  const whole = received("a", "answered");
  const file = fileOf(whole.slice(0, 20));
  setTimeout(() => writeFileSync(file, whole), 300);
  const agreement = await compareSides([sent("a", "answered")], file, BEGAN);
  assert.ok(agreement.isComplete);
});

for (const [name, text] of [
  ["no JSON", "hello\nworld\n"],
  ["no record", '{"callId":5}\n{"callId":6}\n'],
  ["another result", `${received("a", "toString")}${received("b", "answered")}`],
] as const) {
  sides(`a file that holds ${name} is refused`, async () => {
    let told = "";
    await compareSides([], fileOf(text), BEGAN).catch((error: { code: string }) => {
      told = error.code;
    });
    assert.is(told, "ENGINE_FILE_UNREADABLE");
  });
}

sides("a file that is not there is refused", async () => {
  let told = "";
  await compareSides([], join(folder, "none"), BEGAN).catch((error: { message: string }) => {
    told = error.message;
  });
  assert.match(told, /none cannot be read: there is no such file$/);
});

sides.run();
