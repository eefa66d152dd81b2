import { extname } from "node:path";
import type { ChunkPool } from "./chunk-task.ts";
import { type RouterSeed, withTables } from "./router-seed.ts";
import type { StreamSetup } from "./stream-setup.ts";
import { startWorkerPool } from "./worker-pool.ts";

/** What each routing worker is given when it starts. */
export interface RouteWorkerData {
  readonly seed: RouterSeed;
  readonly setup: StreamSetup;
}

/** Starts workers that route chunks for one tenant at one moment. */
export function startRoutePool(workers: number, data: RouteWorkerData): ChunkPool {
  // WHY: the compiler renames the endings of imports but not of names in strings.
  const file = `./route-worker${extname(import.meta.url)}`;
  return startWorkerPool(new URL(file, import.meta.url), workers, {
    ...data,
    seed: withTables(data.seed),
  });
}
