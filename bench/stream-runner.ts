/**
 * One way to route a file, in a process of its own: a run of one format must not be slowed down by code
 * that has seen the others. Speaks as `rivals/sample.h` says; its first run writes OUTPUT, whose bytes are
 * then compared.
 *
 * Usage: node dist/bench/stream-runner.js (lines | csv | ndjson | plain-ndjson) FILE OUTPUT
 */
import { createInterface } from "node:readline";
import { routePlainNdjson } from "./plain-ndjson.ts";
import { routeFile, streamGround } from "./stream-run.ts";
import { STREAM_LINES, type StreamWay, streamPatterns } from "./stream-sample.ts";

const [way = "", file = "", output = ""] = process.argv.slice(2);
const ground = streamGround(streamPatterns());

async function run(to: string): Promise<void> {
  if (way === "plain-ndjson") await routePlainNdjson(file, ground.router, to);
  else await routeFile(file, way as StreamWay, ground, to, null);
}

await run(output);
await run("/dev/null");
console.log(JSON.stringify({ ready: true }));
for await (const _ of createInterface({ input: process.stdin })) {
  const before = process.cpuUsage();
  const startedAt = performance.now();
  await run("/dev/null");
  const { user, system } = process.cpuUsage(before);
  const ns = ((performance.now() - startedAt) * 1e6) / STREAM_LINES;
  const cpu = ((user + system) * 1000) / STREAM_LINES;
  console.log(JSON.stringify({ ns, cpu }));
}
