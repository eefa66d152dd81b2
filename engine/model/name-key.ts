/**
 * The form in which names are compared: UPNs, policies, usages, routes, gateways, operators and trunks
 * are equal when they differ only in case or in blanks around them.
 *
 * Assumed for usages (string lists of the directory are case-insensitive); observed for the others.
 */
export function nameKey(name: string): string {
  return name.trim().toLowerCase();
}
