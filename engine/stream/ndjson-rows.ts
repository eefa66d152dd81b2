import type { RouteDecision } from "../model/decision.ts";
import type { OutputBytes } from "./output-bytes.ts";
import type { DecisionParts, RowFormat } from "./row-format.ts";

const QUOTE = 34;
const BACKSLASH = 92;
const encoder = new TextEncoder();
const DIALED = encoder.encode('{"dialed":"');
const NUMBER = encoder.encode('","number":"');
const AFTER_NUMBER = encoder.encode('"');
const NO_NUMBER = encoder.encode('","number":null');
const HEX = encoder.encode("0123456789abcdef");
const UNICODE_ESCAPE = encoder.encode("\\u00");

/** One JSON object a line, all keys always there, `null` = absent. */
export const ndjsonRows: RowFormat = {
  header: new Uint8Array(0),

  beforeDialed: DIALED,
  beforeNumber: NUMBER,
  afterNumber: AFTER_NUMBER,

  putDialed(out: OutputBytes, bytes: Uint8Array, start: number, end: number): void {
    out.put(DIALED);
    out.reserve(6 * (end - start));
    const target = out.bytes;
    let at = out.length;
    for (let i = start; i < end; i++) {
      const byte = bytes[i] ?? 0;
      if (byte < 0x20) {
        target.set(UNICODE_ESCAPE, at);
        target[at + 4] = HEX[byte >> 4] ?? 0;
        target[at + 5] = HEX[byte & 15] ?? 0;
        at += 6;
        continue;
      }
      if (byte === QUOTE || byte === BACKSLASH) target[at++] = BACKSLASH;
      target[at++] = byte;
    }
    out.length = at;
  },

  putNumber(out: OutputBytes, bytes: Uint8Array, start: number, end: number): void {
    if (start >= end) {
      out.put(NO_NUMBER);
      return;
    }
    out.put(NUMBER);
    out.reserve(end - start);
    for (let i = start; i < end; i++) out.bytes[out.length++] = bytes[i] ?? 0;
    out.put(AFTER_NUMBER);
  },

  formatCaller(user: string | null, kind: string | null): Uint8Array {
    return encoder.encode(`,"user":${JSON.stringify(user)},"kind":${JSON.stringify(kind)},`);
  },

  formatDecision(decision: RouteDecision, revision: string): DecisionParts {
    const { outcome, operator, trunks, route, usage } = decision;
    const { policy, policySource, reason } = decision;
    const before = JSON.stringify({ outcome, operator, trunks }).slice(1, -1);
    const after = JSON.stringify({ route, usage, policy, policySource, reason, revision }).slice(1);
    return {
      before: encoder.encode(`${before},"callerId":`),
      after: encoder.encode(`,${after}\n`),
    };
  },

  formatCallerId: (callerId) => encoder.encode(JSON.stringify(callerId)),
};
