/** E.164, or a caller who hid the number. */
const ORIGINAL_CALLER = /^(?:\+\d{1,15}|anonymous)$/;

/**
 * Reads who called first, as given with a forwarded call: a number with `+` and country code, in which
 * blanks, dashes, dots and brackets count for nothing, or `anonymous`; `null` = neither.
 */
export function readOriginalCaller(text: string): string | null {
  if (text.length > 40) return null;
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/^tel:/, "")
    .replace(/[ ().-]/g, "");
  return ORIGINAL_CALLER.test(plain) ? plain : null;
}
