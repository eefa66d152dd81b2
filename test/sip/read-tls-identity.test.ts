import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { issueAuthority, issueCertificate } from "../../engine/sip/issue-certificate.ts";
import { readTlsIdentity } from "../../engine/sip/read-tls-identity.ts";
import { errorOf } from "./test-end.ts";

const folder = mkdtempSync(join(tmpdir(), "outdial-tls-files-"));
const now = new Date();
const DAY = 86_400_000;
const authority = await issueAuthority("contoso authority", now);
const own = await issueCertificate(authority, "sbc1", ["sbc1.contoso.com"], now);
const protectedKey = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({
  type: "pkcs8",
  format: "pem",
  cipher: "aes-256-cbc",
  passphrase: "contoso",
});

function write(name: string, text: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const files = {
  certificate: write("own.pem", own.certificate + authority.certificate),
  key: write("own-key.pem", own.key),
  trusted: write("authority.pem", authority.certificate),
};
mkdirSync(join(folder, "folder"));
const missing = join(folder, "missing.pem");
const text = write("text.pem", "not a certificate");
const damaged = write("damaged.pem", own.certificate.replace(/\nMII.{40}/, "\nMIIAAAA"));

const tls = suite("read-tls-identity");

tls.after(() => rmSync(folder, { recursive: true }));

tls(
  "a certificate with its chain, its key and the authorities are read as they stand",
  async () => {
    assert.equal(await readTlsIdentity(files, true, now), {
      certificate: own.certificate + authority.certificate,
      key: own.key,
      trusted: authority.certificate,
      requireClientCertificate: true,
    });
    const { trusted: _, ...without } = files;
    const read = await readTlsIdentity(without, false, now);
    assert.not("trusted" in read, "the system's authorities are trusted");
  },
);

const REFUSED: readonly [given: Partial<typeof files>, message: string][] = [
  [{ certificate: missing }, `${missing} cannot be read: there is no such file`],
  [{ key: join(folder, "folder") }, `${join(folder, "folder")} cannot be read: it is a folder`],
  [{ certificate: text }, `${text} holds no PEM certificate`],
  [{ trusted: text }, `${text} holds no PEM certificate`],
  [{ certificate: damaged }, `${damaged} holds a certificate that is damaged`],
  [{ key: text }, `${text} holds no PEM private key`],
  [{ key: files.certificate }, `${files.certificate} holds no PEM private key`],
  [
    { key: write("protected.pem", protectedKey) },
    `${join(folder, "protected.pem")} is protected by a passphrase; take it off first`,
  ],
  [
    { key: write("other-key.pem", authority.key) },
    `${join(folder, "other-key.pem")} is not the key of ${files.certificate}`,
  ],
  [
    { certificate: write("large.pem", Buffer.alloc(2_000_000)) },
    `${join(folder, "large.pem")} is larger than 1048576 bytes`,
  ],
];

for (const [given, message] of REFUSED) {
  tls(`refused: ${message.replaceAll(`${folder}/`, "")}`, async () => {
    const failed = await errorOf(readTlsIdentity({ ...files, ...given }, true, now));
    assert.equal(failed, { message, code: "ENGINE_CERTIFICATE_UNUSABLE" });
  });
}

tls("one that has expired, or does not hold yet, is refused with the day", async () => {
  const { trusted: _, ...without } = files;
  const late = new Date(now.getTime() + 826 * DAY);
  const expired = await errorOf(readTlsIdentity(without, true, late));
  assert.match(expired.message, /own\.pem expired on \d{4}-\d\d-\d\d$/);
  const early = await errorOf(readTlsIdentity(without, true, new Date(now.getTime() - DAY)));
  assert.match(early.message, /own\.pem is not valid before \d{4}-\d\d-\d\d$/);
  const authority = await errorOf(readTlsIdentity(files, true, late));
  assert.match(authority.message, /authority\.pem expired on/);
});

tls.run();
