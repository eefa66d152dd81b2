import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hostPort, type ListenAddress } from "../../engine/sip/sip-peer.ts";
import { freePort } from "./free-ports.ts";
import { type PeerProcess, startPeer } from "./peer-process.ts";

const CONFIGS = fileURLToPath(new URL("../../../fixtures/interop/kamailio", import.meta.url));

export interface KamailioOptions {
  /** A file of fixtures/interop/kamailio without its ending. */
  readonly config: "relay" | "answer";
  readonly transports: readonly ListenAddress["transport"][];
  /** URI of the hop to which new calls go. */
  readonly nextHop?: string;
  /** Folder of a lab's certificates; for TLS, where Kamailio insists on one of the other end. */
  readonly tls?: string;
  readonly cores?: string;
}

export interface Kamailio {
  readonly peer: PeerProcess;
  readonly host: string;
  /** One port for UDP and TCP, the next one for TLS. */
  readonly addressOf: (transport: ListenAddress["transport"]) => ListenAddress;
}

const HOST = "127.0.0.1";
/** Enough for the transactions of some thousand calls a second. */
const SHARED_MEGABYTES = "512";

/** Starts Kamailio; it listens when the promise resolves. */
export async function startKamailio(options: KamailioOptions): Promise<Kamailio> {
  const { config, transports, nextHop, tls, cores } = options;
  const port = await freePort();
  const tlsPort = await freePort();
  const addressOf = (transport: ListenAddress["transport"]): ListenAddress => ({
    transport,
    host: HOST,
    port: transport === "tls" ? tlsPort : port,
  });
  const folder = mkdtempSync(join(tmpdir(), "outdial-kamailio-"));
  const defines = [
    ...(nextHop === undefined ? [] : ["-A", `NEXT_HOP="${nextHop}"`]),
    ...(tls === undefined ? [] : tlsDefines(tls, folder)),
  ];
  const addresses = transports.flatMap((transport) => [
    "-l",
    `${transport}:${hostPort(addressOf(transport))}`,
  ]);
  const memory = ["-m", SHARED_MEGABYTES, "-M", "8"];
  const args = ["-f", join(CONFIGS, `${config}.cfg`), "-DD", "-E", "-Y", folder, ...memory];
  const pinned = cores === undefined ? {} : { cores };
  const peer = startPeer("kamailio", [...args, ...addresses, ...defines], pinned);
  void peer.ended.then(() => rmSync(folder, { recursive: true }));
  for (const transport of transports) {
    await peer.listening(transport === "udp" ? "udp" : "tcp", addressOf(transport).port);
  }
  return { peer, host: HOST, addressOf };
}

/** Kamailio shows the same kinds of certificates as we do, as server and as client. */
function tlsDefines(lab: string, folder: string): string[] {
  const file = join(folder, "tls.cfg");
  const domain = (role: "server" | "client"): string =>
    [
      `[${role}:default]`,
      "method = TLSv1.2+",
      `certificate = ${join(lab, `${role}.pem`)}`,
      `private_key = ${join(lab, `${role}-key.pem`)}`,
      `ca_list = ${join(lab, "authority.pem")}`,
      "verify_certificate = yes",
      "require_certificate = yes",
    ].join("\n");
  writeFileSync(file, `${domain("server")}\n\n${domain("client")}\n`);
  return ["-A", "WITH_TLS", "-A", `TLS_CONFIG="${file}"`];
}
