import { createSocket, type Socket } from "node:dgram";
import { isIPv6 } from "node:net";

/** First and last UDP port that streams may use, both included. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** How many ports are tried before giving up. */
const MOST_TRIES = 64;
const LAST_PORT = 65_535;

/**
 * A UDP socket on an even port (RFC 3550 section 11) of a local address: one of the range, tried from a
 * drawn place on, or any when no range is given. `null` = none could be had in {@link MOST_TRIES} tries.
 */
export async function bindRtpPort(
  host: string,
  range: PortRange | null,
  random: () => number,
): Promise<Socket | null> {
  return range === null ? bindAnyEven(host) : bindWithin(host, range, random);
}

async function bindWithin(
  host: string,
  range: PortRange,
  random: () => number,
): Promise<Socket | null> {
  const first = Math.max(2, range.first + (range.first % 2));
  const ports = Math.floor((Math.min(range.last, LAST_PORT) - first) / 2) + 1;
  if (ports < 1) return null;
  const start = Math.floor(random() * ports);
  for (let tries = 0; tries < Math.min(ports, MOST_TRIES); tries++) {
    const socket = await bind(host, first + 2 * ((start + tries) % ports));
    if (socket !== null) return socket;
  }
  return null;
}

/** The system gives odd ports as often: then the even one below is tried. */
async function bindAnyEven(host: string): Promise<Socket | null> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const socket = await bind(host, 0);
    if (socket === null) return null;
    const { port } = socket.address();
    if (port % 2 === 0) return socket;
    socket.close();
    const below = await bind(host, port - 1);
    if (below !== null) return below;
  }
  return null;
}

function bind(host: string, port: number): Promise<Socket | null> {
  const isSix = isIPv6(host);
  const socket = createSocket({
    type: isSix ? "udp6" : "udp4",
    ipv6Only: isSix,
    // Only IP addresses are sent to: nothing is looked up for each packet.
    lookup: (name, _options, done) => done(null, name, isSix ? 6 : 4),
  });
  return new Promise((done) => {
    socket.once("error", () => {
      socket.close();
      done(null);
    });
    socket.bind({ address: host, port, exclusive: true }, () => {
      socket.removeAllListeners("error");
      done(socket);
    });
  });
}
