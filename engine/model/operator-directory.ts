import type { OperatorDirectoryEntry } from "./operator.ts";
import type { Tenant } from "./tenant.ts";

/**
 * The operators that Microsoft's "Configure Operator Connect" listed in its public preview, with the
 * websites given there. That page names neither products nor countries; all are entered with Calling,
 * and countries are left empty, which stands for "not known".
 */
const BUILT_IN_DIRECTORY: readonly OperatorDirectoryEntry[] = [
  entry("bt", "BT", "https://www.globalservices.bt.com/en/aboutus/operator-connect"),
  entry(
    "deutsche-telekom",
    "Deutsche Telekom",
    "https://cloud.telekom.de/de/blog/cloud-software/microsoft-teams-operator-connect",
  ),
  entry("intrado", "Intrado", "https://insight.intrado.com/operator-connect"),
  entry("ntt", "NTT", "https://www.hello.global.ntt/operator-connect"),
  entry("nuwave", "NuWave", "https://ipilot.io/microsoft-operator-connect/"),
  entry(
    "orange",
    "Orange Business Services",
    "https://www.orange-business.com/en/blogs/operator-connect-orange-and-microsoft-streamline-calling-for-teams-users",
  ),
  entry("pure-ip", "Pure IP", "https://info.pure-ip.com/operator-connect"),
  entry(
    "rogers",
    "Rogers",
    "https://www.rogers.com/business/products-and-solutions/microsoft-365-business-voice",
  ),
  entry(
    "tata-communications",
    "TATA Communications",
    "https://www.tatacommunications.com/solutions/unified-communications/unified-communications-as-a-service/microsoft-teams-solutions/",
  ),
  entry("telenor", "Telenor", "https://www.telenor.no/bedrift/telefoni/teams/operator-connect"),
  entry("verizon", "Verizon", "https://www.verizon.com/business/resources/lp/operator-connect"),
];

function entry(id: string, name: string, website: string): OperatorDirectoryEntry {
  return { id, name, website, products: ["Calling"], countries: [] };
}

/**
 * All operators on offer to a tenant: its own directory, or the built-in one when it has none. The
 * built-in one is no part of the tenant, so that a later version of it changes no revision.
 */
export function operatorDirectoryOf(tenant: Tenant): readonly OperatorDirectoryEntry[] {
  return tenant.operatorDirectory.length === 0 ? BUILT_IN_DIRECTORY : tenant.operatorDirectory;
}
