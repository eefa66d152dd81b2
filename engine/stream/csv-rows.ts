import type { RouteDecision } from "../model/decision.ts";
import type { OutputBytes } from "./output-bytes.ts";
import type { DecisionParts, RowFormat } from "./row-format.ts";

const QUOTE = 34;
const COMMA = 44;
const encoder = new TextEncoder();

/** 1 for every byte that makes a field need quotes (RFC 4180). */
const NEEDS_QUOTES = new Uint8Array(256);
for (const byte of [10, 13, QUOTE, COMMA]) NEEDS_QUOTES[byte] = 1;

function field(text: string | null): string {
  if (text === null) return "";
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows of RFC 4180 with a line feed at the end; absent = empty, quoted only where needed. */
export const csvRows: RowFormat = {
  header: encoder.encode(
    "dialed,user,kind,outcome,operator,trunk,caller_id,route,usage,policy,reason\n",
  ),

  beforeDialed: new Uint8Array(0),
  beforeNumber: null,
  afterNumber: new Uint8Array(0),

  putDialed(out: OutputBytes, bytes: Uint8Array, start: number, end: number): void {
    out.reserve(end - start);
    const target = out.bytes;
    let at = out.length;
    for (let i = start; i < end; i++) {
      const byte = bytes[i] ?? 0;
      if (NEEDS_QUOTES[byte] === 1) {
        putQuoted(out, bytes, start, end);
        return;
      }
      target[at++] = byte;
    }
    out.length = at;
  },

  putNumber(): void {
    // The CSV columns do not hold the normalised number.
  },

  formatCaller(user: string | null, kind: string | null): Uint8Array {
    return encoder.encode(`,${field(user)},${field(kind)},`);
  },

  formatDecision(decision: RouteDecision): DecisionParts {
    const { outcome, operator, trunks, route, usage, policy, reason } = decision;
    const before = [outcome, operator, trunks[0] ?? null].map(field).join(",");
    const after = [route, usage, policy, reason].map(field).join(",");
    return { before: encoder.encode(`${before},`), after: encoder.encode(`,${after}\n`) };
  },

  formatCallerId: (callerId) => encoder.encode(field(callerId)),
};

function putQuoted(out: OutputBytes, bytes: Uint8Array, start: number, end: number): void {
  out.reserve(2 * (end - start) + 2);
  const target = out.bytes;
  let at = out.length;
  target[at++] = QUOTE;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === QUOTE) target[at++] = QUOTE;
    target[at++] = byte;
  }
  target[at++] = QUOTE;
  out.length = at;
}
