import { wordsOf } from "./socket-words.ts";

/** What the codes of OpenSSL and of Node's TLS mean to people: the rest of a sentence about the other end. */
const WORDS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "has a certificate that has expired",
  CERT_NOT_YET_VALID: "has a certificate that is not valid yet",
  DEPTH_ZERO_SELF_SIGNED_CERT: "has a self-signed certificate, which is not trusted",
  SELF_SIGNED_CERT_IN_CHAIN: "has a certificate of an unknown authority",
  UNABLE_TO_GET_ISSUER_CERT: "has a certificate of an unknown authority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "has a certificate of an unknown authority",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "has a certificate of an unknown authority",
  CERT_SIGNATURE_FAILURE: "has a certificate that its authority did not sign",
  CERT_REVOKED: "has a certificate that was revoked",
  INVALID_PURPOSE: "has a certificate that is not made for this",
  ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE: "showed no certificate",
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: "wants a certificate of ours, and got none",
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: "does not trust the authority of our certificate",
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: "says that our certificate has expired",
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: "does not accept our certificate",
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: "does not accept our certificate",
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: "speaks no TLS version of ours",
  ERR_SSL_UNSUPPORTED_PROTOCOL: "speaks a TLS version that is too old",
  ERR_SSL_WRONG_VERSION_NUMBER: "does not speak TLS",
  ERR_SSL_HTTP_REQUEST: "does not speak TLS",
  ERR_SSL_NO_SHARED_CIPHER: "has no cipher in common with us",
  ERR_TLS_HANDSHAKE_TIMEOUT: "did not finish the TLS handshake in time",
  ERR_OSSL_X509_KEY_VALUES_MISMATCH: "does not belong to its key",
  ERR_OSSL_PEM_NO_START_LINE: "is not in PEM format",
};

/** The rest of a sentence about a TLS end, or, where it is no error of TLS, of any socket. */
export function tlsWordsOf(error: unknown): string {
  const { code, reason } = error as { code?: unknown; reason?: unknown };
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return `has a certificate for another name: ${String(reason)}`;
  }
  return WORDS[String(code)] ?? wordsOf(error);
}
