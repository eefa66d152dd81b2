import { z } from "zod";
import { tenantSchema } from "../engine/import/tenant-file/schema/tenant-schema.ts";
import { CALL_KINDS } from "../engine/model/call.ts";
import { type BlockReason, DECISION_OUTCOMES } from "../engine/model/decision.ts";
import { PROBLEMS } from "../engine/model/problem.ts";

const REASONS = [
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
    policySource: z.enum(["direct", "group", "global"]).nullable(),
    reason: z.enum(REASONS).nullable().describe("Why it is blocked"),
    revision: z.string().regex(/^[0-9a-f]{16}$/),
  })
  .meta({ title: "outdial decision" });

/** What is wrong in an administrator's input, as the commands print it with --json. */
export const diagnosticsSchema = z
  .array(
    z.strictObject({
      code: z.enum(Object.keys(PROBLEMS)),
      severity: z.enum(["error", "warning", "info"]),
      what: z.string(),
      hint: z.string(),
      at: z
        .strictObject({ file: z.string(), line: z.int().min(1), column: z.int().min(1) })
        .nullable(),
    }),
  )
  .meta({ title: "outdial diagnostics" });

/** Every committed JSON Schema by its file name under docs/schema/, as text. */
export function jsonSchemas(): ReadonlyMap<string, string> {
  const schemas = {
    "tenant.schema.json": tenantSchema,
    "decision.schema.json": decisionSchema,
    "diagnostics.schema.json": diagnosticsSchema,
  };
  return new Map(
    Object.entries(schemas).map(([file, schema]) => {
      const json = z.toJSONSchema(schema as z.ZodType, { io: "input", target: "draft-2020-12" });
      return [file, `${JSON.stringify(json, null, 2)}\n`];
    }),
  );
}
