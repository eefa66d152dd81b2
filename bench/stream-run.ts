/**
 * Whole runs of the stream, as `outdial route` has them: a file in, rows out, the router already made.
 *
 * @module
 */
import { openRouteInput } from "../engine/cli/route-input.ts";
import { openRouteOutput } from "../engine/cli/route-output.ts";
import { compileTenant } from "../engine/compile/compile-tenant.ts";
import { EVERYTHING_UP } from "../engine/model/call.ts";
import type { Router } from "../engine/route/router.ts";
import type { ChunkPool } from "../engine/stream/chunk-task.ts";
import { openInput } from "../engine/stream/input-head.ts";
import { startRoutePool } from "../engine/stream/route-pool.ts";
import { routeStream } from "../engine/stream/route-stream.ts";
import { type RouterSeed, routerFrom } from "../engine/stream/router-seed.ts";
import { StreamProblems } from "../engine/stream/stream-problems.ts";
import type { StreamSetup } from "../engine/stream/stream-setup.ts";
import { sampleTenant, sampleUser } from "./sample-tenant.ts";
import { STREAM_USERS, type StreamWay } from "./stream-sample.ts";

/** A tenant that is ready to route. */
export interface StreamGround {
  readonly seed: RouterSeed;
  readonly router: Router;
}

export function streamGround(patterns: readonly string[]): StreamGround {
  const { compiled, problems } = compileTenant(sampleTenant(patterns, STREAM_USERS));
  if (problems.length > 0) throw new Error(problems[0]?.what);
  const seed = { compiled, context: EVERYTHING_UP };
  return { seed, router: routerFrom(seed) };
}

/** Where a record does not say who calls. */
const STREAM_DEFAULTS: StreamSetup["defaults"] = {
  user: sampleUser(0),
  kind: "user-call",
  site: null,
  ingressTrunk: null,
  hideCallerId: false,
  originalCaller: null,
};

/**
 * Routes a file: lines and CSV to CSV, NDJSON to NDJSON.
 *
 * @param to - File to write; `/dev/null` to time it.
 * @param pool - `null` = on one thread.
 */
export async function routeFile(
  file: string,
  way: StreamWay,
  { router }: StreamGround,
  to: string,
  pool: ChunkPool | null,
): Promise<void> {
  const source = must(await openRouteInput(file));
  const opened = must(await openInput(source.pieces, file, way));
  const target = must(await openRouteOutput(to, undefined));
  const problems = new StreamProblems(file, 0, [], { tell: () => {}, record: null });
  await routeStream({
    input: opened,
    setup: setupOf(opened.setup, way),
    router,
    startPool: pool === null ? null : () => pool,
    chunksInPlace: 1,
    write: (bytes) => target.write(bytes),
    problems,
    progress: () => {},
    stop: new AbortController().signal,
  });
  await target.finish();
  source.close();
}

/** Workers for plain lines to CSV that outlive a run, so that runs do not time their start. */
export function startWorkers(
  workers: number,
  { seed }: StreamGround,
): { readonly pool: ChunkPool; readonly stop: () => Promise<void> } {
  const setup = setupOf({ format: "lines" }, "lines");
  const pool = startRoutePool(workers, { seed, setup });
  const kept: ChunkPool = {
    capacity: pool.capacity,
    run: (task) => pool.run(task),
    close: async () => {},
  };
  return { pool: kept, stop: () => pool.close() };
}

function setupOf(input: StreamSetup["input"], way: StreamWay): StreamSetup {
  const output = way === "ndjson" ? "ndjson" : "csv";
  return { input, output, defaults: STREAM_DEFAULTS, allFaults: false };
}

function must<T>(
  outcome:
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly problems: readonly { readonly what: string }[] },
): T {
  if (!outcome.ok) throw new Error(outcome.problems[0]?.what);
  return outcome.value;
}
