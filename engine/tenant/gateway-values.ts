/**
 * The rules for single values of a gateway (Microsoft: New-CsOnlinePSTNGateway,
 * direct-routing-connect-the-sbc).
 *
 * @module
 */
import { nameKey } from "../model/name-key.ts";
import { didYouMean } from "../model/nearest-name.ts";
import { type Problem, problem, type SourcePlace } from "../model/problem.ts";
import type { Tenant } from "../model/tenant.ts";

const MAX_FQDN_LENGTH = 63;
const FQDN = /^(?=.*\.)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i;
/**
 * Whether the name may be that of a Session Border Controller: a host in one of the tenant's domains.
 * Without known domains (`tenant.domains` empty) they are not checked.
 *
 * @problem CMDLET_INVALID_VALUE, GATEWAY_UNKNOWN_DOMAIN
 */
export function checkGatewayName(
  tenant: Tenant,
  fqdn: string,
  at: SourcePlace | null,
): Problem | null {
  if (fqdn.length > MAX_FQDN_LENGTH || !FQDN.test(fqdn))
    return problem(
      "CMDLET_INVALID_VALUE",
      `PSTN gateway "${fqdn}" is no host name of at most ${MAX_FQDN_LENGTH} characters`,
      "write the fully qualified domain name of the SBC, like sbc1.contoso.com",
      at,
    );
  if (nameKey(fqdn).endsWith(".onmicrosoft.com"))
    return problem(
      "GATEWAY_UNKNOWN_DOMAIN",
      `Can not use the "${fqdn}" domain: *.onmicrosoft.com cannot name an SBC`,
      "use a host in a domain of your own",
      at,
    );
  const { domains } = tenant.tenant;
  const own = domains.some((domain) => nameKey(fqdn).endsWith(`.${nameKey(domain)}`));
  if (own || domains.length === 0) return null;
  const domain = fqdn.slice(fqdn.indexOf(".") + 1);
  return problem(
    "GATEWAY_UNKNOWN_DOMAIN",
    `Can not use the "${fqdn}" domain as it was not configured for this tenant`,
    didYouMean(domain, domains) ?? `use a host in ${domains.slice(0, 3).join(" or ")}`,
    at,
  );
}

/** `null`, or why a number is outside its bounds. */
export function checkBounds(
  name: string,
  value: number | null,
  from: number,
  to: number,
  at: SourcePlace | null,
): Problem | null {
  if (value !== null && value >= from && value <= to) return null;
  return problem(
    "CMDLET_INVALID_VALUE",
    `-${name} cannot be ${value ?? "$null"}`,
    `give a whole number from ${from} to ${to}`,
    at,
  );
}
