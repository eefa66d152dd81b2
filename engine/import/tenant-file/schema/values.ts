/**
 * The kinds of value that tenant files are made of. An `error` text here completes the sentence
 * "… is X, not …"; `reportSchemaIssues` builds the problem around it.
 *
 * @module
 */
import { z } from "zod";
import { parseResponseCodes } from "../../../model/response-codes.ts";
import { MAX_NAME_LENGTH, MAX_TEXT_LENGTH, NO_CONTROLS } from "../../../model/text-limits.ts";

/** A name or an id: not empty, no control character. */
export function name() {
  return z
    .string({ error: "a name" })
    .min(1, { error: "a name of at least one character" })
    .max(MAX_NAME_LENGTH, { error: `a name of at most ${MAX_NAME_LENGTH} characters` })
    .regex(NO_CONTROLS, { error: "a name without control characters" });
}

/** Free text, a pattern or a replacement. */
export function text() {
  return z
    .string({ error: "a text" })
    .max(MAX_TEXT_LENGTH, { error: `a text of at most ${MAX_TEXT_LENGTH} characters` });
}

/** ISO 3166-1 alpha-2, capitals. */
export function country() {
  return z
    .string({ error: "a country such as US" })
    .regex(/^[A-Z]{2}$/, { error: "a country of two capital letters such as US" });
}

/** E.164: a plus sign and up to 15 digits, quoted in YAML, where `+1425…` would be a sum of money. */
export function e164() {
  return z
    .string({ error: 'a telephone number in quotes such as "+14255550100"' })
    .regex(/^\+[1-9][0-9]{1,14}$/, {
      error: 'an E.164 telephone number such as "+14255550100"',
    });
}

/** A number that may carry an extension, as Direct Routing numbers do. */
export function telephoneNumber() {
  return z
    .string({ error: 'a telephone number in quotes such as "+14255550100"' })
    .regex(/^\+[1-9][0-9]{1,14}(;ext=[0-9]{1,15})?$/, {
      error: 'an E.164 telephone number such as "+14255550100"',
    });
}

/** `tel:+14255550101`, optionally with `;ext=…`; short and local numbers are what on-premises PBXs have. */
export function lineUri() {
  return z
    .string({ error: 'a line URI in quotes such as "tel:+14255550101"' })
    .regex(/^(tel:)?\+?[0-9]{1,20}(;ext=[0-9]{1,15})?$/i, {
      error: 'a line URI such as "tel:+14255550101"',
    })
    .transform((uri) => `tel:${uri.replace(/^tel:/i, "")}`);
}

/** A whole number between two bounds, both included. */
export function wholeNumber(least: number, most: number) {
  const error = `a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

/** `true` or `false`, with the value that counts when it is left out. */
export function flag(fallback: boolean) {
  return z.boolean({ error: "true or false" }).default(fallback);
}

/** One of a closed list of words. */
export function oneOf<const Words extends readonly string[]>(words: Words) {
  return z.enum(words, { error: `one of ${words.join(", ")}` });
}

/** A list; left out or empty it holds nothing. */
export function list<Item extends z.ZodType>(item: Item) {
  return z
    .array(item, { error: "a list" })
    .nullish()
    .transform((items): z.output<Item>[] => items ?? [])
    .meta({ default: [] });
}

/** Null when left out. */
export function optional<Value extends z.ZodType>(value: Value) {
  return value.nullable().default(null);
}

/**
 * SIP response codes after which the next trunk is tried: a list of 400 to 699, or the cmdlet's text
 * `408, 503, 504` (Microsoft: New-CsOnlinePSTNGateway, default and shape of -FailoverResponseCodes).
 */
export function failoverResponseCodes() {
  const error = "a list of SIP response codes such as [408, 503, 504]";
  const codes = z.array(wholeNumber(400, 699), { error });
  const asText = z
    .string()
    .regex(/^[\s,;]*([4-6][0-9]{2}([\s,;]+|$))*$/, { error })
    .transform((listed) => [...(parseResponseCodes(listed) ?? [])]);
  return z
    .union([codes, asText], { error })
    .default([408, 503, 504])
    .describe("Final SIP responses after which the next trunk is tried");
}

/** A policy's name; the prefix `Tag:` of what Get- cmdlets print is taken off. */
export function policyName() {
  return name().transform((identity) => identity.replace(/^(?:tag:\s*)+/i, ""));
}
