import { CALL_KINDS, type Call, type DecisionContext } from "../../../engine/model/call.ts";
import type { Chance } from "./chance.ts";
import {
  ACCOUNTS,
  DIALED,
  FOR_HELP,
  GATEWAYS,
  OPERATORS,
  ORIGINAL_CALLERS,
  OWN_NUMBERS,
  SITES,
  USERS,
} from "./vocabulary.ts";

/** A call in a random tenant. */
export function randomCall(chance: Chance): Call {
  return {
    dialed: randomDialed(chance),
    user: randomCaller(chance),
    kind: chance.pick(CALL_KINDS),
    site: chance.once(2) ? chance.inAnyCase(chance.pick(SITES)) : null,
    ingressTrunk: chance.once(2) ? chance.inAnyCase(chance.pick(GATEWAYS)) : null,
    originalCaller: chance.once(2) ? chance.pick(ORIGINAL_CALLERS) : null,
    hideCallerId: chance.once(3),
  };
}

function randomCaller(chance: Chance): string {
  if (chance.once(30)) return "nobody@contoso.com";
  return chance.inAnyCase(chance.pick(chance.once(8) ? ACCOUNTS : USERS));
}

function randomDialed(chance: Chance): string {
  if (chance.once(8)) {
    return chance.pick(OWN_NUMBERS) + (chance.once(3) ? `;ext=${100 + chance.below(3)}` : "");
  }
  if (chance.once(4)) {
    const digits = Array.from({ length: 1 + chance.below(13) }, () => chance.below(10)).join("");
    return chance.pick(["+", "+1425", "+4420", "+33", ""]) + digits;
  }
  return chance.pick(chance.once(5) ? FOR_HELP : DIALED);
}

/** What is down, and a seed. */
export function randomContext(chance: Chance): DecisionContext {
  const names = [...GATEWAYS, ...OPERATORS, ...OPERATORS.flatMap((id) => [`${id}-1`, `${id}-2`])];
  const down = chance.once(2) ? [] : chance.some(names, 5);
  return { down: new Set(down), seed: chance.below(2 ** 32) };
}

/** A rough country for tests: by the first digits of an E.164 number. */
export function roughCountry(number: string): string | null {
  if (number.startsWith("+1")) return "US";
  if (number.startsWith("+44")) return "GB";
  return number.startsWith("+33") ? "FR" : null;
}
