import { type Outcome, problem } from "../../model/problem.ts";

/**
 * Text of a file: UTF-8 with or without byte order mark, or UTF-16 with one (what Windows PowerShell
 * writes). Cost: one pass.
 *
 * @problem TENANT_SYNTAX the bytes are no text
 */
export function decodeText(file: string, bytes: Uint8Array): Outcome<string> {
  const encoding = encodingOf(bytes);
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return notText(file, `${file} is not ${encoding.toUpperCase()} text`);
  }
  if (text.includes("\0")) return notText(file, `${file} holds NUL characters and so is no text`);
  return { ok: true, value: text, problems: [] };
}

function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return "utf-8";
}

function notText(file: string, what: string): Outcome<string> {
  const at = { file, line: 1, column: 1 };
  return {
    ok: false,
    problems: [problem("TENANT_SYNTAX", what, "save it as UTF-8 text", at)],
  };
}
