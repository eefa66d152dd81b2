import type { Tenant } from "../../../engine/model/tenant.ts";

/** Whether a number belongs to the tenant itself: to a user, an account, or anything else that is assigned. */
export function isOwnNumber(tenant: Tenant, number: string, extension: string): boolean {
  const dialed = extension === "" ? [number] : [number, `${number};ext=${extension}`];
  for (const { lineUri } of [...tenant.users, ...tenant.resourceAccounts]) {
    if (lineUri !== null && dialed.includes(lineUri.replace(/^tel:/i, ""))) return true;
  }
  return tenant.phoneNumbers.some(
    (listed) => listed.pstnAssignmentStatus !== "Unassigned" && listed.telephoneNumber === number,
  );
}
