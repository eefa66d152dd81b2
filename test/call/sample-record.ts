import type { CallAttempt, CallDetailRecord } from "../../engine/model/call-detail-record.ts";

/** The record of an answered call over one trunk, with what a test wants different. */
export function sampleRecord(more: Partial<CallDetailRecord> = {}): CallDetailRecord {
  return {
    id: "7d6e8f90-0000-4000-8000-000000000001",
    revision: "0123456789abcdef",
    dialed: "+442079460123",
    number: "+442079460123",
    user: "megan@contoso.com",
    kind: "user-call",
    decision: "operator",
    route: null,
    usage: null,
    policy: "Global",
    blockReason: null,
    operator: "pure-ip",
    trunk: "trunk-1",
    callerId: "+14255550101",
    placedAt: "2026-11-21T09:00:00.000Z",
    ringingAt: "2026-11-21T09:00:00.120Z",
    answeredAt: "2026-11-21T09:00:01.000Z",
    endedAt: "2026-11-21T09:00:11.000Z",
    result: "answered",
    status: 200,
    phrase: "OK",
    reason: null,
    hangUpSide: "caller",
    durationSeconds: 10,
    postDialDelaySeconds: 0.12,
    quality: null,
    attempts: [sampleAttempt()],
    ...more,
  };
}

export function sampleAttempt(more: Partial<CallAttempt> = {}): CallAttempt {
  return {
    trunk: "trunk-1",
    operator: "pure-ip",
    callId: "call-1",
    invitedAt: "2026-11-21T09:00:00.000Z",
    ringingAt: "2026-11-21T09:00:00.120Z",
    endedAt: "2026-11-21T09:00:11.000Z",
    outcome: "answered",
    status: 200,
    phrase: "OK",
    reason: null,
    failover: null,
    ...more,
  };
}
