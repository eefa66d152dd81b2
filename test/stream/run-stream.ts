import { setTimeout } from "node:timers/promises";
import { formatProblem } from "../../engine/model/format-problem.ts";
import type { Problem } from "../../engine/model/problem.ts";
import type { ChunkPool } from "../../engine/stream/chunk-task.ts";
import type { InputFormat } from "../../engine/stream/input-format.ts";
import { openInput } from "../../engine/stream/input-head.ts";
import { routeStream } from "../../engine/stream/route-stream.ts";
import type { OutputFormat } from "../../engine/stream/row-format.ts";
import { StreamProblems } from "../../engine/stream/stream-problems.ts";
import type { CallDefaults, StreamSetup } from "../../engine/stream/stream-setup.ts";
import { DIGIT_USERS, digitRouter } from "./digit-router.ts";

export const MEGAN: CallDefaults = {
  user: "megan@contoso.com",
  kind: "user-call",
  site: null,
  ingressTrunk: null,
  hideCallerId: false,
  originalCaller: null,
};

export interface StreamRun {
  readonly output: string;
  /** As they would stand on stderr. */
  readonly told: readonly string[];
  readonly recorded: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  readonly rows: number;
}

export interface StreamRunOptions {
  readonly name?: string;
  readonly format?: InputFormat;
  readonly output?: OutputFormat;
  readonly defaults?: CallDefaults;
  readonly chunkBytes?: number;
  readonly pieceBytes?: number;
  /** The input comes in two pieces, of which the first has so many bytes; instead of `pieceBytes`. */
  readonly cutAt?: number;
  /** Milliseconds between the two. */
  readonly pauseMs?: number;
  readonly record?: boolean;
  readonly startPool?: (setup: StreamSetup) => ChunkPool;
}

async function* piecesOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

async function* twoPieces(
  bytes: Uint8Array,
  cut: number,
  pauseMs: number,
): AsyncGenerator<Uint8Array> {
  yield bytes.subarray(0, cut);
  if (pauseMs > 0) await setTimeout(pauseMs);
  yield bytes.subarray(cut);
}

function sourceOf(bytes: Uint8Array, options: StreamRunOptions): AsyncGenerator<Uint8Array> {
  const { cutAt, pauseMs = 0, pieceBytes = 64 * 1024 } = options;
  return cutAt === undefined ? piecesOf(bytes, pieceBytes) : twoPieces(bytes, cutAt, pauseMs);
}

/** Routes a text with the digit router and collects everything that comes out. */
export async function runStream(
  text: string | Uint8Array,
  options: StreamRunOptions = {},
): Promise<StreamRun> {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const name = options.name ?? "in";
  const input = await openInput(sourceOf(bytes, options), name, options.format ?? null);
  const told = input.problems.map(formatProblem);
  if (!input.ok) return { output: "", told, recorded: [], counts: {}, rows: 0 };
  const recorded: string[] = [];
  const setup: StreamSetup = {
    input: input.value.setup,
    output: options.output ?? "csv",
    defaults: options.defaults ?? MEGAN,
    allFaults: options.record === true,
  };
  const problems = new StreamProblems(name, input.value.linesBefore, DIGIT_USERS, {
    tell: (problem: Problem) => told.push(formatProblem(problem)),
    record: options.record === true ? (problem) => recorded.push(formatProblem(problem)) : null,
  });
  const output: Buffer[] = [];
  const { startPool } = options;
  const summary = await routeStream({
    input: input.value,
    setup,
    router: digitRouter(),
    startPool: startPool === undefined ? null : () => startPool(setup),
    write: async (part) => {
      output.push(Buffer.from(part));
    },
    problems,
    progress: () => {},
    stop: new AbortController().signal,
    ...(options.chunkBytes === undefined ? {} : { chunkBytes: options.chunkBytes }),
  });
  return {
    output: Buffer.concat(output).toString(),
    told,
    recorded,
    counts: Object.fromEntries(problems.counts),
    rows: summary.rows,
  };
}
