import { z } from "zod";

/** What `outdial drift --json` prints. */
export const driftSchema = z
  .strictObject({
    beforeRevision: z.string().regex(/^[0-9a-f]{16}$/),
    afterRevision: z.string().regex(/^[0-9a-f]{16}$/),
    drift: z.array(
      z.strictObject({
        list: z.string().describe("Key of the tenant file under which the object stands"),
        kind: z.string().describe("What it is called, such as voice route"),
        name: z
          .string()
          .nullable()
          .describe("null for what there is only one of, and for an order"),
        change: z.enum(["added", "removed", "changed", "reordered"]),
        properties: z
          .array(z.strictObject({ property: z.string(), before: z.unknown(), after: z.unknown() }))
          .describe("Empty unless changed; values as in the tenant file"),
      }),
    ),
  })
  .meta({ title: "outdial drift" });
