import { createPrivateKey, randomBytes, X509Certificate } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { isIP } from "node:net";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { EngineError } from "../model/engine-error.ts";
import { type IssuedCertificate, issueAuthority, issueCertificate } from "./issue-certificate.ts";
import type { TlsIdentity } from "./sip-endpoint.ts";

/** Where the lab's certificates are kept. */
export const LAB_TLS_FOLDER = join(homedir(), ".outdial", "lab-tls");

/** What a certificate of the lab is always good for. */
const LAB_HOSTS: readonly string[] = ["localhost", "127.0.0.1", "::1"];

/** One that ends sooner is made anew, so that it does not end in the middle of a run. */
const RENEW_BEFORE_MILLISECONDS = 86_400_000;

/** How often a folder that others are writing is read again. */
const MAX_READS = 10;

/** Both ends of the lab's TLS: each trusts the other, and nobody else. */
export interface LabTls {
  readonly server: TlsIdentity;
  readonly client: TlsIdentity;
}

interface LabCertificates {
  readonly authority: IssuedCertificate;
  readonly server: IssuedCertificate;
  readonly client: IssuedCertificate;
}

const ROLES = ["authority", "server", "client"] as const;

/**
 * The certificates of a lab: an authority of its own, and certificates of a server and a client that are
 * good for `localhost`, `127.0.0.1`, `::1` and the hosts given. They are made on first use
 * (`authority.pem`, `authority-key.pem`, `server.pem`, …; only their owner can read them), made anew when
 * they end, damaged or not good for a host; with the same authority while that lasts. Programs that start
 * at once get the same ones.
 *
 * @throws EngineError `ENGINE_FILE_UNWRITABLE` when the folder cannot be made;
 * `ENGINE_CERTIFICATE_UNUSABLE` for a host that is no name or address
 */
export async function labTls(
  folder: string = LAB_TLS_FOLDER,
  hosts: readonly string[] = [],
  now: Date = new Date(),
): Promise<LabTls> {
  const wanted = [...new Set([...LAB_HOSTS, ...hosts])];
  const odd = wanted.find((host) => !isHost(host));
  if (odd !== undefined) {
    const what = `no certificate can be made for "${odd}": it is no host name or IP address`;
    throw new EngineError("ENGINE_CERTIFICATE_UNUSABLE", what);
  }
  for (let read = 0; read < MAX_READS; read++) {
    const found = await readCertificates(folder);
    if (found !== null && isGood(found, wanted, now)) return identitiesOf(found);
    const made = await makeCertificates(found, wanted, now);
    // What could not be read at first may have been another program's that was not in place yet.
    const isReplacing = found !== null || read > 0;
    await replaceFolder(folder, made, isReplacing, (other) => isGood(other, wanted, now));
  }
  throw unwritable(folder, new Error("others keep changing it"));
}

function identitiesOf({ authority, server, client }: LabCertificates): LabTls {
  const trusted = authority.certificate;
  return {
    server: { ...server, trusted, requireClientCertificate: true },
    client: { ...client, trusted, requireClientCertificate: true },
  };
}

/** `null` = there are none, or a part of them is missing. */
async function readCertificates(folder: string): Promise<LabCertificates | null> {
  try {
    const [authority, server, client] = await Promise.all(
      ROLES.map(async (role) => ({
        certificate: await readFile(join(folder, `${role}.pem`), "latin1"),
        key: await readFile(join(folder, `${role}-key.pem`), "latin1"),
      })),
    );
    if (authority === undefined || server === undefined || client === undefined) return null;
    return { authority, server, client };
  } catch {
    return null;
  }
}

function isGood(found: LabCertificates, hosts: readonly string[], now: Date): boolean {
  const authority = usableCertificate(found.authority, now);
  if (authority === null) return false;
  return [found.server, found.client].every((issued) => {
    const leaf = usableCertificate(issued, now);
    if (leaf === null || !leaf.checkIssued(authority)) return false;
    return leaf.verify(authority.publicKey) && hosts.every((host) => isGoodFor(leaf, host));
  });
}

const MAX_HOST_LENGTH = 253;
const HOST_NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;

function isHost(host: string): boolean {
  if (isIP(host) !== 0) return !host.includes("%");
  return host.length <= MAX_HOST_LENGTH && HOST_NAME.test(host);
}

function isGoodFor(certificate: X509Certificate, host: string): boolean {
  const found = isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host);
  return found !== undefined;
}

/** `null` = damaged, with another's key, or about to end. */
function usableCertificate(issued: IssuedCertificate, now: Date): X509Certificate | null {
  try {
    const certificate = new X509Certificate(issued.certificate);
    const isOurs = certificate.checkPrivateKey(createPrivateKey(issued.key));
    const left = new Date(certificate.validTo).getTime() - now.getTime();
    const hasBegun = new Date(certificate.validFrom) <= now;
    return isOurs && hasBegun && left > RENEW_BEFORE_MILLISECONDS ? certificate : null;
  } catch {
    return null;
  }
}

async function makeCertificates(
  old: LabCertificates | null,
  hosts: readonly string[],
  now: Date,
): Promise<LabCertificates> {
  const keeps = old !== null && usableCertificate(old.authority, now) !== null;
  const authority = keeps ? old.authority : await issueAuthority("outdial lab authority", now);
  const all = [...new Set([...hosts, ...(keeps ? hostsOf(old.server) : [])])];
  const [server, client] = await Promise.all([
    issueCertificate(authority, "outdial lab server", all, now),
    issueCertificate(authority, "outdial lab client", all, now),
  ]);
  return { authority, server, client };
}

/** The hosts that other programs asked for: without them, two programs would replace each other's. */
function hostsOf(issued: IssuedCertificate): readonly string[] {
  try {
    const names = new X509Certificate(issued.certificate).subjectAltName ?? "";
    const hosts = names.split(", ").map((name) => name.replace(/^(DNS|IP Address):/, ""));
    // Another spelling of `::1`, which is in every one of them.
    return hosts.filter((host) => host !== "0:0:0:0:0:0:0:1");
  } catch {
    return [];
  }
}

/**
 * Puts a whole folder in place at once. When another program was quicker, its folder stays: the next read
 * takes it.
 */
async function replaceFolder(
  folder: string,
  made: LabCertificates,
  isReplacing: boolean,
  isKept: (other: LabCertificates) => boolean,
): Promise<void> {
  const parent = dirname(folder);
  try {
    await mkdir(parent, { recursive: true, mode: 0o700 });
    const fresh = await mkdtemp(join(parent, `.${basename(folder)}.`));
    try {
      await writeCertificates(fresh, made);
      if (isReplacing) await removeFolder(folder, isKept);
      await rename(fresh, folder);
    } catch (error) {
      await rm(fresh, { recursive: true, force: true });
      if (!isTaken(error)) throw error;
    }
  } catch (error) {
    throw unwritable(folder, error);
  }
}

async function writeCertificates(folder: string, made: LabCertificates): Promise<void> {
  for (const role of ROLES) {
    await writeFile(join(folder, `${role}.pem`), made[role].certificate, { mode: 0o600 });
    await writeFile(join(folder, `${role}-key.pem`), made[role].key, { mode: 0o600 });
  }
}

/** Renamed first, so that nobody sees half of it; put back when another program had just made it anew. */
async function removeFolder(
  folder: string,
  isKept: (other: LabCertificates) => boolean,
): Promise<void> {
  const name = `.${basename(folder)}.${randomBytes(6).toString("hex")}`;
  const aside = join(dirname(folder), name);
  try {
    await rename(folder, aside);
  } catch (error) {
    if ((error as { code?: unknown }).code === "ENOENT") return;
    throw error;
  }
  const other = await readCertificates(aside);
  if (other !== null && isKept(other)) await rename(aside, folder);
  else await rm(aside, { recursive: true, force: true });
}

function isTaken(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === "ENOTEMPTY" || code === "EEXIST";
}

function unwritable(folder: string, cause: unknown): EngineError {
  const what = `${folder} cannot be written: ${(cause as Error).message}`;
  return new EngineError("ENGINE_FILE_UNWRITABLE", what, { cause });
}
