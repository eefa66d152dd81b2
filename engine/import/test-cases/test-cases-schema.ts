import { z } from "zod";
import { CALL_KINDS } from "../../model/call.ts";
import { DECISION_OUTCOMES } from "../../model/decision.ts";
import type { TestCase } from "../../model/test-case.ts";
import { flag, name, oneOf, optional, text } from "../tenant-file/schema/values.ts";

/** A name, or null where there must be none. */
const expected = (what: string) => text().nullable().optional().describe(what);

const expectation = z
  .strictObject({
    outcome: oneOf(DECISION_OUTCOMES).optional(),
    operator: expected("Operator id"),
    trunk: expected("First trunk or gateway to try"),
    callerId: expected("E.164, or anonymous"),
    number: expected("The number after normalisation"),
    route: expected("Voice route"),
    usage: expected("PSTN usage"),
    policy: expected("The policy that was evaluated"),
    reason: expected("Why the call is blocked"),
  })
  .describe("Only what is named is checked; null = there must be none");

const testCase: z.ZodType<TestCase> = z.strictObject({
  name: name(),
  dialed: text().describe("As typed"),
  user: name().describe("UPN of the caller, or of the organizer for the meeting kinds"),
  kind: oneOf(CALL_KINDS).default("user-call"),
  site: optional(name()).describe("Network site the caller is in"),
  ingressTrunk: optional(name()).describe("Gateway by which a forwarded call came in"),
  hideCallerId: flag(false),
  expect: expectation,
});

/** The file of `outdial test`. */
export const testCasesSchema: z.ZodType<{ readonly cases: readonly TestCase[] }> = z
  .strictObject({ cases: z.array(testCase, { error: "a list" }) })
  .meta({ title: "outdial test cases", description: "Calls and what is expected of them" });
