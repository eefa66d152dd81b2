/**
 * Routes a stream: bytes of dialed numbers in, bytes of decisions out, in input order.
 *
 * The input is cut into chunks of whole records. The first ones, and small ones while nothing else is
 * under way, are routed in place; the others by the pool, a bounded number at a time, so that
 * neither a slow reader of the output nor a fast input fills the memory.
 *
 * @module
 */

import type { Router } from "../route/router.ts";
import { CHUNK_BYTES, IDLE_FLUSH_MS } from "./budgets.ts";
import { ChunkRouter } from "./chunk-router.ts";
import type { ChunkPool, ChunkResult } from "./chunk-task.ts";
import { inputChunks } from "./input-chunks.ts";
import type { OpenedInput } from "./input-head.ts";
import { OutputBytes } from "./output-bytes.ts";
import { chunkCapacity, RecordCutter } from "./record-chunks.ts";
import { rowFormatOf } from "./row-formats.ts";
import type { StreamProblems } from "./stream-problems.ts";
import type { StreamSetup } from "./stream-setup.ts";
import { Tally, type TallyLine } from "./tally.ts";

/** One run. */
export interface StreamJob {
  readonly input: OpenedInput;
  readonly setup: StreamSetup;
  readonly router: Router;
  /** Starts the workers; called once, when the input proves large. `null` = route in place only. */
  readonly startPool: (() => ChunkPool) | null;
  /** Takes bytes of output; they may be overwritten once the promise is settled. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  readonly problems: StreamProblems;
  /** Told after each chunk: bytes read and rows written so far. */
  readonly progress: (bytes: number, rows: number) => void;
  readonly stop: AbortSignal;
  readonly chunkBytes?: number;
  /** Chunks to route in place before workers are started; at least, and by default, one. */
  readonly chunksInPlace?: number;
}

/** What a run did. */
export interface StreamSummary {
  readonly rows: number;
  /** How many of them took the slower way; see {@link Router.exactCalls}. */
  readonly exactCalls: number;
  readonly tally: readonly Readonly<TallyLine>[];
}

/**
 * Runs a job to the end of its input, or until it is stopped; rows of chunks under way are still
 * written. Rejects when the output cannot be written or a worker dies.
 */
export async function routeStream(job: StreamJob): Promise<StreamSummary> {
  const run = new StreamRun(job);
  try {
    return await run.run();
  } finally {
    await run.close();
  }
}

class StreamRun {
  readonly #job: StreamJob;
  readonly #inPlace: ChunkRouter;
  readonly #chunkBytes: number;
  readonly #tally = new Tally();
  readonly #underWay: Promise<ChunkResult>[] = [];
  readonly #spareInputs: ArrayBuffer[] = [];
  readonly #spareOutputs: ArrayBuffer[] = [];
  #pool: ChunkPool | null = null;
  #bytes: number;
  #rows = 0;
  #exactCalls = 0;

  constructor(job: StreamJob) {
    this.#job = job;
    this.#inPlace = new ChunkRouter(job.router, job.setup);
    this.#chunkBytes = job.chunkBytes ?? CHUNK_BYTES;
    this.#bytes = job.input.bytesBefore;
  }

  async run(): Promise<StreamSummary> {
    const { input, setup, stop, write } = this.#job;
    const { header } = rowFormatOf(setup.output);
    if (header.length > 0) await write(header);
    const takeBuffer = (): Uint8Array<ArrayBuffer> => new Uint8Array(this.#takeInput());
    const cutter = new RecordCutter(this.#chunkBytes, setup.input.format === "csv", takeBuffer);
    let inPlace = Math.max(1, this.#job.chunksInPlace ?? 1);
    for await (const chunk of inputChunks(input.rest, cutter, IDLE_FLUSH_MS, stop)) {
      const isSmall = chunk.length < this.#chunkBytes / 4;
      if (this.#underWay.length === 0 && (inPlace > 0 || isSmall)) await this.#routeInPlace(chunk);
      else await this.#send(chunk);
      inPlace--;
    }
    while (this.#underWay.length > 0) await this.#receive();
    return { rows: this.#rows, exactCalls: this.#exactCalls, tally: this.#tally.lines() };
  }

  async close(): Promise<void> {
    await this.#pool?.close();
  }

  async #routeInPlace(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
    const out = new OutputBytes(this.#takeOutput());
    const report = this.#inPlace.route(chunk, out);
    const output = out.bytes.buffer;
    this.#bytes += chunk.length;
    await this.#finish({ report, input: chunk.buffer, output, outputLength: out.length });
  }

  async #send(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#pool ??= this.#job.startPool?.() ?? null;
    if (this.#pool === null) {
      await this.#routeInPlace(chunk);
      return;
    }
    this.#bytes += chunk.length;
    const { length, buffer: input } = chunk;
    const result = this.#pool.run({ input, length, output: this.#takeOutput() });
    // WHY: it may fail while an earlier one is awaited; the failure is met in its turn.
    result.catch(() => {});
    this.#underWay.push(result);
    if (this.#underWay.length >= this.#pool.capacity) await this.#receive();
  }

  async #receive(): Promise<void> {
    const result = await this.#underWay.shift();
    if (result !== undefined) await this.#finish(result);
  }

  async #finish(result: ChunkResult): Promise<void> {
    const { report, input, output, outputLength } = result;
    this.#job.problems.add(report);
    this.#tally.add(report.tally);
    this.#rows += report.rows;
    this.#exactCalls += report.exactCalls;
    await this.#job.write(new Uint8Array(output, 0, outputLength));
    this.#spareInputs.push(input);
    this.#spareOutputs.push(output);
    this.#job.progress(this.#bytes, this.#rows);
  }

  #takeInput(): ArrayBuffer {
    return this.#spareInputs.pop() ?? new ArrayBuffer(chunkCapacity(this.#chunkBytes));
  }

  #takeOutput(): ArrayBuffer {
    return this.#spareOutputs.pop() ?? new ArrayBuffer(8 * this.#chunkBytes);
  }
}
