import type {
  CallQuality,
  OperatorCallRecord,
  OperatorCallResult,
} from "../../../engine/model/call-detail-record.ts";
import type { Refusal, SimEvent, SimListener } from "../../../trunk-sim/sim-event.ts";

/** A call to tell listeners of; times in milliseconds from the INVITE. */
export interface PlayedCall {
  readonly trunk?: string;
  readonly ringing?: number;
  readonly answered?: number;
  readonly refused?: Refusal;
  readonly ended: number;
  /** Left out: `answered` where it was, else `failed`. */
  readonly result?: OperatorCallResult;
  /** Left out: 200 where it was answered, else 503. */
  readonly status?: number | null;
  readonly quality?: CallQuality;
}

const RECEIVED_AT = Date.UTC(2026, 0, 1);

/** What a trunk tells of a call, in order. */
export function eventsOf(call: PlayedCall): readonly SimEvent[] {
  const trunk = call.trunk ?? "north-1";
  const record = recordOf(call, trunk);
  const { refused, ringing, answered } = call;
  const events: SimEvent[] = [{ kind: "invited", trunk }];
  if (refused !== undefined) {
    events.push({ kind: "refused", trunk, status: record.status ?? 503, because: refused });
  }
  if (ringing !== undefined) events.push({ kind: "ringing", trunk, milliseconds: ringing });
  if (answered !== undefined) events.push({ kind: "answered", trunk, milliseconds: answered });
  return [...events, { kind: "ended", trunk, record }];
}

export function play(listener: SimListener, ...calls: readonly PlayedCall[]): void {
  for (const call of calls) for (const event of eventsOf(call)) listener(event);
}

function recordOf(call: PlayedCall, trunk: string): OperatorCallRecord {
  const at = (milliseconds: number | undefined): string | null =>
    milliseconds === undefined ? null : new Date(RECEIVED_AT + milliseconds).toISOString();
  const { ringing, answered, ended } = call;
  const result = call.result ?? (answered === undefined ? "failed" : "answered");
  return {
    callId: "a84b4c76e66710",
    trunk,
    operator: "northwind",
    calledNumber: "+442079460123",
    callingNumber: "+14255550199",
    receivedAt: new Date(RECEIVED_AT).toISOString(),
    ringingAt: at(ringing),
    answeredAt: at(answered),
    endedAt: new Date(RECEIVED_AT + ended).toISOString(),
    result,
    status: call.status === undefined ? (answered === undefined ? 503 : 200) : call.status,
    reason: null,
    hangUpSide: result === "answered" ? "caller" : null,
    durationSeconds: answered === undefined ? 0 : (ended - answered) / 1000,
    quality: call.quality ?? null,
  };
}
