import { z } from "zod";
import { CALL_KINDS } from "../engine/model/call.ts";
import { BLOCK_REASONS, DECISION_OUTCOMES } from "../engine/model/decision.ts";

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
    reason: z.enum(BLOCK_REASONS).nullable().describe("Why it is blocked"),
    revision: z.string().regex(/^[0-9a-f]{16}$/),
  })
  .meta({ title: "outdial decision" });
