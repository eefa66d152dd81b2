import { readFile } from "node:fs/promises";
import { EngineError } from "../engine/model/engine-error.ts";
import { LAB_TLS_FOLDER, labTls } from "../engine/sip/lab-certificates.ts";
import type { TlsIdentity } from "../engine/sip/sip-endpoint.ts";
import type { SimOptions } from "./sim-options.ts";

/**
 * Certificate and key of the TLS trunks: the files that were named, else the lab's own, which are made
 * where there are none and ask callers for theirs. With files of one's own, callers are asked for a
 * certificate only where it is said who signs them (`--tls-ca`).
 *
 * @throws EngineError `ENGINE_FILE_UNREADABLE`, `ENGINE_CERTIFICATE_UNUSABLE`
 */
export async function tlsIdentity(
  { tlsCert, tlsKey, tlsCa, tlsFolder }: SimOptions,
  hosts: readonly string[],
): Promise<TlsIdentity> {
  const trusted = tlsCa === null ? null : await readPem(tlsCa);
  const asked = trusted === null ? {} : { trusted, requireClientCertificate: true };
  if (tlsCert === null || tlsKey === null) {
    if (tlsCert !== null || tlsKey !== null) {
      const message = "--tls-cert and --tls-key belong together";
      throw new EngineError("ENGINE_CERTIFICATE_UNUSABLE", message);
    }
    const { server } = await labTls(tlsFolder ?? LAB_TLS_FOLDER, hosts);
    return { ...server, ...asked };
  }
  const [certificate, key] = await Promise.all([readPem(tlsCert), readPem(tlsKey)]);
  return { certificate, key, requireClientCertificate: false, ...asked };
}

async function readPem(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : (code ?? message);
    const what = `certificate file ${file} cannot be read: ${why}`;
    throw new EngineError("ENGINE_FILE_UNREADABLE", what, { cause: error });
  }
}
