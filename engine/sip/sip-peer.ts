import type { TrunkTransport } from "../model/operator.ts";

/** The other end of a SIP hop: where messages go, or came from. */
export interface SipPeer {
  readonly transport: TrunkTransport;
  /** IP address or name; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** Name that its certificate must carry; the host when left out. TLS only. */
  readonly serverName?: string;
}

/** A local address to listen on. Port 0 = any free one. */
export type ListenAddress = Omit<SipPeer, "serverName">;

/** `host:port`, an IPv6 host in brackets, as it stands in a Via or a URI. */
export function hostPort({ host, port }: Pick<SipPeer, "host" | "port">): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}
