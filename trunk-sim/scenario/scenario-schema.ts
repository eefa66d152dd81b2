/**
 * What a scenario file may say. An `error` text completes the sentence "… is X, write …".
 *
 * @module
 */
import { z } from "zod";
import { MAX_NAME_LENGTH, NO_CONTROLS } from "../../engine/model/text-limits.ts";
import { DIGEST_ALGORITHMS } from "../../engine/sip/digest-words.ts";
import { type Distribution, MAX_SECONDS } from "./distribution.ts";
import { FAULT_KINDS } from "./trunk-profile.ts";

/** Entries of one list, at most. */
const MAX_ENTRIES = 10_000;

function name() {
  return z
    .string({ error: "a name" })
    .min(1, { error: "a name of at least one character" })
    .max(MAX_NAME_LENGTH, { error: `a name of at most ${MAX_NAME_LENGTH} characters` })
    .regex(NO_CONTROLS, { error: "a name without control characters" });
}

function whole(least: number, most: number) {
  const error = `a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

function between(least: number, most: number) {
  const error = `a number from ${least} to ${most}`;
  return z.number({ error }).min(least, { error }).max(most, { error });
}

const flag = () => z.boolean({ error: "true or false" });
const share = () => between(0, 1);
const seconds = () => between(0, MAX_SECONDS);
const words = <const Words extends readonly string[]>(of: Words) =>
  z.enum(of, { error: `one of ${of.join(", ")}` });
const list = <Item extends z.ZodType>(item: Item) =>
  z.array(item, { error: "a list" }).max(MAX_ENTRIES, { error: `at most ${MAX_ENTRIES} entries` });

const DISTRIBUTION =
  "a number of seconds, { uniform: [1, 5] }, { exponential: 30 } (the mean) or { lognormal: { median: 40, sigma: 0.8 } }";

const distribution = z
  .union(
    [
      seconds().transform((value): Distribution => ({ kind: "fixed", seconds: value })),
      z
        .strictObject({ uniform: z.tuple([seconds(), seconds()]) })
        .refine(({ uniform }) => uniform[0] <= uniform[1])
        .transform(
          ({ uniform: [least, most] }): Distribution => ({ kind: "uniform", least, most }),
        ),
      z
        .strictObject({ exponential: seconds() })
        .transform(({ exponential }): Distribution => ({ kind: "exponential", mean: exponential })),
      z
        .strictObject({
          lognormal: z.strictObject({ median: seconds(), sigma: between(0, 10) }),
        })
        .transform(({ lognormal }): Distribution => ({ kind: "lognormal", ...lognormal })),
    ],
    { error: DISTRIBUTION },
  )
  .describe("A time in seconds");

const outcome = z
  .union([z.enum(["answer", "busy", "no-answer"]), whole(400, 699)], {
    error: "answer, busy, no-answer or a SIP status from 400 to 699",
  })
  .describe("How a call ends that is let in: busy = 486");

const answerPlan = z
  .strictObject({
    trying: flag().optional().describe("100 at once; default: true"),
    postDialDelaySeconds: distribution.optional().describe("From INVITE to 180; default: 0.02"),
    progress: words(["ringing", "early-media", "none"])
      .optional()
      .describe("180, 183 with SDP, or neither; default: ringing"),
    reliable: flag().optional().describe("180 and 183 with PRACK (RFC 3262); default: false"),
    ringSeconds: distribution.optional().describe("From 180 to the final response; default: 0.08"),
    outcome: outcome.optional().describe("Default: answer"),
    outcomes: list(
      z.strictObject({ weight: between(0, 1_000_000), outcome }).describe("One share of calls"),
    )
      .min(1, { error: "at least one entry" })
      .refine((entries) => entries.some(({ weight }) => weight > 0), {
        error: "a list in which one weight is above 0",
      })
      .optional()
      .describe("A mix, each by its weight, instead of one outcome"),
    noAnswerSeconds: seconds().optional().describe("Ringing without an answer; default: 180"),
    noAnswerStatus: whole(400, 699).optional().describe("Final response then; default: 480"),
    calleeHangsUp: share().optional().describe("Share of answered calls; default: 0"),
    callSeconds: distribution
      .optional()
      .describe("From the answer until the called side hangs up; default: 60"),
  })
  .describe("What is done with a call that is let in; a key left out keeps what stood above it");

const fault = z
  .strictObject({
    kind: words(FAULT_KINDS),
    from: seconds().default(0).describe("Seconds since the start"),
    to: seconds().optional().describe("Default: to the end"),
    share: share().optional().describe("Of calls or messages; default: 1"),
    status: whole(400, 699).optional().describe("Of 503-storm; default: 503"),
    seconds: distribution
      .optional()
      .describe("Of slow-answers, packet-delay and 180-then-503; default: 5, 0.2 and 0.1"),
  })
  .refine(({ from, to }) => to === undefined || from < to, {
    error: "a fault whose from is before its to",
  })
  .describe("Something that is wrong for a while");

const quality = z
  .strictObject({
    lossRatio: share().optional(),
    jitterMilliseconds: between(0, 10_000).optional(),
    delayMilliseconds: between(0, 10_000).optional().describe("One way"),
  })
  .describe("How speech gets through where no packet is looked at");

const behaviour = {
  enabled: flag().optional().describe("A trunk that is not answers 503; default: as in the tenant"),
  maxConcurrentCalls: whole(1, 1_000_000).nullable().optional().describe("null = no limit"),
  callsPerSecond: between(0.001, 1_000_000).nullable().optional().describe("null = no limit"),
  policeCallerId: flag().optional().describe("403 for caller IDs that the operator does not own"),
  ownedNumbers: list(
    z.string({ error: "a number in quotes" }).regex(/^\+[1-9][0-9]{0,14}x{0,14}$/, {
      error: 'a number such as "+14255550100" or a range such as "+1425555013x"',
    }),
  )
    .optional()
    .describe("Numbers and ranges that the operator owns besides those of the tenant"),
  optionsStatus: whole(200, 699).nullable().optional().describe("null = no answer; default: 200"),
  digest: z
    .strictObject({
      realm: name(),
      user: name(),
      password: name(),
      algorithms: list(words(DIGEST_ALGORITHMS))
        .min(1, { error: "at least one entry" })
        .default([...DIGEST_ALGORITHMS])
        .describe(
          "Asked for in this order; some callers know MD5 only, and look at the first only",
        ),
    })
    .nullable()
    .optional()
    .describe("Name and password that callers are asked for"),
  answer: answerPlan.optional(),
  rules: list(
    z.strictObject({
      prefix: z
        .string({ error: "the first characters of a number in quotes" })
        .regex(/^\+?[0-9*#]{0,20}$/, { error: 'the beginning of a number such as "+44"' }),
      answer: answerPlan,
    }),
  )
    .optional()
    .describe("Other plans by the beginning of the called number; the first that fits counts"),
  quality: quality.optional(),
  faults: list(fault).optional(),
};

const trunk = z
  .strictObject({
    name: name().describe("A trunk of the tenant, or a new one"),
    operator: name().nullable().optional(),
    host: name().optional().describe("Needed for a trunk that the tenant does not have"),
    port: whole(0, 65_535).optional().describe("0 = any free one; default: 5060"),
    transport: words(["udp", "tcp", "tls"]).optional().describe("Default: udp"),
    ...behaviour,
  })
  .describe("One trunk: what is left out is as in the tenant or the defaults");

/** A scenario file of trunk-sim. */
export const scenarioSchema = z
  .strictObject({
    trunkSim: z.literal(1, { error: "1" }).describe("Format version"),
    tenant: name()
      .optional()
      .describe("Tenant whose operators' trunks are simulated, relative to this file"),
    seed: whole(0, 4_294_967_295).optional().describe("Of all random draws; default: 0"),
    defaults: z.strictObject(behaviour).optional().describe("For every trunk"),
    trunks: list(trunk).optional().describe("Trunks that differ, and trunks of no tenant"),
  })
  .meta({ title: "outdial trunk-sim scenario" });

/** A scenario as its file says it, checked, nothing filled in. */
export type WrittenScenario = z.output<typeof scenarioSchema>;
export type WrittenTrunk = NonNullable<WrittenScenario["trunks"]>[number];
export type WrittenBehaviour = NonNullable<WrittenScenario["defaults"]>;
export type WrittenAnswer = NonNullable<WrittenBehaviour["answer"]>;
export type WrittenFault = NonNullable<WrittenBehaviour["faults"]>[number];
