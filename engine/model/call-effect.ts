import type { CallResult } from "./call-detail-record.ts";

/**
 * Whether the network did its part in a call, for the network effectiveness ratio (NER): it did when the
 * call was answered, when the called party was busy, did not answer or refused, and when the number the
 * caller dialed cannot be reached. What is left is the network's own failure: refused for want of
 * capacity, policed, left without an answer.
 *
 * Both sides of a call count by this rule. Documented: Microsoft, direct-routing-health-dashboard counts
 * answered, busy, ring no answer and user faults over all attempts; the idea is ITU-T E.425's. Which SIP
 * status is which is assumed from their names in RFC 3261, RFC 8197 (607) and RFC 3398's table of causes.
 */
export type CallEffect = "answered" | "busy" | "no-answer" | "user" | "network";

/** How a call, or one attempt of it, ended. */
export interface CallEnd {
  readonly result: Exclude<CallResult, "not-placed">;
  /** Final SIP status; `null` = none came, or none was sent. */
  readonly status: number | null;
  /** Whether a provisional response other than 100 came before. */
  readonly hasRung: boolean;
}

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

/** Statuses that mean a caller who waited in vain, where the phone rang. */
const WAITED_IN_VAIN: ReadonlySet<number | null> = new Set([408, 487]);

export function effectOf({ result, status, hasRung }: CallEnd): CallEffect {
  const inVain = hasRung ? "no-answer" : "network";
  switch (result) {
    case "answered":
      return "answered";
    case "cancelled":
      // A caller who gives up while it rings got no answer; one who gives up before that got no network.
      return inVain;
    case "timed-out":
      // An answer that was never acknowledged did not get through.
      return status === 200 ? "network" : inVain;
    case "failed":
      if (WAITED_IN_VAIN.has(status)) return inVain;
      return EFFECT_OF_STATUS[status ?? 0] ?? "network";
  }
}

/** Whether it counts for the ratio. */
export function isDelivered(end: CallEnd): boolean {
  return effectOf(end) !== "network";
}
