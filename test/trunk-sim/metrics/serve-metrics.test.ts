import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type MetricsServer, serveMetrics } from "../../../trunk-sim/metrics/serve-metrics.ts";

const serving = suite("metrics server");

const METRICS = { contentType: "text/x-test", text: async () => "grüße 1\n# EOF\n" };

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

async function ask(port: number, method: string, path: string, body?: string): Promise<Answer> {
  const sent = request({ host: "127.0.0.1", port, method, path, agent: false });
  sent.end(body);
  const [response] = await once(sent, "response");
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return { status: response.statusCode, headers: response.headers, text };
}

async function withServer(
  metrics: typeof METRICS,
  run: (server: MetricsServer) => Promise<void>,
): Promise<void> {
  const server = await serveMetrics(metrics, 0);
  try {
    await run(server);
  } finally {
    await server.close();
  }
}

const ROWS: readonly (readonly [string, string, number, string])[] = [
  ["GET", "/metrics", 200, "grüße 1\n# EOF\n"],
  ["GET", "/metrics?name[]=up", 200, "grüße 1\n# EOF\n"],
  ["HEAD", "/metrics", 200, ""],
  ["POST", "/metrics", 405, "only GET and HEAD\n"],
  ["DELETE", "/metrics", 405, "only GET and HEAD\n"],
  ["GET", "/", 404, "only /metrics is here\n"],
  ["GET", "/metrics/", 404, "only /metrics is here\n"],
  ["GET", "/../etc/passwd", 404, "only /metrics is here\n"],
];

for (const [method, path, status, text] of ROWS) {
  serving(`${method} ${path} is answered ${status}`, async () => {
    await withServer(METRICS, async ({ port }) => {
      const answer = await ask(
        port,
        method,
        path,
        method === "POST" ? "x".repeat(1000) : undefined,
      );
      assert.is(answer.status, status);
      assert.is(answer.text, text);
      if (status === 200) {
        assert.is(answer.headers["content-type"], "text/x-test");
        assert.is(answer.headers["content-length"], "16");
      }
      if (status === 405) assert.is(answer.headers["allow"], "GET, HEAD");
    });
  });
}

serving("a port in use is told with its number", async () => {
  await withServer(METRICS, async ({ port }) => {
    try {
      await serveMetrics(METRICS, port);
      assert.unreachable();
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      assert.is(code, "ENGINE_ADDRESS_UNAVAILABLE");
      assert.is(message, `127.0.0.1:${port} (metrics) is in use`);
    }
  });
});

serving("metrics that fail end the connection, not the server", async () => {
  let failing = true;
  const flaky = {
    contentType: "text/x-test",
    text: async () => {
      if (failing) throw new Error("not now");
      return "1\n";
    },
  };
  await withServer(flaky, async ({ port }) => {
    const error = await ask(port, "GET", "/metrics").catch((caught: Error) => caught);
    assert.instance(error, Error);
    failing = false;
    assert.is((await ask(port, "GET", "/metrics")).text, "1\n");
  });
});

serving("headers without end and idle connections do not keep it from closing", async () => {
  const server = await serveMetrics(METRICS, 0);
  const idle = connect(server.port, "127.0.0.1");
  const endless = connect(server.port, "127.0.0.1");
  await Promise.all([once(idle, "connect"), once(endless, "connect")]);
  const ended = [idle, endless].map(
    (socket) => new Promise<void>((done) => socket.once("close", () => done())),
  );
  idle.on("error", () => {});
  endless.on("error", () => {});
  let text = "";
  endless.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  endless.write(`GET /metrics HTTP/1.1\r\nX-Long: ${"x".repeat(20_000)}`);
  await once(endless, "end");
  assert.match(text, /^HTTP\/1\.1 431 /);
  endless.end();
  await server.close();
  await Promise.all(ended);
});

serving.run();
