import { nameKey } from "../model/name-key.ts";
import type { TeamsTranslationRule } from "../model/number-rules.ts";
import type { Tenant } from "../model/tenant.ts";
import { NumberRewriter, type ReadyRule, readyRules } from "../pattern/rewrite-number.ts";
import { type NumberTranslation, translateNumber } from "../pattern/translate-number.ts";

/**
 * What stands between decision and wire: a gateway's number translation rules act after it is selected,
 * separately for each attempt (documented: Microsoft, direct-routing-translate-numbers). Operators' trunks
 * and derived trunks have none; they get both numbers as decided, in E.164.
 *
 * @module
 */

/** The rules of one gateway for outbound calls, in their order. */
export interface GatewayTranslations {
  /** OutboundPstnNumberTranslationRules: on the called number. */
  readonly called: readonly ReadyRule<TeamsTranslationRule>[];
  /** OutboundTeamsNumberTranslationRules: on the calling one. */
  readonly calling: readonly ReadyRule<TeamsTranslationRule>[];
}

/** The two numbers of a call. */
export interface WireNumbers {
  /** Request-URI and To. */
  readonly called: string;
  /** From and P-Asserted-Identity; `anonymous`, or `null` = none is shown. */
  readonly calling: string | null;
}

/** The same as they go out on one trunk; `calling` is `null` where there is no number to translate. */
export interface TranslatedNumbers {
  readonly called: NumberTranslation;
  readonly calling: NumberTranslation | null;
}

/**
 * The rules of every gateway that has any, by {@link nameKey} of its FQDN. Names of rules that are not in
 * the tenant are passed over, and rules that do not compile never match. Each rule is compiled once.
 */
export function gatewayTranslations(tenant: Tenant): ReadonlyMap<string, GatewayTranslations> {
  const rules = readyRules(tenant.teamsTranslationRules);
  const ready = new Map(rules.map((one) => [nameKey(one.rule.identity), one]));
  const named = (names: readonly string[]): readonly ReadyRule<TeamsTranslationRule>[] =>
    names.flatMap((name) => ready.get(nameKey(name)) ?? []);
  return new Map(
    tenant.onlinePstnGateways
      .filter((gateway) => !gateway.derived)
      .map((gateway): [string, GatewayTranslations] => [
        nameKey(gateway.identity),
        {
          called: named(gateway.outboundPstnNumberTranslationRules),
          calling: named(gateway.outboundTeamsNumberTranslationRules),
        },
      ])
      .filter(([, { called, calling }]) => called.length > 0 || calling.length > 0),
  );
}

const rewriter = new NumberRewriter();

/** What goes out on a trunk; `null` = it has no rules. */
export function translateNumbers(
  translations: GatewayTranslations | null,
  { called, calling }: WireNumbers,
): TranslatedNumbers {
  const isNumber = calling !== null && calling !== "anonymous";
  return {
    called: translateNumber(translations?.called ?? [], called, rewriter),
    calling: isNumber ? translateNumber(translations?.calling ?? [], calling, rewriter) : null,
  };
}
