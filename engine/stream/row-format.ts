import type { RouteDecision } from "../model/decision.ts";
import type { OutputBytes } from "./output-bytes.ts";

/** How decisions are written. */
export type OutputFormat = "csv" | "ndjson";

export const OUTPUT_FORMATS: readonly OutputFormat[] = ["csv", "ndjson"];

/** A decision's part of a row, around the caller ID. */
export interface DecisionParts {
  readonly before: Uint8Array;
  /** Ends with the line end. */
  readonly after: Uint8Array;
}

/**
 * Writes one row in three parts: the dialed number, copied from the input; who called and why,
 * formatted once for each user and kind; the decision, formatted once for each outline, with the caller
 * ID in it.
 */
export interface RowFormat {
  /** Bytes before the first row; may be empty. */
  readonly header: Uint8Array;
  /** What stands before a dialed number that needs neither quotes nor escapes. */
  readonly beforeDialed: Uint8Array;
  /** What stands between it and the normalised number; `null` = the row does not hold the latter. */
  readonly beforeNumber: Uint8Array | null;
  /** What stands behind the normalised number. */
  readonly afterNumber: Uint8Array;
  /** Writes the dialed number as it was typed. The bytes are UTF-8. */
  putDialed(out: OutputBytes, bytes: Uint8Array, start: number, end: number): void;
  /** Writes the normalised number in `bytes[start .. end)`; empty = there is none. */
  putNumber(out: OutputBytes, bytes: Uint8Array, start: number, end: number): void;
  /** The part of the row between the number and the decision; `null` = not known. */
  formatCaller(user: string | null, kind: string | null): Uint8Array;
  /** The rest of the row, but for the caller ID in it. */
  formatDecision(decision: RouteDecision, revision: string): DecisionParts;
  formatCallerId(callerId: string | null): Uint8Array;
}
