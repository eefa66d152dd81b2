/**
 * A value as JSON in which no character is left that could steer a terminal or be lost on the way:
 * JSON.stringify escapes only those below U+0020 and halves of surrogates. `indent` as there.
 */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
