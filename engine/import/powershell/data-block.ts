/**
 * The leading comment `<# outdial-data … #>` of a script: the part of a tenant that no cmdlet creates,
 * as JSON of the canonical tenant file.
 *
 * @module
 */
import type { Outcome } from "../../model/problem.ts";
import type { Tenant } from "../../model/tenant.ts";
import { jsonText } from "../json-text.ts";
import { readTenantText } from "../tenant-file/read-tenant-file.ts";
import { tenantToJson } from "../write-tenant.ts";

const OPENING = /<#[ \t]*outdial-data[ \t]*(?=[\r\n])/y;
const LINE_COMMENT = /#[^\r\n]*/y;

/** Where the block's content begins, behind blank lines and line comments; -1 when there is none. */
function contentStart(text: string): number {
  let at = 0;
  for (;;) {
    while (at < text.length && " \t\r\n\ufeff".includes(text[at] ?? "x")) at++;
    LINE_COMMENT.lastIndex = at;
    if (!LINE_COMMENT.test(text)) break;
    at = LINE_COMMENT.lastIndex;
  }
  OPENING.lastIndex = at;
  return OPENING.test(text) ? OPENING.lastIndex : -1;
}

/** The tenant of a script's data block, or `null` when it has none. Its places are those of the script. */
export function readDataBlock(file: string, text: string): Outcome<Tenant> | null {
  const start = contentStart(text);
  if (start < 0) return null;
  const end = text.indexOf("#>", start);
  if (end < 0) return null;
  const before = text.slice(0, start).replace(/[^\r\n]/g, " ");
  return readTenantText(file, before + text.slice(start, end));
}

/** The block for a tenant: one list entry a line, and no `#>` that could end it early. */
export function writeDataBlock(tenant: Tenant): string {
  const fields = Object.entries(JSON.parse(tenantToJson(tenant)) as Record<string, unknown>);
  const lines = fields.map(([key, value]) => `  ${JSON.stringify(key)}: ${fieldText(value)}`);
  return `<# outdial-data\n${`{\n${lines.join(",\n")}\n}`.replaceAll("#>", "#\\u003e")}\n#>\n`;
}

function fieldText(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0) return jsonText(value);
  return `[\n${value.map((entry) => `    ${jsonText(entry)}`).join(",\n")}\n  ]`;
}
