import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

const LISTEN = "0A";
const UNCONNECTED = "07";

/** Whether some program listens on the port: read from the system's tables, so that it notices nothing. */
export function isListening(protocol: "udp" | "tcp", port: number): boolean {
  const wanted = port.toString(16).toUpperCase().padStart(4, "0");
  const state = protocol === "tcp" ? LISTEN : UNCONNECTED;
  return ["", "6"].some((version) =>
    readFileSync(`/proc/net/${protocol}${version}`, "utf8")
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .some((fields) => fields[1]?.endsWith(`:${wanted}`) && fields[3] === state),
  );
}

/** Resolves to whether the port is listened on before `isOver` says that waiting is vain. */
export async function untilListening(
  protocol: "udp" | "tcp",
  port: number,
  isOver: () => boolean,
): Promise<boolean> {
  while (!isListening(protocol, port)) {
    if (isOver()) return false;
    await delay(20);
  }
  return true;
}
