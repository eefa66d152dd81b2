import {
  DIGEST_ALGORITHMS,
  digestAlgorithm,
  digestParameters,
  digestResponse,
  quoted,
} from "./digest-words.ts";
import type { IncomingResponse } from "./incoming-message.ts";
import { randomToken } from "./random-token.ts";
import type { DigestCredentials } from "./sip-endpoint.ts";

/** Each nonce is used for one request only. */
const NONCE_COUNT = "00000001";

/** Answers the challenges to one request of ours (RFC 3261 section 22.2): one, and one more if it was stale. */
export class DigestAnswer {
  readonly #credentials: DigestCredentials;
  #answered = 0;

  constructor(credentials: DigestCredentials) {
    this.#credentials = credentials;
  }

  /**
   * The header that answers a 401 or 407; `null` = there is no login, it was answered already, or no
   * challenge of our realm is one that we can answer. Realm `""` answers any. SHA-256 is preferred to MD5.
   */
  answer(
    response: IncomingResponse,
    method: string,
    uri: string,
  ): readonly [name: string, value: string] | null {
    const proxy = response.status === 407;
    const { login } = this.#credentials;
    if (login === undefined || (!proxy && response.status !== 401)) return null;
    const challenge = this.#chosen(
      response.headers(proxy ? "Proxy-Authenticate" : "WWW-Authenticate"),
    );
    const stale = challenge?.get("stale")?.toLowerCase() === "true";
    if (challenge === undefined || this.#answered > (stale ? 1 : 0)) return null;
    this.#answered++;
    const value = credentialsFor(challenge, login, method, uri);
    return value === null ? null : [proxy ? "Proxy-Authorization" : "Authorization", value];
  }

  #chosen(values: readonly string[]): ReadonlyMap<string, string> | undefined {
    const { realm } = this.#credentials;
    const challenges = values
      .map(digestParameters)
      .filter((challenge) => challenge !== null)
      .filter((challenge) => realm === "" || challenge.get("realm") === realm);
    for (const algorithm of DIGEST_ALGORITHMS) {
      const found = challenges.find(
        (challenge) => digestAlgorithm(challenge.get("algorithm")) === algorithm,
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function credentialsFor(
  challenge: ReadonlyMap<string, string>,
  { user, password }: { readonly user: string; readonly password: string },
  method: string,
  uri: string,
): string | null {
  const algorithm = digestAlgorithm(challenge.get("algorithm"));
  const offered = challenge.get("qop")?.split(/\s*,\s*/);
  if (algorithm === null || (offered !== undefined && !offered.includes("auth"))) return null;
  const realm = challenge.get("realm") ?? "";
  const nonce = challenge.get("nonce") ?? "";
  const qop =
    offered === undefined ? null : { nonceCount: NONCE_COUNT, clientNonce: randomToken() };
  const response = digestResponse({ algorithm, user, realm, password, method, uri, nonce, qop });
  const parts = [
    `Digest username=${quoted(user)}, realm=${quoted(realm)}, nonce=${quoted(nonce)}`,
    `uri=${quoted(uri)}, response="${response}", algorithm=${algorithm}`,
  ];
  if (qop !== null) parts.push(`qop=auth, nc=${NONCE_COUNT}, cnonce="${qop.clientNonce}"`);
  const opaque = challenge.get("opaque");
  if (opaque !== undefined) parts.push(`opaque=${quoted(opaque)}`);
  return parts.join(", ");
}
