import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { issueAuthority, issueCertificate } from "../../engine/sip/issue-certificate.ts";
import { labTls } from "../../engine/sip/lab-certificates.ts";
import type { TlsIdentity } from "../../engine/sip/sip-endpoint.ts";
import { errorOf, LOOPBACKS, options, TestEnd } from "./test-end.ts";

const folder = mkdtempSync(join(tmpdir(), "outdial-tls-end-"));
const lab = await labTls(join(folder, "lab"), ["sbc1.contoso.com"]);
const now = new Date();
const otherAuthority = await issueAuthority("another authority", now);

const LISTEN = [{ transport: "tls", host: "127.0.0.1", port: 0 }] as const;

const tls = suite("tls-end");

tls.after(() => rmSync(folder, { recursive: true }));

async function identity(
  hosts: readonly string[],
  from: Date,
  authority = otherAuthority,
): Promise<TlsIdentity> {
  const issued = await issueCertificate(authority, "sbc", hosts, from);
  return { ...issued, trusted: lab.client.trusted ?? "", requireClientCertificate: false };
}

for (const host of LOOPBACKS) {
  tls(
    `messages and answers go over one connection with mutual certificates to ${host}`,
    async () => {
      const far = await TestEnd.open({
        listen: [{ transport: "tls", host, port: 0 }],
        tls: lab.server,
      });
      const near = await TestEnd.open({ tls: lab.client });
      await near.send(far.peer, options("megan", "ö"));
      const { message, flow } = await far.messages.next();
      assert.is(message, options("megan", "ö"));
      assert.is(flow.transport, "tls");
      assert.equal(flow.local, far.peer);
      await flow.send(options("adele"));
      await far.send(flow.peer, options("again"));
      assert.is((await near.messages.next()).message, options("adele"));
      assert.is((await near.messages.next()).message, options("again"));
      assert.is(far.sockets.counts().sockets, 2);
      await near.close();
      while (far.sockets.counts().sockets > 1) await new Promise((soon) => setImmediate(soon));
      await far.close();
      assert.equal([...near.faults.rest, ...far.faults.rest], []);
      assert.is(far.sockets.counts().sockets, 0);
    },
  );
}

tls("the certificate must carry the name that the peer goes by, not its address", async () => {
  const far = await TestEnd.open({ listen: LISTEN, tls: lab.server });
  const near = await TestEnd.open({ tls: lab.client });
  await near.send({ ...far.peer, serverName: "sbc1.contoso.com" }, options("a"));
  await near.send({ ...far.peer, host: "localhost" }, options("b"));
  assert.is((await far.messages.next()).message, options("a"));
  assert.is((await far.messages.next()).message, options("b"));
  const failed = await errorOf(
    near.send({ ...far.peer, serverName: "sbc2.contoso.com" }, options("c")),
  );
  assert.match(failed.message, /\/tls has a certificate for another name: .*sbc2\.contoso\.com/);
  assert.equal(far.messages.rest, [], "nothing is told to the wrong one");
  await Promise.all([near.close(), far.close()]);
});

const REFUSED: readonly [what: string, server: () => Promise<TlsIdentity>, told: string][] = [
  [
    "of another authority",
    () => identity(["127.0.0.1"], now),
    "has a certificate of an unknown authority",
  ],
  [
    "that is an authority's own",
    async () => ({ ...(await identity([], now)), ...otherAuthority }),
    "has a certificate that is not made for this",
  ],
];

for (const [what, server, told] of REFUSED) {
  tls(`a server with a certificate ${what} is refused, and hears nothing`, async () => {
    const far = await TestEnd.open({ listen: LISTEN, tls: await server() });
    const near = await TestEnd.open({ tls: lab.client });
    const { message, code } = await errorOf(near.send(far.peer, options("a")));
    assert.is(message, `127.0.0.1:${far.peer.port}/tls ${told}`);
    assert.is(code, "ENGINE_SEND_FAILED");
    await near.close();
    await far.close();
    assert.equal(far.messages.rest, []);
  });
}

tls("a server whose certificate has expired is refused", async () => {
  const longAgo = new Date(now.getTime() - 900 * 86_400_000);
  const authority = await issueAuthority("old authority", longAgo);
  const server = await identity(["127.0.0.1"], longAgo, authority);
  const far = await TestEnd.open({ listen: LISTEN, tls: server });
  const near = await TestEnd.open({ tls: { ...lab.client, trusted: authority.certificate } });
  const { message } = await errorOf(near.send(far.peer, options("a")));
  assert.match(message, /has a certificate that has expired$/);
  await Promise.all([near.close(), far.close()]);
});

tls("a client with a certificate of another authority is refused, and not heard", async () => {
  const far = await TestEnd.open({ listen: LISTEN, tls: lab.server });
  const stranger = await identity(["127.0.0.1"], now);
  const near = await TestEnd.open({ tls: stranger });
  // TLS 1.3 lets a client write before the server has looked at its certificate.
  await near.send(far.peer, options("a")).catch(() => undefined);
  assert.match(await far.faults.next(), /^has a certificate of an unknown authority$/);
  await near.close();
  await far.close();
  assert.is(far.sockets.counts().messagesReceived, 0);
});

tls("where clients need no certificate, a stranger is heard", async () => {
  const far = await TestEnd.open({
    listen: LISTEN,
    tls: { ...lab.server, requireClientCertificate: false },
  });
  const near = await TestEnd.open({ tls: await identity(["127.0.0.1"], now) });
  await near.send(far.peer, options("a"));
  assert.is((await far.messages.next()).message, options("a"));
  await Promise.all([near.close(), far.close()]);
});

tls("what does not speak TLS is told as that, from either side", async () => {
  const far = await TestEnd.open({ listen: LISTEN, tls: lab.server });
  const plain = connect({ host: "127.0.0.1", port: far.peer.port });
  plain.on("error", () => undefined);
  plain.write(options("a"));
  assert.is(await far.faults.next(), "does not speak TLS");
  plain.destroy();
  const near = await TestEnd.open({ tls: lab.client });
  const server = createServer((socket) => socket.end("SIP/2.0 400 Bad Request\r\n\r\n").resume());
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  const port = address === null || typeof address === "string" ? 0 : address.port;
  const failed = await errorOf(near.send({ ...far.peer, port }, options("a")));
  assert.match(failed.message, /does not speak TLS$/);
  await new Promise<void>((closed) => server.close(() => closed()));
  await Promise.all([near.close(), far.close()]);
});

tls("a handshake that is never finished is given up, by client and by server", async () => {
  const silent = createServer((socket) => socket.resume());
  await new Promise<void>((listening) => silent.listen(0, "127.0.0.1", listening));
  const address = silent.address();
  const port = address === null || typeof address === "string" ? 0 : address.port;
  const budgets = { connectMilliseconds: 60 };
  const near = await TestEnd.open({ tls: lab.client, budgets });
  const failed = await errorOf(near.send({ ...LISTEN[0], port }, options("a")));
  assert.is(failed.message, `127.0.0.1:${port}/tls did not take the connection in time`);
  await new Promise<void>((closed) => silent.close(() => closed()));

  const far = await TestEnd.open({ listen: LISTEN, tls: lab.server, budgets });
  const client = connect({ host: "127.0.0.1", port: far.peer.port });
  client.on("error", () => undefined);
  assert.is(await far.faults.next(), "did not finish the TLS handshake in time");
  while (far.sockets.counts().sockets > 1) await new Promise((soon) => setImmediate(soon));
  client.destroy();
  await Promise.all([near.close(), far.close()]);
});

tls("an end without certificates can neither listen nor connect by TLS", async () => {
  const failed = await errorOf(TestEnd.open({ listen: LISTEN }));
  assert.is(failed.message, "127.0.0.1:0/tls has no certificate for TLS");
  const near = await TestEnd.open();
  const { message } = await errorOf(near.send({ ...LISTEN[0], port: 5061 }, options("a")));
  assert.is(message, "127.0.0.1:5061/tls cannot be connected to: this end has no TLS");
  await near.close();
});

tls("a key of another certificate is refused at the start", async () => {
  const odd = { ...lab.server, key: lab.client.key };
  const { message, code } = await errorOf(TestEnd.open({ listen: LISTEN, tls: odd }));
  assert.is(message, "the certificate for TLS does not belong to its key");
  assert.is(code, "ENGINE_CERTIFICATE_UNUSABLE");
  const none = await errorOf(TestEnd.open({ tls: { ...lab.server, certificate: "none" } }));
  assert.is(none.message, "the certificate for TLS is not in PEM format");
});

tls.run();
