import type { WrittenTenant } from "./schema/tenant-schema.ts";
import type { Finding } from "./source-document.ts";

/**
 * Users and resource accounts whose number is not among phoneNumbers. It still counts as the tenant's
 * number: numbers of Direct Routing need not be uploaded.
 *
 * @problem TENANT_UNKNOWN_NUMBER a warning for each
 */
export function unknownNumberFindings(tenant: WrittenTenant): Finding[] {
  const known = new Set(tenant.phoneNumbers.flatMap(({ telephoneNumber }) => [telephoneNumber]));
  const findings: Finding[] = [];
  for (const list of ["users", "resourceAccounts"] as const) {
    for (const [index, { userPrincipalName, lineUri }] of tenant[list].entries()) {
      if (lineUri === null) continue;
      const number = lineUri.replace(/^tel:/, "");
      if (known.has(number) || known.has(number.replace(/;.*$/, ""))) continue;
      findings.push({
        code: "TENANT_UNKNOWN_NUMBER",
        what: `${userPrincipalName} has ${number}, which is not in phoneNumbers`,
        hint: "add the number to phoneNumbers",
        at: { path: [list, index, "lineUri"], part: "value" },
      });
    }
  }
  return findings;
}
