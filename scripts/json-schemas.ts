import { z } from "zod";
import { tenantSchema } from "../engine/import/tenant-file/schema/tenant-schema.ts";
import { testCasesSchema } from "../engine/import/test-cases/test-cases-schema.ts";
import { PROBLEMS } from "../engine/model/problem.ts";
import { scenarioSchema } from "../trunk-sim/scenario/scenario-schema.ts";
import {
  callDetailRecordSchema,
  loadSummarySchema,
  operatorCallRecordSchema,
} from "./call-schemas.ts";
import { decisionSchema } from "./decision-schema.ts";
import { driftSchema } from "./drift-schema.ts";
import { explanationSchema } from "./explanation-schema.ts";

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
      path: z.string().nullable().optional().describe("Where in the tenant (outdial check)"),
      users: z.array(z.string()).optional().describe("Whom it concerns (outdial check)"),
    }),
  )
  .meta({ title: "outdial diagnostics" });

/** Every committed JSON Schema by its file name under docs/schema/, as text. */
export function jsonSchemas(): ReadonlyMap<string, string> {
  const schemas = {
    "tenant.schema.json": tenantSchema,
    "test-cases.schema.json": testCasesSchema,
    "decision.schema.json": decisionSchema,
    "drift.schema.json": driftSchema,
    "explanation.schema.json": explanationSchema,
    "diagnostics.schema.json": diagnosticsSchema,
    "trunk-sim-scenario.schema.json": scenarioSchema,
    "call-detail-record.schema.json": callDetailRecordSchema,
    "operator-call-record.schema.json": operatorCallRecordSchema,
    "load-summary.schema.json": loadSummarySchema,
  };
  return new Map(
    Object.entries(schemas).map(([file, schema]) => {
      const json = z.toJSONSchema(schema as z.ZodType, { io: "input", target: "draft-2020-12" });
      return [file, `${JSON.stringify(json, null, 2)}\n`];
    }),
  );
}
