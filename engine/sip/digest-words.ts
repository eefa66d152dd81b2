import { createHash } from "node:crypto";

/** Hashes of SIP digest (RFC 8760), the better one first. */
export const DIGEST_ALGORITHMS = ["SHA-256", "MD5"] as const;

export type DigestAlgorithm = (typeof DIGEST_ALGORITHMS)[number];

/** What both ends put together into a response (RFC 7616 section 3.4.1). */
export interface DigestInput {
  readonly algorithm: DigestAlgorithm;
  readonly user: string;
  readonly realm: string;
  readonly password: string;
  readonly method: string;
  readonly uri: string;
  readonly nonce: string;
  /** `null` = the challenge knew no quality of protection (RFC 2069). */
  readonly qop: { readonly nonceCount: string; readonly clientNonce: string } | null;
}

/** The algorithm of a challenge or its answer; without one it is MD5. `null` = one we do not know. */
export function digestAlgorithm(name: string | undefined): DigestAlgorithm | null {
  const wanted = (name ?? "MD5").toUpperCase();
  return DIGEST_ALGORITHMS.find((algorithm) => algorithm === wanted) ?? null;
}

/** The `response` of an Authorization header, for quality of protection `auth` or none. */
export function digestResponse(input: DigestInput): string {
  const { algorithm, user, realm, password, method, uri, nonce, qop } = input;
  const hash = (text: string): string =>
    createHash(algorithm === "MD5" ? "md5" : "sha256")
      .update(text)
      .digest("hex");
  const secret = hash(`${user}:${realm}:${password}`);
  const request = hash(`${method}:${uri}`);
  if (qop === null) return hash(`${secret}:${nonce}:${request}`);
  return hash(`${secret}:${nonce}:${qop.nonceCount}:${qop.clientNonce}:auth:${request}`);
}

/**
 * The parameters of a `Digest …` value by lower-case name, quotes taken off; `null` = another scheme or
 * malformed. O(n).
 */
export function digestParameters(value: string): ReadonlyMap<string, string> | null {
  const scheme = /^\s*Digest\s+/i.exec(value);
  if (scheme === null) return null;
  const parameters = new Map<string, string>();
  const one = /\s*([\w!%'*+.~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",;]*))\s*(?:,|$)/y;
  one.lastIndex = scheme[0].length;
  while (one.lastIndex < value.length) {
    const found = one.exec(value);
    if (found === null) return null;
    const [, name = "", quoted, token = ""] = found;
    parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? token);
  }
  return parameters;
}

/** A value between quotes. */
export function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}
