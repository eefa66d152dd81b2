import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort, freePorts } from "./free-ports.ts";
import { type PeerProcess, startPeer } from "./peer-process.ts";

const CONFIG = fileURLToPath(new URL("../../../fixtures/interop/baresip", import.meta.url));
const MEDIA_PORTS = 16;

/** A soft phone. Type `b` to hang up. */
export interface Baresip {
  readonly peer: PeerProcess;
  readonly port: number;
}

/** Starts baresip; it is ready for calls when the promise resolves. */
export async function startBaresip(options: {
  /** Calls to any other are refused. */
  readonly user: string;
  readonly answers: "auto" | "manual";
  /** URI to call at once. */
  readonly dial?: string;
}): Promise<Baresip> {
  const port = await freePort();
  const media = await freePorts(MEDIA_PORTS);
  const folder = mkdtempSync(join(tmpdir(), "outdial-baresip-"));
  const fill = (name: string, values: Readonly<Record<string, string | number>>): void => {
    let text = readFileSync(join(CONFIG, name), "utf8");
    for (const [key, value] of Object.entries(values)) text = text.replace(key, `${value}`);
    writeFileSync(join(folder, name), text);
  };
  fill("config", { SIP_PORT: port, MEDIA_PORT: media, MEDIA_LAST: media + MEDIA_PORTS - 1 });
  fill("accounts", { ACCOUNT: options.user, ANSWER_MODE: options.answers });
  const dial = options.dial === undefined ? [] : ["-e", `/dial ${options.dial}`];
  const peer = startPeer("baresip", ["-4", "-f", folder, ...dial]);
  void peer.ended.then(() => rmSync(folder, { recursive: true }));
  await peer.printed(/baresip is ready/);
  return { peer, port };
}
