import { Piscina } from "piscina";
import { EngineError } from "../model/engine-error.ts";
import type { ChunkPool, ChunkResult, ChunkTask } from "./chunk-task.ts";

/** Chunks per worker: one being routed, one waiting, so that no worker waits for the main thread. */
const CHUNKS_PER_WORKER = 2;

/** Milliseconds after which a worker without work ends; a run that pauses longer starts new ones. */
const IDLE_TIMEOUT_MS = 30_000;

/**
 * Starts worker threads that answer chunk tasks.
 *
 * @param workerUrl - File with the worker's default export, a function of a {@link ChunkTask}.
 * @param workerData - Given to each worker once, when it starts.
 */
export function startWorkerPool(workerUrl: URL, workers: number, workerData: unknown): ChunkPool {
  const pool = new Piscina<ChunkTask, ChunkResult>({
    filename: workerUrl.href,
    minThreads: 1,
    maxThreads: workers,
    idleTimeout: IDLE_TIMEOUT_MS,
    workerData,
  });
  // WHY: a thread that dies outside a task is told here too; its tasks are rejected all the same.
  pool.on("error", () => {});
  return {
    capacity: workers * CHUNKS_PER_WORKER,
    async run(task) {
      try {
        return await pool.run(task, { transferList: [task.input, task.output] });
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new EngineError("ENGINE_WORKER_FAILED", `a routing worker failed: ${why}`, {
          cause: error,
        });
      }
    },
    close: () => pool.destroy(),
  };
}
