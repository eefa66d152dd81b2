/** SIP over TLS with OpenSSL at the other end, certificates right and wrong, both ways. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as assert from "uvu/assert";
import { type LabTls, labTls } from "../../engine/sip/lab-certificates.ts";
import { openSipEndpoint } from "../../engine/sip/open-sip-endpoint.ts";
import type { SipEndpoint, TlsIdentity } from "../../engine/sip/sip-endpoint.ts";
import { freePort } from "./free-ports.ts";
import { type PeerProcess, startPeer } from "./peer-process.ts";
import { peerSuite } from "./peer-suite.ts";

const HOST = "127.0.0.1";

const OPTIONS = [
  `OPTIONS sip:${HOST} SIP/2.0`,
  `Via: SIP/2.0/TLS ${HOST}:5061;branch=z9hG4bKopenssl;rport`,
  "Max-Forwards: 70",
  `From: <sip:openssl@${HOST}>;tag=1`,
  `To: <sip:${HOST}>`,
  "Call-ID: openssl",
  "CSeq: 1 OPTIONS",
  "Content-Length: 0",
  "",
  "",
].join("\r\n");

interface Certificates {
  /** Folders of two labs that know nothing of each other. */
  readonly ours: string;
  readonly theirs: string;
  readonly identity: LabTls;
}

async function withCertificates(run: (certificates: Certificates) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "outdial-openssl-"));
  const [ours, theirs] = [join(folder, "ours"), join(folder, "theirs")];
  const identity = await labTls(ours);
  await labTls(theirs);
  try {
    await run({ ours, theirs, identity });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function withEndpoint(
  tls: TlsIdentity,
  run: (endpoint: SipEndpoint, faults: string[]) => Promise<void>,
): Promise<void> {
  const faults: string[] = [];
  const endpoint = await openSipEndpoint({
    listen: [{ transport: "tls", host: HOST, port: 0 }],
    product: "outdial",
    tls,
    onFault: (what) => faults.push(what),
  });
  try {
    await run(endpoint, faults);
  } finally {
    await endpoint.close();
  }
}

/** `openssl s_client` with the certificate of a role in a lab's folder, or with none. */
function openClient(endpoint: SipEndpoint, trusted: string, own: string | null): PeerProcess {
  const certificate =
    own === null ? [] : ["-cert", join(own, "client.pem"), "-key", join(own, "client-key.pem")];
  return startPeer("openssl", [
    ...["s_client", "-connect", `${HOST}:${endpoint.addresses[0]?.port}`, "-quiet"],
    ...["-CAfile", join(trusted, "authority.pem"), "-verify_return_error"],
    ...["-verify_ip", HOST],
    ...certificate,
  ]);
}

/** `openssl s_server` with the certificate of a lab, which insists on one that it trusts. */
async function openServer(
  own: string,
  trusted: string,
): Promise<{ peer: PeerProcess; port: number }> {
  const port = await freePort();
  const peer = startPeer("openssl", [
    ...["s_server", "-accept", `${HOST}:${port}`, "-quiet", "-verify_return_error", "-Verify", "2"],
    ...["-cert", join(own, "server.pem"), "-key", join(own, "server-key.pem")],
    ...["-CAfile", join(trusted, "authority.pem")],
  ]);
  await peer.listening("tcp", port);
  return { peer, port };
}

const openssl = peerSuite("OpenSSL", ["openssl"]);

openssl("s_client with a certificate gets its OPTIONS answered, though it comes in pieces", () =>
  withCertificates(({ ours, identity }) =>
    withEndpoint(identity.server, async (endpoint) => {
      const client = openClient(endpoint, ours, ours);
      client.type(OPTIONS.slice(0, 90));
      await new Promise((done) => setTimeout(done, 100));
      client.type(OPTIONS.slice(90));
      await client.printed(/^SIP\/2\.0 200 /m);
      await client.stop();
    }),
  ),
);

for (const own of ["none", "another lab's"] as const) {
  openssl(`s_client is refused with ${own} certificate`, () =>
    withCertificates(({ ours, theirs, identity }) =>
      withEndpoint(identity.server, async (endpoint, faults) => {
        const client = openClient(endpoint, ours, own === "none" ? null : theirs);
        client.type(OPTIONS);
        await client.ended;
        assert.not.match(client.output(), /SIP\/2\.0/);
        assert.is(endpoint.counts().messagesReceived, 0);
        assert.is(faults.length > 0, true, "nothing was logged");
      }),
    ),
  );
}

openssl("s_client refuses our certificate when it trusts another lab only", () =>
  withCertificates(({ theirs, identity }) =>
    withEndpoint(identity.server, async (endpoint) => {
      const client = openClient(endpoint, theirs, null);
      assert.is.not(await client.ended, 0);
      assert.match(client.output(), /verify error|self-signed|unable to get/);
    }),
  ),
);

openssl("s_server gets our OPTIONS under our certificate, and its answer is taken", () =>
  withCertificates(({ ours, identity }) =>
    withEndpoint(identity.client, async (endpoint) => {
      const { peer, port } = await openServer(ours, ours);
      const ping = endpoint.ping({ transport: "tls", host: HOST, port }, 10_000);
      await peer.printed(/^Content-Length: *0\s*\n\s*\n/m);
      peer.type(answerTo(peer.output()));
      const answered = await ping;
      assert.ok(answered.answered, JSON.stringify(answered));
      assert.is(answered.answered && answered.status, 200);
      await peer.stop();
    }),
  ),
);

openssl("s_server's certificate of another lab is refused", () =>
  withCertificates(({ ours, theirs, identity }) =>
    withEndpoint(identity.client, async (endpoint) => {
      const { peer, port } = await openServer(theirs, ours);
      const ping = await endpoint.ping({ transport: "tls", host: HOST, port }, 10_000);
      assert.is(ping.answered, false);
      assert.match(ping.answered ? "" : ping.what, /certificate/);
      assert.not.match(peer.output(), /OPTIONS/);
      await peer.stop();
    }),
  ),
);

openssl("s_server's certificate for another name is refused", () =>
  withCertificates(({ ours, identity }) =>
    withEndpoint(identity.client, async (endpoint) => {
      const { peer, port } = await openServer(ours, ours);
      const to = { transport: "tls", host: HOST, port, serverName: "sbc1.contoso.com" } as const;
      const ping = await endpoint.ping(to, 10_000);
      assert.is(ping.answered, false);
      assert.match(ping.answered ? "" : ping.what, /certificate|name/);
      assert.not.match(peer.output(), /OPTIONS/);
      await peer.stop();
    }),
  ),
);

/** 200 with the headers of the request that was printed. */
function answerTo(printed: string): string {
  const echoed = printed
    .split(/\r?\n/)
    .filter((line) => /^(?:Via|From|To|Call-ID|CSeq):/i.test(line))
    .map((line) => (/^To:/i.test(line) ? `${line};tag=openssl` : line));
  return ["SIP/2.0 200 OK", ...echoed, "Content-Length: 0", "", ""].join("\r\n");
}

openssl.run();
