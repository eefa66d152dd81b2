/**
 * Text of the input as bytes and as strings: what may stand in a field, and how what may not is
 * shown.
 *
 * @module
 */

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

/** 1 for every byte of plain ASCII text, and for the tab. */
const PLAIN = new Uint8Array(256);
PLAIN.fill(1, 0x20, 0x7f);
PLAIN[9] = 1;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g;

/** Whether the bytes are printable ASCII (or tabs) only, as nearly all input is. */
export function isPlainText(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    if (PLAIN[bytes[i] ?? 0] === 0) return false;
  }
  return true;
}

/** The text of the bytes; `null` when they are not UTF-8. */
export function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

/** The text of the bytes with U+FFFD for everything that is not text. */
export function decodeForShow(bytes: Uint8Array): string {
  return lenient.decode(bytes).replace(CONTROLS, "\ufffd");
}

/** What keeps these bytes from being text: "a NUL byte", "bytes that are not UTF-8"; else `null`. */
export function whyNotText(bytes: Uint8Array): string | null {
  const text = decodeStrictly(bytes);
  if (text === null) return "bytes that are not UTF-8";
  CONTROLS.lastIndex = 0;
  const control = CONTROLS.exec(text)?.[0];
  if (control === undefined) return null;
  if (control === "\u0000") return "a NUL byte";
  if (control === "\r") return "a carriage return";
  return `the control character U+${control.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}
