import fc from "fast-check";
import { z } from "zod";
import { tenantSchema } from "../../engine/import/tenant-file/schema/tenant-schema.ts";
import { schemaAt } from "../../engine/import/tenant-file/schema-walk.ts";

type Schema = z.core.$ZodType;
type Fields = Record<string, unknown>;

/** Texts that YAML could take for something else, or that need escapes. */
const AWKWARD = [
  "null",
  "true",
  "NO",
  "~",
  "1e3",
  "0x10",
  "- a",
  "a: b",
  "a #b",
  " a ",
  "'",
  '"',
  "\\d{2}'\\\"",
  "^\\+1(425|206)$",
  "{a}",
  "[a]",
  "*a",
  "&a",
  "!a",
  "%a",
  "@a",
  "a,b",
  "\u2028",
  "é😀",
  "<<",
  "__proto__",
  "---",
  "...",
  "? a",
  "a:",
  "2026-11-20",
];

function textOf(schema: z.ZodString): fc.Arbitrary<string> {
  const checks = (schema.def.checks ?? []) as readonly {
    readonly _zod: { readonly def: { readonly check: string; readonly pattern?: RegExp } };
  }[];
  const patterns = checks.flatMap(({ _zod }) => (_zod.def.pattern ? [_zod.def.pattern] : []));
  const strict = patterns.filter((pattern) => !pattern.source.includes("x7f"));
  const [pattern] = strict;
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern.source));
  return fc
    .oneof(fc.constantFrom(...AWKWARD), fc.string({ minLength: 1, maxLength: 12, unit: "binary" }))
    .filter((text) => schema.safeParse(text).success);
}

/** What a person may write where the schema stands; texts, lists and nulls of all kinds. */
function inputOf(schema: Schema): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodNullable) {
    return fc.option(inputOf(schema.unwrap()), { nil: null });
  }
  const bare = schemaAt(schema);
  if (bare !== schema)
    return schema instanceof z.ZodDefault ? inputOf(schema.unwrap()) : inputOf(bare);
  if (bare instanceof z.ZodObject) return objectOf(bare);
  if (bare instanceof z.ZodArray) return fc.array(inputOf(bare.element), { maxLength: 3 });
  if (bare instanceof z.ZodUnion) return inputOf(bare.options[0] as Schema);
  if (bare instanceof z.ZodEnum) return fc.constantFrom(...bare.options);
  if (bare instanceof z.ZodLiteral) return fc.constantFrom(...bare.values);
  if (bare instanceof z.ZodBoolean) return fc.boolean();
  if (bare instanceof z.ZodISODateTime) return fc.constant("2026-11-20T09:00:00Z");
  if (bare instanceof z.ZodNumber) {
    const { minValue, maxValue } = bare;
    return fc.integer({
      min: Math.max(1, Number(minValue ?? 1)),
      max: Math.min(1_000_000, Number(maxValue ?? 1_000_000)),
    });
  }
  if (bare instanceof z.ZodString) return textOf(bare);
  throw new Error(`no arbitrary for ${bare.constructor.name}`);
}

function objectOf(schema: z.ZodObject): fc.Arbitrary<Fields> {
  const fields = Object.entries(schema.shape as Readonly<Record<string, Schema>>);
  const required = fields.filter(([, field]) => !z.safeParse(field, undefined).success);
  return fc.record(Object.fromEntries(fields.map(([key, field]) => [key, inputOf(field)])), {
    requiredKeys: required.map(([key]) => key),
  });
}

/** Tenant files whose every entry is right by itself; names may be repeated and lead nowhere. */
export const arbitraryTenantInput: fc.Arbitrary<unknown> = inputOf(tenantSchema);
