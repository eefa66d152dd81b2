import type { OperatorCallRecord } from "../../engine/model/call-detail-record.ts";
import type { SimEvent } from "../sim-event.ts";

/** What is measured of calls, all from the INVITE but the duration, which counts from the answer. */
export type CallMeasure = "postDialDelay" | "answerDelay" | "callDuration";

/**
 * Tells the measures that an event brings, in milliseconds. The post-dial delay ends with the first
 * provisional response other than 100, or with the answer where none came before it; a call that was
 * refused has none.
 */
export function eachMeasure(
  event: SimEvent,
  take: (measure: CallMeasure, milliseconds: number) => void,
): void {
  if (event.kind === "ringing") take("postDialDelay", event.milliseconds);
  else if (event.kind === "answered") take("answerDelay", event.milliseconds);
  else if (event.kind === "ended") measureEnded(event.record, take);
}

function measureEnded(
  { result, receivedAt, ringingAt, answeredAt, durationSeconds }: OperatorCallRecord,
  take: (measure: CallMeasure, milliseconds: number) => void,
): void {
  if (ringingAt === null && answeredAt !== null) {
    take("postDialDelay", Date.parse(answeredAt) - Date.parse(receivedAt));
  }
  if (result === "answered") take("callDuration", durationSeconds * 1000);
}
