import { z } from "zod";
import { CALL_KINDS } from "../engine/model/call.ts";
import { type BlockReason, DECISION_OUTCOMES } from "../engine/model/decision.ts";

/** Why a call is blocked: all of them. */
export const REASONS = [
  "NO_MATCH",
  "NO_TRUNK",
  "NOT_TEAMS_ONLY",
  "NO_TEAMS_PHONE",
  "NOT_VOICE_ENABLED",
  "NO_NUMBER",
  "NO_CONFERENCING_LICENSE",
  "DIALOUT_RESTRICTED",
  "OCC_NO_MATCH",
  "OCC_GATEWAY_NOT_ALLOWED",
  "OPERATOR_SUSPENDED",
  "CALLING_PLAN_DESTINATION",
  "USER_UNKNOWN",
  "NUMBER_NOT_DIALABLE",
  "INPUT_MALFORMED",
] as const satisfies readonly BlockReason[];

/** One decision as the commands print it in JSON and NDJSON; `null` where a key does not apply. */
export const decisionSchema = z
  .strictObject({
    dialed: z.string().describe("As typed"),
    number: z.string().nullable().describe("After normalisation"),
    user: z.string().nullable(),
    kind: z.enum(CALL_KINDS).nullable(),
    outcome: z.enum(DECISION_OUTCOMES),
    operator: z.string().nullable().describe("Operator id"),
    trunks: z.array(z.string()).describe("In order of attempt"),
    callerId: z.string().nullable().describe("E.164, or anonymous"),
    route: z.string().nullable(),
    usage: z.string().nullable(),
    policy: z.string().nullable().describe("The policy that was evaluated"),
    policySource: z.enum(["direct", "group", "global", "site"]).nullable(),
    reason: z.enum(REASONS).nullable().describe("Why it is blocked"),
    revision: z.string().regex(/^[0-9a-f]{16}$/),
  })
  .meta({ title: "outdial decision" });
