import { z } from "zod";
import { BLOCK_REASONS } from "../engine/model/decision.ts";
import type { TraceStep } from "../engine/model/trace.ts";
import { decisionSchema } from "./decision-schema.ts";

const text = z.string();
const maybe = z.string().nullable();
const names = z.array(z.string());
const policyType = z.enum([
  "OnlineVoiceRoutingPolicy",
  "OnlineAudioConferencingRoutingPolicy",
  "TeamsEmergencyCallRoutingPolicy",
]);
const policySource = z.enum(["direct", "group", "global", "site"]);
const reason = z.enum(BLOCK_REASONS).nullable();
const sets = z.array(names).describe("Trunks of equal rank, in order of attempt");
const candidates = z.array(
  z.strictObject({
    name: text,
    state: z.enum(["usable", "disabled", "down", "unknown", "already-listed"]),
  }),
);

const routeTrial = z.strictObject({
  route: text,
  priority: z.int(),
  numberPattern: text,
  matched: z.boolean(),
  failedAt: z
    .int()
    .min(0)
    .nullable()
    .describe("Index of the character where the pattern failed; the length where more are wanted"),
  flaw: z.enum(["does-not-compile", "matches-nothing", "too-large"]).nullable(),
});

const dialPlan = z.strictObject({
  plan: text,
  policySource,
  group: maybe,
  country: maybe.describe("The caller's usage location"),
  countryRules: z.enum(["exported", "assumed", "none"]),
  dialed: text.describe("What the rules were tried on"),
  prefix: maybe.describe("The legacy external access prefix that was taken off"),
  rules: z
    .array(
      z.strictObject({
        source: z.enum(["tenant", "service-country"]),
        rule: text,
        pattern: text,
        translation: text,
        standing: z.enum(["applied", "no-match", "not-for-plus", "not-external", "flawed"]),
        result: maybe,
      }),
    )
    .describe("Each rule that was tried, up to the one that was applied"),
});

function step<N extends TraceStep["step"], S extends z.ZodRawShape>(name: N, shape: S) {
  return z.strictObject({ step: z.literal(name), ...shape });
}

const traceStep = z.discriminatedUnion("step", [
  step("caller", { user: text, known: z.boolean() }),
  step("number", {
    dialed: text,
    number: maybe,
    extension: maybe,
    dialPlanRule: maybe,
    dialPlan: dialPlan.nullable(),
  }),
  step("emergency", {
    number: text.describe("What is called: the entry's dial string, else the number as it is"),
    policy: text.describe("The emergency call routing policy that counts where the caller is"),
    policySource,
    group: maybe,
    site: maybe,
    entry: z
      .strictObject({
        emergencyDialString: text,
        emergencyDialMask: maybe,
        onlinePstnUsage: maybe,
      })
      .nullable()
      .describe(
        "null = an emergency number of the caller's country, which the policy does not know",
      ),
    handledBy: z.enum([
      "emergency-usage",
      "voice-routing-policy",
      "microsoft",
      "operator",
      "nobody",
    ]),
  }),
  step("on-net", { lookedUp: z.boolean(), onNet: z.boolean() }),
  step("shared-calling", {
    policy: text,
    policySource,
    group: maybe,
    resourceAccount: text,
    number: maybe,
    misconfiguredBy: maybe,
  }),
  step("entitlement", {
    policyType: policyType.nullable(),
    refused: reason,
    numberType: z
      .enum(["CallingPlan", "OperatorConnect", "DirectRouting", "TeamsPhoneMobile"])
      .nullable(),
  }),
  step("restriction", {
    dialOutPolicy: text,
    policySource,
    scope: z.enum(["disabled", "domestic", "zone-a", "international"]),
    country: maybe.describe("Where the number is taken to lie, if the scope asks for it"),
    refused: z.boolean(),
  }),
  step("policy", {
    policyType,
    policy: text,
    policySource,
    group: maybe,
    usages: names,
  }),
  step("usage", {
    usage: text,
    standing: z.enum(["selected", "failover", "later", "no-match"]),
    routes: z.array(routeTrial),
  }),
  step("target", {
    usage: text,
    route: text,
    target: z.enum(["operator", "gateways", "nothing", "gateways-not-allowed", "ingress-gateway"]),
    operator: maybe,
    operatorState: z.enum(["usable", "down", "suspended", "not-active", "unknown"]).nullable(),
    bridgeSourcePhoneNumber: maybe,
    candidates,
    sets,
  }),
  step("no-trunk", {
    outcome: z.enum(["microsoft", "blocked"]),
    reason,
    route: text,
    usage: text,
  }),
  step("no-match", {
    outcome: z.enum(["operator", "microsoft", "blocked"]),
    reason,
    operator: maybe,
    candidates,
    sets,
    country: maybe,
  }),
  step("caller-id", {
    callerId: maybe,
    source: z.enum([
      "line-uri",
      "anonymous-policy",
      "resource-account",
      "hidden-by-caller",
      "shared-calling",
      "original-caller",
      "bridge-default-number",
      "bridge-source-number",
    ]),
  }),
]);

const onWire = z.strictObject({
  number: text,
  rule: maybe.describe("The translation rule that matched first"),
  invalid: maybe.describe("What it made, when that is no number: the number is then unchanged"),
});

const gatewayWire = z.strictObject({
  gateway: text,
  called: onWire,
  calling: onWire.nullable().describe("null = no number is shown"),
});

/** One decision with its reasons, as `outdial explain --json` prints it. */
export const explanationSchema = decisionSchema
  .extend({
    why: text.describe("The whole decision in one plain sentence"),
    wire: z.array(gatewayWire).describe("What each gateway is sent, in order of attempt"),
    notConsidered: names.describe("What had no part in the decision, in plain words"),
    trace: z.array(traceStep),
  })
  .meta({ title: "outdial explanation" });
