import type { Call } from "../model/call.ts";
import type {
  CallAttempt,
  CallDetailRecord,
  CallQuality,
  CallResult,
} from "../model/call-detail-record.ts";
import type { RouteDecision } from "../model/decision.ts";
import type { CallClock } from "./call-clock.ts";
import type { InviteAttempt } from "./invite-attempt.ts";

/** What a call came to, as its record is made of. */
export interface CallNotes {
  readonly id: string;
  readonly revision: string;
  readonly call: Call;
  /** After normalisation; `null` = not dialable. */
  readonly number: string | null;
  readonly decision: RouteDecision;
  readonly placedAt: number;
  readonly endedAt: number;
  readonly result: CallResult;
  readonly attempts: readonly InviteAttempt[];
  readonly quality: CallQuality | null;
}

/** The record of one call. Durations are those of the clock, not differences of times of day. */
export function recordCall(notes: CallNotes, clock: CallClock): CallDetailRecord {
  const { id, revision, call, number, decision, placedAt, endedAt, result, attempts } = notes;
  const sent = attempts.filter(wasSent);
  const carrier = sent.at(-1);
  const answeredAt = result === "answered" ? (carrier?.answeredAt ?? null) : null;
  const ringingAt = earliest(sent.map((attempt) => attempt.ringingAt));
  const firstHeard = ringingAt ?? answeredAt;
  const invitedAt = sent[0]?.invitedAt ?? placedAt;
  return {
    id,
    revision,
    dialed: call.dialed,
    number,
    user: call.user,
    kind: call.kind,
    decision: decision.outcome,
    route: decision.route,
    usage: decision.usage,
    policy: decision.policy,
    blockReason: decision.reason,
    operator: carrier?.target.operator ?? null,
    trunk: carrier?.target.name ?? null,
    callerId: carrier === undefined ? decision.callerId : carrier.callerId,
    placedAt: clock.toIso(placedAt),
    ringingAt: toIso(clock, ringingAt),
    answeredAt: toIso(clock, answeredAt),
    endedAt: clock.toIso(endedAt),
    result,
    status: carrier?.status ?? null,
    phrase: carrier?.phrase ?? attempts.at(-1)?.phrase ?? null,
    reason: carrier?.reason ?? null,
    hangUpSide: answeredAt === null ? null : (carrier?.hangUpSide ?? null),
    durationSeconds: answeredAt === null ? 0 : seconds(endedAt - answeredAt),
    postDialDelaySeconds: firstHeard === null ? null : seconds(firstHeard - invitedAt),
    quality: notes.quality,
    attempts: attempts.map((attempt) => recordAttempt(attempt, endedAt, clock)),
  };
}

/** Whether its INVITE went out, or was at least handed to the wire. */
export function wasSent(attempt: InviteAttempt): boolean {
  return attempt.outcome !== "not-attempted";
}

/** One attempt; `endedAt` stands for its end where that is not known. */
export function recordAttempt(
  attempt: InviteAttempt,
  endedAt: number,
  clock: CallClock,
): CallAttempt {
  return {
    trunk: attempt.target.name,
    operator: attempt.target.operator,
    callId: attempt.callId,
    invitedAt: clock.toIso(attempt.invitedAt),
    ringingAt: toIso(clock, attempt.ringingAt),
    endedAt: clock.toIso(attempt.endedAt ?? endedAt),
    outcome: attempt.outcome ?? "cancelled",
    status: attempt.status,
    phrase: attempt.phrase,
    reason: attempt.reason,
    failover: attempt.failover,
  };
}

function earliest(times: readonly (number | null)[]): number | null {
  return times.reduce((first, at) => {
    if (at === null) return first;
    return first === null ? at : Math.min(first, at);
  }, null);
}

function toIso(clock: CallClock, at: number | null): string | null {
  return at === null ? null : clock.toIso(at);
}

/** With milliseconds, never below 0. */
function seconds(milliseconds: number): number {
  return Math.max(0, Math.round(milliseconds)) / 1_000;
}
