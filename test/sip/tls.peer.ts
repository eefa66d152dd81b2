/** OpenSSL's own client and server at the other end of our TLS. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { labTls } from "../../engine/sip/lab-certificates.ts";
import { startPeer } from "../interop/peer-process.ts";
import { peerSuite } from "../interop/peer-suite.ts";
import { errorOf, LOOPBACKS, options, TestEnd } from "./test-end.ts";

const folder = mkdtempSync(join(tmpdir(), "outdial-openssl-"));
const lab = await labTls(folder);
const strangers = join(folder, "strangers");
await labTls(strangers);

const openssl = peerSuite("OpenSSL", ["openssl"]);

openssl.after(() => rmSync(folder, { recursive: true }));

const files = (role: string, of = folder): string[] => [
  ...["-cert", join(of, `${role}.pem`), "-key", join(of, `${role}-key.pem`)],
  ...["-CAfile", join(of, "authority.pem")],
];

function client(
  port: number,
  host: string,
  ...more: readonly string[]
): ReturnType<typeof startPeer> {
  const to = host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
  const args = ["s_client", "-connect", to, "-quiet", "-verify_return_error", "-verify_ip", host];
  return startPeer("openssl", [...args, ...more]);
}

for (const host of LOOPBACKS) {
  openssl(`a client with its certificate sends a message in two pieces to ${host}`, async () => {
    const far = await TestEnd.open({
      listen: [{ transport: "tls", host, port: 0 }],
      tls: lab.server,
    });
    const peer = client(far.peer.port, host, ...files("client"));
    const [first, second] = [options("megan").slice(0, 20), options("megan").slice(20)];
    await peer.printed(/verify return:1/);
    peer.type(first);
    peer.type(second);
    const { message, flow } = await far.messages.next();
    assert.is(message, options("megan"));
    await flow.send("SIP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n");
    await peer.printed(/SIP\/2\.0 200 OK/);
    await peer.stop();
    await far.close();
  });
}

const REFUSED: readonly [what: string, args: readonly string[], told: RegExp][] = [
  ["without a certificate", ["-CAfile", join(folder, "authority.pem")], /^showed no certificate$/],
  [
    "of another authority",
    [...files("client", strangers).slice(0, 4), "-CAfile", join(folder, "authority.pem")],
    /^has a certificate (of an unknown authority|that its authority did not sign)$/,
  ],
  ["of TLS 1.1", [...files("client"), "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"], /TLS version/],
];

for (const [what, args, told] of REFUSED) {
  openssl(`a client ${what} is refused in words`, async () => {
    const far = await TestEnd.open({
      listen: [{ transport: "tls", host: "127.0.0.1", port: 0 }],
      tls: lab.server,
    });
    const peer = client(far.peer.port, "127.0.0.1", ...args);
    peer.type(options("megan"));
    assert.match(await far.faults.next(), told);
    await peer.stop();
    await far.close();
    assert.equal(far.messages.rest, []);
  });
}

async function server(...more: readonly string[]): Promise<{
  readonly port: number;
  readonly peer: ReturnType<typeof startPeer>;
}> {
  const args = ["s_server", "-accept", "127.0.0.1:0", "-Verify", "2", "-verify_return_error"];
  const peer = startPeer("openssl", [...args, ...more]);
  const [, port] = await peer.printed(/ACCEPT 127\.0\.0\.1:(\d+)/);
  return { port: Number(port), peer };
}

openssl("a server that asks for our certificate gets it, and hears us", async () => {
  const { port, peer } = await server(...files("server"));
  const near = await TestEnd.open({ tls: lab.client });
  await near.send({ transport: "tls", host: "127.0.0.1", port }, options("megan"));
  await peer.printed(/outdial lab client/);
  await peer.printed(/OPTIONS sip:megan@contoso\.com SIP\/2\.0/);
  await near.close();
  await peer.stop();
});

openssl("a server of another authority hears nothing of us", async () => {
  const { port, peer } = await server(...files("server", strangers));
  const near = await TestEnd.open({ tls: lab.client });
  const failed = await errorOf(
    near.send({ transport: "tls", host: "127.0.0.1", port }, options("megan")),
  );
  assert.match(
    failed.message,
    /has a certificate (of an unknown authority|that its authority did not sign)$/,
  );
  await near.close();
  await peer.stop();
  assert.not.match(peer.output(), /OPTIONS sip:megan/);
});

openssl("a server that does not trust our authority is told of as that", async () => {
  const strict = [...files("server").slice(0, 4), "-CAfile", join(strangers, "authority.pem")];
  const { port, peer } = await server(...strict);
  const near = await TestEnd.open({ tls: lab.client });
  const sent = near.send({ transport: "tls", host: "127.0.0.1", port }, options("megan"));
  // TLS 1.3: the message is on its way before the server has looked at our certificate.
  const told = await sent.then(
    () => near.faults.next(),
    (error: Error) => error.message,
  );
  assert.match(told, /(authority of our certificate|not accept our certificate)$/);
  await near.close();
  await peer.stop();
});

openssl.run();
