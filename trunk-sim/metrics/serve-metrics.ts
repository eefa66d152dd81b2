import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { EngineError } from "../../engine/model/engine-error.ts";

export interface ServedText {
  readonly contentType: string;
  text(): Promise<string>;
}

export interface MetricsServer {
  /** As bound. */
  readonly port: number;
  /** Ends open connections too; resolves when the port is free. */
  close(): Promise<void>;
}

/** A scraper needs one connection; a person with a browser a few. */
const MAX_CONNECTIONS = 16;
const MAX_HEADER_BYTES = 8 * 1024;
const MILLISECONDS_FOR_A_REQUEST = 5_000;
const LOOPBACK = "127.0.0.1";

/**
 * Serves `/metrics` to this machine only. Port 0 = any free one. GET and HEAD; all else is refused, slow
 * and oversized requests are cut off.
 *
 * @throws EngineError `ENGINE_ADDRESS_UNAVAILABLE`
 */
export async function serveMetrics(metrics: ServedText, port: number): Promise<MetricsServer> {
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      requestTimeout: MILLISECONDS_FOR_A_REQUEST,
      headersTimeout: MILLISECONDS_FOR_A_REQUEST,
      connectionsCheckingInterval: 1_000,
    },
    (request, response) => {
      // Nobody sends a body with these methods; what comes is passed over unread.
      request.resume();
      answer(metrics, request, response).catch(() => response.destroy());
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  server.listen({ host: LOOPBACK, port, exclusive: true });
  try {
    await once(server, "listening");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === "EADDRINUSE" ? "is in use" : `cannot be listened on: ${code ?? message}`;
    throw new EngineError("ENGINE_ADDRESS_UNAVAILABLE", `${LOOPBACK}:${port} (metrics) ${why}`, {
      cause: error,
    });
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  metrics: ServedText,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path] = (request.url ?? "").split("?");
  if (path !== "/metrics") {
    refuse(response, 404, "only /metrics is here\n");
    return;
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    refuse(response, 405, "only GET and HEAD\n");
    return;
  }
  const text = await metrics.text();
  response.writeHead(200, {
    "Content-Type": metrics.contentType,
    "Content-Length": Buffer.byteLength(text),
  });
  response.end(request.method === "HEAD" ? undefined : text);
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", Connection: "close" });
  response.end(text);
}
