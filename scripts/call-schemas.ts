import { z } from "zod";
import { FINDING_KINDS } from "../engine/exchange/reconcile-calls.ts";
import { CALL_KINDS } from "../engine/model/call.ts";
import type {
  AttemptOutcome,
  CallResult,
  OperatorCallResult,
} from "../engine/model/call-detail-record.ts";
import { BLOCK_REASONS, DECISION_OUTCOMES } from "../engine/model/decision.ts";

const ATTEMPT_OUTCOMES = [
  "answered",
  "rejected",
  "no-response",
  "transport-failed",
  "cancelled",
  "not-attempted",
] as const satisfies readonly AttemptOutcome[];

const CALL_RESULTS = [
  "answered",
  "failed",
  "timed-out",
  "cancelled",
  "not-placed",
] as const satisfies readonly CallResult[];

const OPERATOR_CALL_RESULTS = [
  "answered",
  "failed",
  "timed-out",
  "cancelled",
] as const satisfies readonly OperatorCallResult[];

const maybe = z.string().nullable();
const time = z.iso.datetime({ precision: 3 });
const status = z.int().min(100).max(699).nullable();
const count = z.int().min(0);
const ratio = z.number().min(0).max(1);

const quality = z
  .strictObject({
    source: z
      .enum(["measured", "synthesised"])
      .describe("synthesised = computed from the trunk's profile, no packet was looked at"),
    packetsExpected: count.nullable(),
    packetsReceived: count.nullable(),
    lossRatio: ratio,
    jitterMilliseconds: z.number().min(0).describe("Interarrival jitter of RFC 3550, 6.4.1"),
    meanOpinionScore: z.number().min(1).max(4.5).describe("By the E-model, ITU-T G.107"),
  })
  .nullable();

const attempt = z.strictObject({
  trunk: z.string().describe("Trunk name, or a gateway's FQDN"),
  operator: maybe.describe("Operator id; null for a gateway"),
  callId: z.string().describe("SIP Call-ID of this attempt"),
  invitedAt: time,
  ringingAt: time.nullable().describe("First provisional response other than 100"),
  endedAt: time,
  outcome: z.enum(ATTEMPT_OUTCOMES),
  status: status.describe("Final SIP status; 408 where the trunk's own timer ran out"),
  phrase: maybe.describe("Reason phrase, or what failed"),
  reason: maybe.describe("Reason header (RFC 3326)"),
  failover: maybe.describe("Why the next trunk was tried; null = it was not"),
});

/** One call as the side recorded it that placed it: a line of `--cdr`, what `call --json` prints. */
export const callDetailRecordSchema = z
  .strictObject({
    id: z.string(),
    revision: z.string().regex(/^[0-9a-f]{16}$/),
    dialed: z.string().describe("As typed"),
    number: maybe.describe("After normalisation; null = not dialable"),
    user: z.string(),
    kind: z.enum(CALL_KINDS),
    decision: z.enum(DECISION_OUTCOMES),
    route: maybe,
    usage: maybe,
    policy: maybe,
    blockReason: z.enum(BLOCK_REASONS).nullable(),
    operator: maybe.describe("Of the last attempt that was sent"),
    trunk: maybe.describe("Of the last attempt that was sent"),
    callerId: maybe,
    placedAt: time,
    ringingAt: time.nullable(),
    answeredAt: time.nullable(),
    endedAt: time,
    result: z.enum(CALL_RESULTS),
    status: status.describe("Final status of the last attempt"),
    phrase: maybe,
    reason: maybe,
    hangUpSide: z.enum(["caller", "callee"]).nullable(),
    durationSeconds: z.number().min(0).describe("From answer to BYE; 0 when not answered"),
    postDialDelaySeconds: z.number().min(0).nullable(),
    quality,
    attempts: z.array(attempt),
  })
  .meta({ title: "outdial call detail record" });

/** One INVITE as the operator's side recorded it. */
export const operatorCallRecordSchema = z
  .strictObject({
    callId: z.string().describe("SIP Call-ID: the key to the caller's attempt"),
    trunk: z.string(),
    operator: maybe,
    calledNumber: z.string().describe("User part of the Request-URI"),
    callingNumber: z.string().describe("Of P-Asserted-Identity, else From"),
    receivedAt: time,
    ringingAt: time.nullable(),
    answeredAt: time.nullable(),
    endedAt: time,
    result: z.enum(OPERATOR_CALL_RESULTS),
    status: status.describe("Final status sent; null = none was"),
    reason: maybe.describe("Reason header (RFC 3326)"),
    hangUpSide: z.enum(["caller", "callee"]).nullable(),
    durationSeconds: z.number().min(0),
    quality,
  })
  .meta({ title: "outdial operator call record" });

const figures = {
  attempts: count.describe("Calls; for a trunk: INVITEs sent to it"),
  answered: count,
  failed: count,
  timedOut: count,
  cancelled: count,
  failovers: count.describe("Attempts after which the next trunk was tried"),
  answerSeizureRatio: ratio.nullable(),
  networkEffectivenessRatio: ratio.nullable(),
  postDialDelayMs: z.strictObject({ p50: z.number(), p90: z.number(), p99: z.number() }).nullable(),
  statuses: z.record(z.string(), count).describe("How often each final status came; 0 = none"),
};

const side = z
  .strictObject({ sent: count, answered: count, failed: count, timedOut: count, cancelled: count })
  .describe("INVITEs of one side; sent is the sum of the others");

/** What `simulate --json` prints. */
export const loadSummarySchema = z
  .strictObject({
    placed: count,
    seconds: z.number().min(0),
    heldBack: count.describe("Begun later than due, as many calls were in progress as may be"),
    peakInFlight: count,
    calls: z.strictObject(figures),
    notPlaced: z.record(z.string(), count).describe("By outcome and reason"),
    trunks: z.array(
      z.strictObject({
        trunk: z.string(),
        operator: maybe.describe("null for a gateway"),
        notAttempted: count.describe("Times it was passed over"),
        ...figures,
      }),
    ),
    badLines: count.describe("Lines of the input that gave no call, or whose user is not known"),
    leftOver: count.describe("Transactions and dialogs that were there when every call had ended"),
    reconciliation: z
      .strictObject({
        agree: z.boolean(),
        caller: side,
        operator: side,
        findings: z.record(z.enum(FINDING_KINDS), count).describe("INVITEs by finding"),
        differences: z.array(
          z.strictObject({
            kind: z.enum(FINDING_KINDS),
            callId: z.string(),
            trunk: z.string(),
            operator: maybe,
            what: z.string(),
          }),
        ),
      })
      .nullable()
      .describe("null = the operators' records were not asked for"),
  })
  .meta({ title: "outdial load summary" });
