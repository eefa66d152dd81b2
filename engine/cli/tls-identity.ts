import { readFile } from "node:fs/promises";
import { EngineError } from "../model/engine-error.ts";
import { LAB_TLS_FOLDER, labTls } from "../sip/lab-certificates.ts";
import type { TlsIdentity } from "../sip/sip-endpoint.ts";
import { whyNot } from "./route-input.ts";
import type { TlsFiles } from "./sip-options.ts";

/**
 * The certificate that the caller shows and the authorities it trusts: the files that were named, else
 * those of the lab, which are made where there are none.
 *
 * @throws EngineError `ENGINE_FILE_UNREADABLE`, `ENGINE_CERTIFICATE_UNUSABLE`
 */
export async function callerTlsIdentity(files: TlsFiles): Promise<TlsIdentity> {
  const { certificate, key, authority, folder } = files;
  const trusted = authority === null ? {} : { trusted: await readPem(authority) };
  if (certificate === null || key === null) {
    const { client } = await labTls(folder ?? LAB_TLS_FOLDER);
    return { ...client, ...trusted };
  }
  const own = { certificate: await readPem(certificate), key: await readPem(key) };
  return { ...own, ...trusted, requireClientCertificate: authority !== null };
}

async function readPem(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const message = `certificate file ${file} cannot be read: ${whyNot(error)}`;
    throw new EngineError("ENGINE_FILE_UNREADABLE", message, { cause: error });
  }
}
