/** The final SIP responses that can mean "try the next trunk". */
export const FINAL_FAILURE_CODES = { from: 400, to: 699 } as const;

/**
 * Reads SIP response codes as written in one text, `408, 503, 504`: three digits each, 400 to 699, with
 * commas, semicolons or blanks between them and a stray one at an end passed over (Microsoft:
 * New-CsOnlinePSTNGateway -FailoverResponseCodes, whose default has blanks; scripts in use have none). The
 * empty text means no code at all; each code counts once; `null` = something else.
 */
export function parseResponseCodes(written: string): readonly number[] | null {
  const words = written.split(/[\s,;]+/).filter((word) => word !== "");
  const codes = words.map((word) => (/^\d{3}$/.test(word) ? Number(word) : Number.NaN));
  const { from, to } = FINAL_FAILURE_CODES;
  return codes.every((code) => code >= from && code <= to) ? [...new Set(codes)] : null;
}
