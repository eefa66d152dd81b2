import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import {
  DIGEST_ALGORITHMS,
  type DigestAlgorithm,
  digestAlgorithm,
  digestParameters,
  digestResponse,
  quoted,
} from "./digest-words.ts";
import { bareUser, type IncomingRequest } from "./incoming-message.ts";
import { LateRepeats, ownCopy } from "./late-repeats.ts";
import { parseSipUri } from "./parse-sip-uri.ts";
import type { DigestCredentials } from "./sip-endpoint.ts";
import type { SipHeaders } from "./sip-message.ts";

/** A nonce is good for this long; shorter than uses of it are remembered, so none can be replayed. */
const NONCE_MILLISECONDS = 30_000;

const NONCE = /^([0-9a-f]{12})([0-9a-f]{16})([0-9a-f]{32})$/;

/** How a request is refused, and why: it brought no credentials, or outdated ones; or wrong ones. */
export interface Challenge {
  readonly headers: SipHeaders;
  readonly because: "asked" | "wrong";
}

/** What became of a request's credentials. */
type Verdict = "right" | "wrong" | "stale";

/**
 * Asks callers for a password (RFC 3261 section 22, RFC 8760: SHA-256 and MD5, quality of protection
 * `auth`).
 *
 * A nonce carries its time and our seal, so nothing is kept for callers that never answer; of those that
 * do, the highest count is kept while the nonce lasts, and a count that is not higher is refused.
 */
export class DigestChallenge {
  readonly #credentials: DigestCredentials;
  readonly #algorithms: readonly DigestAlgorithm[];
  readonly #now: () => number;
  readonly #secret = randomBytes(32);
  readonly #counts = new LateRepeats<number>();

  /** @param now - Milliseconds of a clock that never jumps; for tests. */
  constructor(credentials: DigestCredentials, now: () => number = () => performance.now()) {
    this.#credentials = credentials;
    this.#algorithms = credentials.algorithms ?? DIGEST_ALGORITHMS;
    this.#now = now;
  }

  /** What to refuse a request with (401); `null` = its credentials are right. */
  challenge(request: IncomingRequest): Challenge | null {
    const verdicts = request.headers("Authorization").map((value) => this.#judge(request, value));
    if (verdicts.includes("right")) return null;
    const stale = verdicts.includes("stale") ? ", stale=true" : "";
    const nonce = this.#newNonce();
    const realm = quoted(this.#credentials.realm);
    const headers: SipHeaders = this.#algorithms.map((algorithm) => [
      "WWW-Authenticate",
      `Digest realm=${realm}, nonce="${nonce}", algorithm=${algorithm}, qop="auth"${stale}`,
    ]);
    const isWrong = verdicts.length > 0 && stale === "";
    return { headers, because: isWrong ? "wrong" : "asked" };
  }

  clear(): void {
    this.#counts.clear();
  }

  #judge(request: IncomingRequest, value: string): Verdict {
    const given = digestParameters(value);
    const algorithm = this.#offered(given?.get("algorithm"));
    const user = given?.get("username") ?? "";
    const realm = given?.get("realm");
    const nonce = given?.get("nonce") ?? "";
    const nonceCount = given?.get("nc") ?? "";
    if (given === null || algorithm === null || realm !== this.#credentials.realm) return "wrong";
    if (!protects(given.get("qop"), nonceCount)) return "wrong";
    const password = this.#credentials.passwordOf?.(user);
    const age = this.#ageOf(nonce);
    const uri = given.get("uri") ?? "";
    if (password === undefined || age === null || !meansTheSame(uri, request)) return "wrong";
    const right = digestResponse({
      ...{ algorithm, user, realm, password, nonce, uri, method: request.method },
      qop: { nonceCount, clientNonce: given.get("cnonce") ?? "" },
    });
    if (!same(right, given.get("response")?.toLowerCase() ?? "")) return "wrong";
    return age <= NONCE_MILLISECONDS && this.#isFirstUse(nonce, nonceCount) ? "right" : "stale";
  }

  /** The algorithm of that name, when callers may use it. */
  #offered(name: string | undefined): DigestAlgorithm | null {
    const algorithm = digestAlgorithm(name);
    return algorithm !== null && this.#algorithms.includes(algorithm) ? algorithm : null;
  }

  #isFirstUse(nonce: string, nonceCount: string): boolean {
    const count = Number.parseInt(nonceCount, 16);
    if (count <= (this.#counts.find(nonce) ?? 0)) return false;
    this.#counts.remember(ownCopy(nonce), count);
    return true;
  }

  #newNonce(): string {
    const time = Math.floor(this.#now()).toString(16).padStart(12, "0");
    const random = randomBytes(8).toString("hex");
    return `${time}${random}${this.#seal(time + random)}`;
  }

  /** Milliseconds; `null` = not a nonce of ours. */
  #ageOf(nonce: string): number | null {
    const [, time = "", random = "", seal = ""] = NONCE.exec(nonce) ?? [];
    if (time === "" || !same(seal, this.#seal(time + random))) return null;
    return this.#now() - Number.parseInt(time, 16);
  }

  #seal(text: string): string {
    return createHmac("sha256", this.#secret).update(text).digest("hex").slice(0, 32);
  }
}

/** Only the one quality of protection that is offered, with its count, keeps an answer from being used again. */
function protects(qop: string | undefined, nonceCount: string): boolean {
  return qop === "auth" && /^[0-9a-f]{8}$/i.test(nonceCount);
}

/**
 * Were the credentials made for this request's Request-URI (RFC 7616 section 3.4.6)? A proxy may have written
 * another scheme, host, port or parameters since (RFC 3261 section 16.5), but not another number. A URI without
 * a user names the server only, as callers do whose digest knows no more of the call: SIPp by default.
 */
function meansTheSame(uri: string, request: IncomingRequest): boolean {
  if (uri === request.requestUri) return true;
  const parsed = parseSipUri(uri);
  if (parsed === null) return false;
  const user = bareUser(parsed.user);
  return user === "" || user === request.calledUser;
}

/** Compares in a time that does not tell how much of it was right. */
function same(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
