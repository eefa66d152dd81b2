import { LAB_TLS_FOLDER, labTls } from "./lab-certificates.ts";
import type { NamedTlsFiles } from "./named-tls-files.ts";
import { readTlsIdentity, readTrusted } from "./read-tls-identity.ts";
import type { TlsIdentity } from "./sip-endpoint.ts";

/**
 * Certificate and key of one end: those that were named, else the lab's own, which are made where there
 * are none, good for `hosts`, and ask the other end for its certificate. With files of one's own it is
 * asked only where it is said who signs it.
 *
 * @throws EngineError `ENGINE_CERTIFICATE_UNUSABLE`, which names the file and says what is wrong;
 * `ENGINE_FILE_UNWRITABLE` when the lab's folder cannot be made
 */
export async function chooseTlsIdentity(
  { certificate, key, authority, folder }: NamedTlsFiles,
  end: "server" | "client",
  hosts: readonly string[] = [],
): Promise<TlsIdentity> {
  if (certificate !== null && key !== null) {
    const files = { certificate, key, ...(authority === null ? {} : { trusted: authority }) };
    return readTlsIdentity(files, authority !== null);
  }
  const { [end]: own } = await labTls(folder ?? LAB_TLS_FOLDER, hosts);
  return authority === null ? own : { ...own, trusted: await readTrusted(authority) };
}
