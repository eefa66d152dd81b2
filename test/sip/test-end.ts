import { networkInterfaces } from "node:os";
import { openSipSockets, type SipSocketOptions } from "../../engine/sip/open-sip-sockets.ts";
import type { ListenAddress, SipPeer } from "../../engine/sip/sip-peer.ts";
import type { SipFlow, SipSocketEvents, SipSockets } from "../../engine/sip/sip-sockets.ts";

const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some((address) => address.address === "::1"),
);
if (!hasIpv6) console.log("notice: no IPv6 on this machine, its tests are skipped");

/** The loopback addresses of this machine. */
export const LOOPBACKS: readonly string[] = hasIpv6 ? ["127.0.0.1", "::1"] : ["127.0.0.1"];

/** Things that happen, waited for one by one in their order. */
export class Happenings<T> {
  readonly #happened: T[] = [];
  readonly #waiting: ((one: T) => void)[] = [];

  add(one: T): void {
    const first = this.#waiting.shift();
    if (first === undefined) this.#happened.push(one);
    else first(one);
  }

  next(): Promise<T> {
    const first = this.#happened.shift();
    return first === undefined
      ? new Promise((found) => this.#waiting.push(found))
      : Promise.resolve(first);
  }

  /** What nobody waited for. */
  get rest(): readonly T[] {
    return this.#happened;
  }
}

export interface HeardMessage {
  readonly message: string;
  readonly flow: SipFlow;
}

/** Sockets that keep what they hear. */
export class TestEnd {
  readonly messages = new Happenings<HeardMessage>();
  readonly faults = new Happenings<string>();
  #sockets: SipSockets | null = null;

  static async open(
    options: Omit<SipSocketOptions, "listen"> & { readonly listen?: readonly ListenAddress[] } = {},
    events: Partial<SipSocketEvents> = {},
  ): Promise<TestEnd> {
    const end = new TestEnd();
    end.#sockets = await openSipSockets(
      { listen: [], ...options },
      {
        onMessage: (message, flow) => end.messages.add({ message: message.toString(), flow }),
        onFault: (what) => end.faults.add(what),
        ...events,
      },
    );
    return end;
  }

  get sockets(): SipSockets {
    if (this.#sockets === null) throw new Error("is not open");
    return this.#sockets;
  }

  /** The first address it listens on. */
  get peer(): SipPeer {
    const [address] = this.sockets.addresses;
    if (address === undefined) throw new Error("listens nowhere");
    return address;
  }

  send(peer: SipPeer, message: string): Promise<void> {
    return this.sockets.flowTo(peer).send(message);
  }

  close(): Promise<void> {
    return this.sockets.close();
  }
}

/** A message that differs from others by its user. */
export function options(user: string, body = ""): string {
  return [
    `OPTIONS sip:${user}@contoso.com SIP/2.0`,
    "CSeq: 1 OPTIONS",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "",
    body,
  ].join("\r\n");
}

/** The error that a promise rejects with; an error of the test when it does not. */
export async function errorOf(
  failing: Promise<unknown>,
): Promise<{ readonly message: string; readonly code: unknown }> {
  try {
    await failing;
  } catch (error) {
    const { message, code } = error as { message: string; code?: unknown };
    return { message, code };
  }
  throw new Error("it did not fail");
}
