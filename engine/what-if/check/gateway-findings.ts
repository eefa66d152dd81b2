import { nameKey } from "../../model/name-key.ts";
import { type CheckFinding, finding } from "./check-finding.ts";
import type { CheckGround } from "./check-ground.ts";

/**
 * Session Border Controllers (Microsoft: New-CsOnlinePSTNGateway, direct-routing-translate-numbers).
 *
 * @problem GATEWAY_UNUSED, GATEWAY_NOT_MONITORED, GATEWAY_UNKNOWN_DOMAIN, TRANSLATION_UNKNOWN_RULE
 */
export function gatewayFindings(ground: CheckGround): readonly CheckFinding[] {
  const { tenant } = ground;
  const named = new Set(
    tenant.onlineVoiceRoutes.flatMap((route) => route.onlinePstnGatewayList.map(nameKey)),
  );
  return tenant.onlinePstnGateways.flatMap((gateway, index) => {
    const { identity, derived, sendSipOptions } = gateway;
    const path = ["onlinePstnGateways", index];
    const findings: CheckFinding[] = [];
    if (!named.has(nameKey(identity))) {
      findings.push(
        finding(
          "GATEWAY_UNUSED",
          `Gateway "${identity}" stands in no voice route: it carries incoming calls only`,
          "add it to a voice route, or remove it if it is out of use",
          path,
        ),
      );
    }
    if (!sendSipOptions && !derived) {
      findings.push(
        finding(
          "GATEWAY_NOT_MONITORED",
          `Gateway "${identity}" is sent no OPTIONS: Teams does not notice when it is down, and tries it all the same`,
          "set SendSipOptions to true",
          [...path, "sendSipOptions"],
        ),
      );
    }
    return [
      ...findings,
      ...foreignDomain(ground, identity, derived, index),
      ...rulesOf(ground, index),
    ];
  });
}

function foreignDomain(
  { tenant }: CheckGround,
  identity: string,
  derived: boolean,
  index: number,
): readonly CheckFinding[] {
  const { domains } = tenant.tenant;
  const isOwn = domains.some((domain) => nameKey(identity).endsWith(`.${nameKey(domain)}`));
  if (derived || domains.length === 0 || isOwn) return [];
  return [
    finding(
      "GATEWAY_UNKNOWN_DOMAIN",
      `Gateway "${identity}" is in no domain of the tenant (${domains.join(", ")})`,
      "name the gateway in a registered domain, register the domain, or declare it as a derived trunk",
      ["onlinePstnGateways", index],
    ),
  ];
}

const RULE_LISTS = [
  "inboundTeamsNumberTranslationRules",
  "inboundPstnNumberTranslationRules",
  "outboundTeamsNumberTranslationRules",
  "outboundPstnNumberTranslationRules",
] as const;

function rulesOf({ tenant }: CheckGround, index: number): readonly CheckFinding[] {
  const gateway = tenant.onlinePstnGateways[index];
  const known = new Set(tenant.teamsTranslationRules.map(({ identity }) => nameKey(identity)));
  if (gateway === undefined) return [];
  return RULE_LISTS.flatMap((list) =>
    gateway[list].flatMap((name, at) =>
      known.has(nameKey(name))
        ? []
        : [
            finding(
              "TRANSLATION_UNKNOWN_RULE",
              `Gateway "${gateway.identity}" names translation rule "${name}", which does not exist: nothing is translated by it`,
              "create the rule, or take it out of the list",
              ["onlinePstnGateways", index, list, at],
            ),
          ],
    ),
  );
}
