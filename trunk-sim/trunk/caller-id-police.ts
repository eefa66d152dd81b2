import type { SipRequest } from "../../engine/sip/sip-message.ts";

/** What a record says of a caller whom no header names. */
export const ANONYMOUS = "anonymous";

const VISUAL_SEPARATORS = /[-.() ]/g;
const URI_USER = /(?:sips?|tel):([^@;>]{1,64})/i;

/**
 * Whose call it is: the number of P-Asserted-Identity (RFC 3325), else of From; {@link ANONYMOUS} where
 * neither has one.
 */
export function callingNumberOf(request: SipRequest): string {
  const asserted = request.header("P-Asserted-Identity");
  const user = (asserted === undefined ? null : userOf(asserted)) ?? request.callingUser;
  const number = user.replace(VISUAL_SEPARATORS, "");
  return number === "" || /^(anonymous|restricted|unavailable)$/i.test(number) ? ANONYMOUS : number;
}

function userOf(header: string): string | null {
  return URI_USER.exec(header)?.[1] ?? null;
}

/** Which caller IDs an operator lets its customer show: the numbers that it provides. */
export class CallerIdPolice {
  readonly #numbers: ReadonlySet<string>;
  readonly #ranges: readonly { readonly prefix: string; readonly length: number }[];

  /** Numbers in E.164, and ranges with one `x` for each digit left open. */
  constructor(ownedNumbers: readonly string[]) {
    this.#numbers = new Set(ownedNumbers.filter((owned) => !owned.includes("x")));
    this.#ranges = ownedNumbers
      .filter((owned) => owned.includes("x"))
      .map((owned) => ({ prefix: owned.slice(0, owned.indexOf("x")), length: owned.length }));
  }

  owns(number: string): boolean {
    if (this.#numbers.has(number)) return true;
    return this.#ranges.some(
      ({ prefix, length }) =>
        number.length === length && number.startsWith(prefix) && /^\+[0-9]+$/.test(number),
    );
  }

  /** Why a caller ID is refused, or `null`. A call without any is refused too: nobody answers for it. */
  refusal(callingNumber: string): string | null {
    if (this.owns(callingNumber)) return null;
    if (callingNumber === ANONYMOUS) return "no caller ID of this operator is given";
    return `caller ID ${callingNumber.replace(/[^0-9A-Za-z+*#]/g, "?")} is no number of this operator`;
  }
}
