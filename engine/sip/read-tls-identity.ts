import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { EngineError } from "../model/engine-error.ts";
import { whyUnreadable } from "../model/file-failure.ts";
import type { TlsIdentity } from "./sip-endpoint.ts";
import { MAX_CERTIFICATE_FILE_BYTES } from "./socket-budgets.ts";

const CERTIFICATES = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The files of a TLS end, all PEM. */
export interface TlsFiles {
  /** The certificate, followed by those of the authorities between it and a trusted one. */
  readonly certificate: string;
  readonly key: string;
  /** Authorities that the other end's certificate must lead to; the system's when left out. */
  readonly trusted?: string;
}

/**
 * Reads a TLS identity and makes sure that it can work: PEM, the key of this certificate, valid today.
 *
 * @throws EngineError `ENGINE_CERTIFICATE_UNUSABLE`, which names the file and says what is wrong
 */
export async function readTlsIdentity(
  files: TlsFiles,
  requireClientCertificate: boolean,
  now: Date = new Date(),
): Promise<TlsIdentity> {
  const certificate = await readPem(files.certificate);
  const key = await readPem(files.key);
  const trusted = files.trusted === undefined ? undefined : await readTrusted(files.trusted, now);
  const [own] = certificatesOf(certificate, files.certificate);
  if (own === undefined) throw unusable(files.certificate, "holds no PEM certificate");
  if (!own.checkPrivateKey(keyOf(key, files.key))) {
    throw unusable(files.key, `is not the key of ${files.certificate}`);
  }
  refuseOutOfDate(own, files.certificate, now);
  return {
    certificate,
    key,
    ...(trusted === undefined ? {} : { trusted }),
    requireClientCertificate,
  };
}

/**
 * Reads the authorities to trust, and makes sure that they are certificates which are valid today.
 *
 * @throws EngineError `ENGINE_CERTIFICATE_UNUSABLE`, as above
 */
export async function readTrusted(file: string, now: Date = new Date()): Promise<string> {
  const trusted = await readPem(file);
  for (const one of certificatesOf(trusted, file)) refuseOutOfDate(one, file, now);
  return trusted;
}

function unusable(file: string, what: string, cause?: unknown): EngineError {
  return new EngineError("ENGINE_CERTIFICATE_UNUSABLE", `${file} ${what}`, { cause });
}

async function readPem(file: string): Promise<string> {
  try {
    const bytes = await readFile(file);
    if (bytes.length <= MAX_CERTIFICATE_FILE_BYTES) return bytes.toString("latin1");
  } catch (error) {
    throw unusable(file, `cannot be read: ${whyUnreadable(error)}`, error);
  }
  throw unusable(file, `is larger than ${MAX_CERTIFICATE_FILE_BYTES} bytes`);
}

function certificatesOf(pem: string, file: string): readonly X509Certificate[] {
  const found = pem.match(CERTIFICATES) ?? [];
  if (found.length === 0) throw unusable(file, "holds no PEM certificate");
  try {
    return found.map((one) => new X509Certificate(one));
  } catch (error) {
    throw unusable(file, "holds a certificate that is damaged", error);
  }
}

function keyOf(pem: string, file: string): KeyObject {
  if (/ENCRYPTED/.test(pem))
    throw unusable(file, "is protected by a passphrase; take it off first");
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw unusable(file, "holds no PEM private key", error);
  }
}

function refuseOutOfDate(certificate: X509Certificate, file: string, now: Date): void {
  const from = new Date(certificate.validFrom);
  const to = new Date(certificate.validTo);
  if (now > to) throw unusable(file, `expired on ${dayOf(to)}`);
  if (now < from) throw unusable(file, `is not valid before ${dayOf(from)}`);
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
