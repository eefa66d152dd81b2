import type { ChunkReport } from "./chunk-router.ts";

/** A chunk on its way to a worker; both buffers are transferred, not copied. */
export interface ChunkTask {
  /** Holds the chunk in its first `length` bytes. */
  readonly input: ArrayBuffer;
  readonly length: number;
  /** Room for the rows. */
  readonly output: ArrayBuffer;
}

/** A routed chunk on its way back, with both buffers to be used again. */
export interface ChunkResult {
  readonly report: ChunkReport;
  readonly input: ArrayBuffer;
  readonly output: ArrayBuffer;
  /** Bytes of rows in `output`. */
  readonly outputLength: number;
}

/** Routes chunks somewhere else. */
export interface ChunkPool {
  /** How many chunks may be under way at once. */
  readonly capacity: number;
  run(task: ChunkTask): Promise<ChunkResult>;
  close(): Promise<void>;
}
