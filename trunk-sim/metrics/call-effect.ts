import type { OperatorCallRecord } from "../../engine/model/call-detail-record.ts";

/**
 * Whether the network did its part in a call, for the network effectiveness ratio (NER): it did when the
 * call was answered, when the called party was busy, did not answer or refused, and when the number the
 * caller dialed cannot be reached. What is left is the network's own failure: refused for want of
 * capacity, policed, left without an answer.
 *
 * Microsoft, health dashboard for Direct Routing: answered, busy, ring no answer and user faults over all
 * attempts; ITU-T E.425 defines NER alike. Which SIP status is which, is ours.
 */
export type CallEffect = "answered" | "busy" | "no-answer" | "user" | "network";

const EFFECT_OF_STATUS: Readonly<Record<number, CallEffect>> = {
  404: "user",
  410: "user",
  480: "no-answer",
  484: "user",
  486: "busy",
  600: "busy",
  603: "user",
  604: "user",
  607: "user",
};

export function effectOf(record: OperatorCallRecord): CallEffect {
  if (record.result === "answered") return "answered";
  // A caller who gives up while it rings got no answer; one who gives up before that got no network.
  if (record.result === "cancelled") return record.ringingAt === null ? "network" : "no-answer";
  if (record.result === "timed-out" || record.status === null) return "network";
  if (record.status === 408) return record.ringingAt === null ? "network" : "no-answer";
  return EFFECT_OF_STATUS[record.status] ?? "network";
}
