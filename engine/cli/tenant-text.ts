import { extname } from "node:path";
import { writeScript } from "../import/powershell/write-script.ts";
import { tenantToJson, tenantToYaml } from "../import/write-tenant.ts";
import type { Tenant } from "../model/tenant.ts";

/** The tenant in the form that a file of this name holds: JSON, a script, or else YAML. */
export function tenantTextFor(path: string, tenant: Tenant): string {
  const ending = extname(path).toLowerCase();
  if (ending === ".json") return tenantToJson(tenant);
  return ending === ".ps1" ? writeScript(tenant) : tenantToYaml(tenant);
}
