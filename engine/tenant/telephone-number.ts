/** A telephone number as an administrator writes it, taken apart. */
export interface WrittenNumber {
  /** E.164 with its leading `+`. */
  readonly e164: string;
  /** Digits after `;ext=`; `null` = none. */
  readonly extension: string | null;
}

/** E.164 allows 15 digits; a country code never starts with 0. */
const E164 = /^\+?([1-9]\d{2,14})$/;
const WRITTEN = /^(?:tel:)?([^;]*)(?:;ext=(\d{1,10}))?$/i;

/**
 * Reads a number with or without `+` and `tel:`, optionally with `;ext=…`, as the Teams cmdlets do
 * (Microsoft: Set-CsPhoneNumberAssignment, Set-CsUser); `null` = it is no E.164 number.
 */
export function readTelephoneNumber(written: string): WrittenNumber | null {
  const parts = WRITTEN.exec(written.trim());
  const digits = E164.exec(parts?.[1] ?? "")?.[1];
  if (parts === null || digits === undefined) return null;
  return { e164: `+${digits}`, extension: parts[2] ?? null };
}

/** The line URI of a number: `tel:+14255550101`, or `tel:+14255550101;ext=101`. */
export function lineUriOf(number: WrittenNumber): string {
  return number.extension === null
    ? `tel:${number.e164}`
    : `tel:${number.e164};ext=${number.extension}`;
}
