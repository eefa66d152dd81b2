/**
 * Ports for programs that must be told theirs. They lie below the range from which the system hands out
 * ports of its own, and a process keeps each block it uses by listening on the block's first port, so that
 * test files that run at the same time never get the same.
 */
import { createSocket } from "node:dgram";
import { createServer, type Server } from "node:net";

const FIRST = 20_000;
const BLOCK = 40;
const BLOCKS = 300;

/** Held until the process ends. */
const guards: Server[] = [];
let next = 0;
let end = 0;

function listenTcp(port: number): Promise<Server | null> {
  return new Promise((done) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", () => done(null));
    server.listen({ port, host: "::" }, () => done(server));
  });
}

function canBindUdp(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = createSocket("udp6");
    socket.once("error", () => done(false));
    socket.bind(port, () => socket.close(() => done(true)));
  });
}

async function isFree(port: number): Promise<boolean> {
  const server = await listenTcp(port);
  if (server === null) return false;
  await new Promise((done) => server.close(done));
  return canBindUdp(port);
}

async function claimBlock(): Promise<void> {
  for (let tried = 0; tried < BLOCKS; tried++) {
    const first = FIRST + ((process.pid + tried) % BLOCKS) * BLOCK;
    const guard = await listenTcp(first);
    if (guard === null) continue;
    guard.unref();
    guards.push(guard);
    next = first + 1;
    end = first + BLOCK;
    return;
  }
  throw new Error(`all ports from ${FIRST} on are taken`);
}

/** The first of `count` neighbouring ports that are free for UDP and TCP, over IPv4 and IPv6. */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    if (next + count > end) await claimBlock();
    const first = next;
    next += count;
    const ports = Array.from({ length: count }, (_, i) => first + i);
    const free: boolean[] = [];
    for (const port of ports) free.push(await isFree(port));
    if (free.every(Boolean)) return first;
  }
}

/** See {@link freePorts}. */
export function freePort(): Promise<number> {
  return freePorts(1);
}
