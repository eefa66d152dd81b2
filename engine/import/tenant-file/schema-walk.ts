import { z } from "zod";

/** The schema behind defaults, null and transforms: an object, a list or a scalar. */
export function schemaAt(schema: z.core.$ZodType): z.core.$ZodType {
  let at = schema;
  for (;;) {
    if (at instanceof z.ZodPipe) at = at.in;
    else if (
      at instanceof z.ZodDefault ||
      at instanceof z.ZodPrefault ||
      at instanceof z.ZodNullable ||
      at instanceof z.ZodOptional
    ) {
      at = at.unwrap();
    } else return at;
  }
}
