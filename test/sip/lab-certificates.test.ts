import { execFile } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type LabTls, labTls } from "../../engine/sip/lab-certificates.ts";
import { errorOf } from "./test-end.ts";

const DAY = 86_400_000;
const root = mkdtempSync(join(tmpdir(), "outdial-lab-tls-"));
let folders = 0;
const newFolder = (): string => join(root, `lab${folders++}`);

function digestOf({ server, client }: LabTls): string {
  const all = [server, client].map((end) => end.certificate + end.key + end.trusted);
  return createHash("sha256").update(all.join()).digest("hex");
}

const lab = suite("lab-certificates");

lab.after(() => rmSync(root, { recursive: true }));

lab("are made on first use for their owner only, and used again", async () => {
  const folder = newFolder();
  const first = await labTls(folder);
  assert.is(statSync(folder).mode & 0o777, 0o700);
  assert.equal(readdirSync(folder).sort(), [
    "authority-key.pem",
    "authority.pem",
    "client-key.pem",
    "client.pem",
    "server-key.pem",
    "server.pem",
  ]);
  for (const file of readdirSync(folder)) {
    assert.is(statSync(join(folder, file)).mode & 0o777, 0o600, file);
  }
  assert.is(digestOf(await labTls(folder)), digestOf(first));
  assert.is(first.server.requireClientCertificate, true);
});

lab(
  "are P-256, valid for 825 days, signed by the lab's authority and good for loopback",
  async () => {
    const now = new Date();
    const { server, client } = await labTls(newFolder(), [], now);
    const authority = new X509Certificate(server.trusted ?? "");
    assert.ok(authority.ca);
    for (const end of [server, client]) {
      const certificate = new X509Certificate(end.certificate);
      assert.ok(certificate.verify(authority.publicKey));
      assert.is(certificate.publicKey.asymmetricKeyDetails?.namedCurve, "prime256v1");
      assert.is.not(certificate.checkHost("localhost"), undefined);
      assert.is.not(certificate.checkIP("127.0.0.1"), undefined);
      assert.is.not(certificate.checkIP("::1"), undefined);
      assert.is(certificate.checkHost("sbc1.contoso.com"), undefined);
      assert.not(certificate.ca);
      const days = (Date.parse(certificate.validTo) - now.getTime()) / DAY;
      assert.ok(days > 824 && days <= 825, `${days} days`);
    }
  },
);

lab(
  "are made anew for another host by the same authority, for the hosts before it too",
  async () => {
    const folder = newFolder();
    const first = await labTls(folder, ["sbc1.contoso.com"]);
    const second = await labTls(folder, ["sbc2.contoso.com", "192.0.2.7", "2001:db8::7"]);
    assert.is(second.server.trusted, first.server.trusted);
    const certificate = new X509Certificate(second.server.certificate);
    assert.is.not(certificate.checkHost("sbc1.contoso.com"), undefined);
    assert.is.not(certificate.checkHost("sbc2.contoso.com"), undefined);
    assert.is.not(certificate.checkIP("192.0.2.7"), undefined);
    assert.is.not(certificate.checkIP("2001:db8::7"), undefined);
    assert.is(digestOf(await labTls(folder, ["sbc1.contoso.com"])), digestOf(second));
  },
);

lab("are made anew when they end, or do not hold yet", async () => {
  const folder = newFolder();
  const now = new Date();
  const first = await labTls(folder, [], now);
  assert.is(
    digestOf(await labTls(folder, [], new Date(now.getTime() + 823 * DAY))),
    digestOf(first),
  );
  const later = await labTls(folder, [], new Date(now.getTime() + 825 * DAY));
  assert.is.not(later.server.trusted, first.server.trusted);
  const earlier = await labTls(folder, [], now);
  assert.is.not(earlier.server.trusted, later.server.trusted);
});

for (const file of ["authority.pem", "authority-key.pem", "server.pem", "client-key.pem"]) {
  lab(`are made anew when ${file} is damaged or gone`, async () => {
    const folder = newFolder();
    const first = await labTls(folder);
    writeFileSync(join(folder, file), "damaged");
    const second = await labTls(folder);
    assert.is.not(digestOf(second), digestOf(first));
    rmSync(join(folder, file));
    const third = await labTls(folder);
    assert.is.not(digestOf(third), digestOf(second));
    assert.is(digestOf(await labTls(folder)), digestOf(third));
  });
}

lab("are the same for programs that start at once, and leave nothing else behind", async () => {
  const parent = newFolder();
  const folder = join(parent, "deep", "lab");
  const module = join(
    dirname(fileURLToPath(import.meta.url)),
    "../../engine/sip/lab-certificates.js",
  );
  const program = `
    const { labTls } = await import(${JSON.stringify(module)});
    const { server, client } = await labTls(${JSON.stringify(folder)});
    console.log(JSON.stringify([server, client]));`;
  const started = [1, 2, 3].map(() =>
    promisify(execFile)(process.execPath, ["--input-type=module", "-e", program]),
  );
  const outputs = new Set((await Promise.all(started)).map((one) => one.stdout));
  assert.is(outputs.size, 1);
  assert.equal(readdirSync(join(parent, "deep")), ["lab"]);
  assert.match(
    readFileSync(join(folder, "server-key.pem"), "utf8"),
    /^-----BEGIN PRIVATE KEY-----/,
  );
});

lab("in a folder that cannot be made is told in words", async () => {
  const file = join(root, "file");
  writeFileSync(file, "");
  const failed = await errorOf(labTls(join(file, "lab")));
  assert.is(failed.code, "ENGINE_FILE_UNWRITABLE");
  assert.match(failed.message, /lab cannot be written: /);
});

for (const host of [
  "",
  "a b",
  "*.contoso.com",
  "münchen.example",
  "fe80::1%eth0",
  "a".repeat(300),
]) {
  lab(`cannot be made for "${host.slice(0, 20)}"`, async () => {
    const failed = await errorOf(labTls(newFolder(), [host]));
    assert.is(failed.code, "ENGINE_CERTIFICATE_UNUSABLE");
  });
}

lab.run();
