import { createHash } from "node:crypto";

/**
 * A GUID for an object that a command makes, always the same for the same text: two runs of a script make
 * the same tenant. Not random, as deciding what a command does draws no chance (RFC 9562, version 8).
 */
export function derivedGuid(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  const variant = "89ab"[Number.parseInt(hex[16] ?? "0", 16) % 4] ?? "8";
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
