import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { OperatorCallRecord } from "../../engine/model/call-detail-record.ts";
import { IncomingRequest } from "../../engine/sip/incoming-message.ts";
import { parseSipMessage } from "../../engine/sip/parse-sip-message.ts";
import { ChallengedCalls, MAX_CHALLENGED_CALLS } from "../../trunk-sim/trunk/challenged-calls.ts";
import { SimClock } from "../../trunk-sim/trunk/sim-clock.ts";
import { until } from "../media/until.ts";
import { withShortTimers } from "../sip/short-timers.ts";

const challenged = suite("calls whose credentials are waited for");

function invite(callId: string): IncomingRequest {
  const text = [
    "INVITE sip:+442079460123@127.0.0.1 SIP/2.0",
    `Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK${callId}`,
    "From: <sip:+14255550101@contoso.com>;tag=1",
    "To: <sip:+442079460123@127.0.0.1>",
    `Call-ID: ${callId}`,
    "CSeq: 1 INVITE",
    "Content-Length: 0\r\n\r\n",
  ].join("\r\n");
  const parsed = parseSipMessage(Buffer.from(text));
  if (parsed.kind !== "request") throw new Error("not a request");
  return new IncomingRequest(parsed.message, { transport: "udp", host: "127.0.0.1", port: 5060 });
}

function openDesk(): { readonly calls: ChallengedCalls; readonly records: OperatorCallRecord[] } {
  const records: OperatorCallRecord[] = [];
  let counted = 0;
  const calls = new ChallengedCalls({
    clock: new SimClock(),
    trunk: "lab",
    operator: "pure-ip",
    countOf: () => counted++,
    onNeverAdmitted: (_, record) => records.push(record),
  });
  return { calls, records };
}

challenged(
  "one that comes back with the right credentials is no failed one, and counts once",
  () => {
    const { calls, records } = openDesk();
    calls.add(invite("a"));
    calls.add(invite("a"));
    assert.equal(calls.take("a"), {
      calledNumber: "+442079460123",
      callingNumber: "+14255550101",
      nth: 0,
    });
    assert.is(calls.take("a"), undefined);
    calls.end();
    assert.equal(records, []);
  },
);

challenged("one that never comes back has failed with 401 when 64 × T1 are over", async () => {
  await withShortTimers(async () => {
    const { calls, records } = openDesk();
    calls.add(invite("a"));
    calls.add(invite("b"));
    await until("two records", () => records.length === 2);
    assert.equal(
      records.map(({ callId, result, status, calledNumber, callingNumber }) => [
        ...[callId, result, status, calledNumber, callingNumber],
      ]),
      [
        ["a", "failed", 401, "+442079460123", "+14255550101"],
        ["b", "failed", 401, "+442079460123", "+14255550101"],
      ],
    );
    assert.is(calls.size, 0);
  }, 1);
});

challenged("the end of a run ends all, and none of them is told twice", () => {
  const { calls, records } = openDesk();
  calls.add(invite("a"));
  calls.end();
  calls.add(invite("a"));
  calls.end();
  assert.is(records.length, 1);
  assert.is(calls.take("a"), "told");
});

challenged("no more are held than may be: the one that waits longest ends early", () => {
  const { calls, records } = openDesk();
  for (let index = 0; index < MAX_CHALLENGED_CALLS; index++) calls.add(invite(`c${index}`));
  calls.add(invite("c0"));
  calls.add(invite("last"));
  assert.is(calls.size, MAX_CHALLENGED_CALLS);
  assert.equal(
    records.map(({ callId }) => callId),
    ["c1"],
  );
  calls.end();
  assert.is(records.length, MAX_CHALLENGED_CALLS + 1);
});

challenged.run();
