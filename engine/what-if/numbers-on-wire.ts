import { nameKey } from "../model/name-key.ts";
import type { Tenant } from "../model/tenant.ts";
import { invalidTranslation, type NumberTranslation } from "../pattern/translate-number.ts";
import type { TrunkRank } from "../route/trunk-ranks.ts";
import { gatewayTranslations, translateNumbers } from "../route/wire-numbers.ts";

/** What one gateway of a call is sent. */
export interface GatewayWire {
  readonly gateway: string;
  readonly called: NumberTranslation;
  /** `null` = no number is shown, so none is translated. */
  readonly calling: NumberTranslation | null;
}

/** The numbers on the wire of each gateway of a call, in the order in which they are tried. */
export function numbersOnWire(
  tenant: Tenant,
  number: string,
  trunks: readonly string[],
  ranks: readonly TrunkRank[],
): readonly GatewayWire[] {
  const gateways = ranks.filter(({ operator }) => operator === null);
  if (gateways.length === 0) return [];
  const translations = gatewayTranslations(tenant);
  return trunks.flatMap((gateway) => {
    const rank = gateways.find(({ names }) => names.includes(gateway));
    if (rank === undefined) return [];
    const numbers = { called: number, calling: rank.callerId };
    return { gateway, ...translateNumbers(translations.get(nameKey(gateway)) ?? null, numbers) };
  });
}

/** A line for each gateway; none when no rule has matched on any of them. */
export function wireLines(wire: readonly GatewayWire[]): string[] {
  return wire.map(({ gateway, called, calling }) => {
    const from = calling === null ? "no number" : numberText(calling);
    return `${gateway}: called ${numberText(called)}, calling ${from}`;
  });
}

function numberText({ number, rule, invalid }: NumberTranslation): string {
  if (rule === null) return number;
  if (invalid === null) return `${number} by rule "${rule}"`;
  return `${number} unchanged (${invalidTranslation(rule, invalid)})`;
}
