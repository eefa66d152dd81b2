/**
 * The worker of {@link startRoutePool}: makes its router once, then routes chunks.
 *
 * @module
 */
import { workerData } from "node:worker_threads";
import { chunkAnswerer } from "./answer-chunk.ts";
import type { RouteWorkerData } from "./route-pool.ts";
import { routerFrom } from "./router-seed.ts";

const { seed, setup } = workerData as RouteWorkerData;

export default chunkAnswerer(routerFrom(seed), setup);
