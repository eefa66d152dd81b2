import { suite } from "uvu";
import * as assert from "uvu/assert";
import { callLines } from "../../engine/cli/print-call.ts";
import type { CallAttempt, CallDetailRecord } from "../../engine/model/call-detail-record.ts";

const at = (seconds: string): string => `2026-11-21T12:00:${seconds}Z`;

const RECORD: CallDetailRecord = {
  id: "1",
  revision: "0123456789abcdef",
  dialed: "020 7946 0123",
  number: "+442079460123",
  user: "alexw@contoso.com",
  kind: "dial-out",
  decision: "operator",
  route: "Conferencing World",
  usage: "Conferencing World",
  policy: "US Conferencing",
  blockReason: null,
  operator: "bt",
  trunk: "bt-manchester",
  callerId: "+442079460150",
  placedAt: at("00.000"),
  ringingAt: at("00.030"),
  answeredAt: at("00.110"),
  endedAt: at("02.110"),
  result: "answered",
  status: 200,
  phrase: "OK",
  reason: null,
  hangUpSide: "caller",
  durationSeconds: 2,
  postDialDelaySeconds: 0.03,
  quality: {
    source: "measured",
    packetsExpected: 100,
    packetsReceived: 99,
    lossRatio: 0.01,
    jitterMilliseconds: 1.25,
    meanOpinionScore: 4.26,
  },
  attempts: [],
};

const REFUSED: CallAttempt = {
  trunk: "bt-london",
  operator: "bt",
  callId: "a",
  invitedAt: at("00.000"),
  ringingAt: null,
  endedAt: at("00.005"),
  outcome: "rejected",
  status: 503,
  phrase: "Service Unavailable",
  reason: "Q.850;cause=34",
  failover: "status 503",
};

const TAKEN: CallAttempt = {
  ...REFUSED,
  trunk: "bt-manchester",
  callId: "b",
  invitedAt: at("00.010"),
  ringingAt: at("00.030"),
  endedAt: at("02.110"),
  outcome: "answered",
  status: 200,
  phrase: "OK",
  reason: null,
  failover: null,
};

const print = suite("print a call");

print("tells every attempt, why the next trunk was tried, and how it ended", () => {
  assert.equal(callLines({ ...RECORD, attempts: [REFUSED, TAKEN] }), [
    "+442079460123 (typed 020 7946 0123) dial-out by alexw@contoso.com, shown as +442079460150",
    '  route "Conferencing World" of usage "Conferencing World" in policy "US Conferencing"',
    "1. bt-london of bt: 503 Service Unavailable after 0.005 s",
    "   reason: Q.850;cause=34",
    "   next trunk, because of: status 503",
    "2. bt-manchester of bt: ringing after 0.020 s, answered",
    "answered by bt-manchester; post-dial delay 0.030 s; 2.000 s, hung up by the caller; MOS 4.26 (measured: 1.0 % lost, jitter 1.3 ms)",
  ]);
});

const ATTEMPTS: readonly (readonly [Partial<CallAttempt>, string])[] = [
  [{ outcome: "no-response", status: 408, phrase: null }, "no answer to the INVITE in 0.005 s"],
  [
    { outcome: "transport-failed", phrase: "127.0.0.1:5073/tcp refused the connection" },
    "could not be sent: 127.0.0.1:5073/tcp refused the connection",
  ],
  [{ outcome: "cancelled", status: 487 }, "given up after 0.005 s"],
  [
    { outcome: "not-attempted", phrase: "120 calls are in progress" },
    "passed over: 120 calls are in progress",
  ],
  [
    { operator: null, trunk: "sbc1.contoso.com", phrase: "busy\u001b[2J" },
    "503 busy [2J after 0.005 s",
  ],
];
for (const [changed, text] of ATTEMPTS) {
  print(`tells of an attempt: ${text}`, () => {
    const attempt = { ...REFUSED, reason: null, failover: null, ...changed };
    const owner = attempt.operator === null ? "" : " of bt";
    const lines = callLines({ ...RECORD, attempts: [attempt] });
    assert.is(lines[2], `1. ${attempt.trunk}${owner}: ${text}`);
  });
}

const ENDS: readonly (readonly [Partial<CallDetailRecord>, string])[] = [
  [{ result: "failed", status: 486, phrase: "Busy Here" }, "failed: 486 Busy Here"],
  [{ result: "failed", status: null, phrase: null }, "failed: no trunk could be tried"],
  [{ result: "timed-out" }, "timed out at bt-manchester: nobody answered"],
  [{ result: "cancelled" }, "given up by the caller"],
  [
    { result: "not-placed", decision: "blocked", blockReason: "NO_MATCH" },
    "not placed: blocked, NO_MATCH",
  ],
  [
    { result: "not-placed", decision: "on-net" },
    "not placed: the call goes to a number of the tenant itself",
  ],
  [
    { result: "not-placed", decision: "microsoft" },
    "not placed: the call goes to Microsoft's own network",
  ],
  [
    { quality: null, hangUpSide: null, postDialDelaySeconds: null },
    "answered by bt-manchester; 2.000 s, ended by the network",
  ],
];
for (const [changed, text] of ENDS) {
  print(`ends with: ${text}`, () => {
    assert.is(callLines({ ...RECORD, ...changed }).at(-1), text);
  });
}

print.run();
