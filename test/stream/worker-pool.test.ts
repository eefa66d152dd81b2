import { extname } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ChunkPool, ChunkResult, ChunkTask } from "../../engine/stream/chunk-task.ts";
import type { StreamSetup } from "../../engine/stream/stream-setup.ts";
import { startWorkerPool } from "../../engine/stream/worker-pool.ts";
import { BOUNDARY_SAMPLES } from "./boundary-samples.ts";
import { runStream } from "./run-stream.ts";

const workers = suite("workers");

function poolOf(file: string, threads: number): (setup: StreamSetup) => ChunkPool {
  const url = new URL(`./${file}${extname(import.meta.url)}`, import.meta.url);
  return (setup) => startWorkerPool(url, threads, setup);
}

const MANY_LINES = Array.from({ length: 6000 }, (_, i) =>
  i % 97 === 0 ? "" : `+1425555${String(i).padStart(4, "0")}`,
).join("\n");

const MANY_RECORDS = `dialed,user,note\n${Array.from({ length: 6000 }, (_, i) => {
  if (i % 101 === 0) return `"open,megan@contoso.com,${i}`;
  return i % 7 === 0 ? `${i},nobody${i}@contoso.com,x` : `${i},megan@contoso.com,"two\nlines"`;
}).join("\n")}`;

const MANY_OBJECTS = Array.from({ length: 6000 }, (_, i) => {
  if (i % 101 === 0) return '{"dialed":"+1';
  const user = i % 7 === 0 ? `nobody${i}@contoso.com` : "megan@contoso.com";
  return `{"user":"${user}","dialed":"\\u002b1425555${i}"}\r`;
}).join("\n");

for (const threads of [1, 2, 3, 4]) {
  workers(`${threads} of them change no byte and no report`, async () => {
    for (const text of [MANY_LINES, MANY_RECORDS, MANY_OBJECTS]) {
      // WHY: threads take long to start; two of them are enough to see the other output.
      for (const output of threads === 2 ? (["csv", "ndjson"] as const) : (["csv"] as const)) {
        const options = { output, chunkBytes: 4096, record: true } as const;
        const inPlace = await runStream(text, options);
        const pooled = await runStream(text, {
          ...options,
          startPool: poolOf("digit-worker", threads),
        });
        assert.ok(inPlace.rows >= 5900);
        assert.equal(pooled, inPlace);
      }
    }
  });
}

for (const { name, text, format } of BOUNDARY_SAMPLES) {
  workers(`${name}: every chunk size gives the same with workers`, async () => {
    const whole = await runStream(text, { format });
    const { length } = new TextEncoder().encode(text);
    let shared: ChunkPool | null = null;
    let sent = 0;
    const startPool = (setup: StreamSetup): ChunkPool => {
      const pool = shared ?? poolOf("digit-worker", 2)(setup);
      shared = pool;
      const run = (task: ChunkTask): Promise<ChunkResult> => {
        sent++;
        return pool.run(task);
      };
      // WHY: the same workers serve all sizes, as in a run whose chunks differ.
      return { capacity: pool.capacity, run, close: async () => {} };
    };
    try {
      for (let chunkBytes = 1; chunkBytes <= length + 1; chunkBytes++) {
        const run = await runStream(text, { format, chunkBytes, startPool });
        assert.equal(run, whole, `chunk ${chunkBytes}`);
      }
    } finally {
      await (shared as ChunkPool | null)?.close();
    }
    assert.ok(sent > length, `${sent} chunks went to the workers`);
  });
}

async function failureOf(text: string): Promise<{ code?: string; message?: string }> {
  try {
    await runStream(text, { chunkBytes: 4096, startPool: poolOf("dying-worker", 2) });
  } catch (error) {
    return error as { code?: string; message?: string };
  }
  return {};
}

workers("one that throws ends the run with a code and its words", async () => {
  const { code, message } = await failureOf("throw\n".repeat(4000));
  assert.is(code, "ENGINE_WORKER_FAILED");
  assert.match(message ?? "", "out of order");
});

workers("one that dies ends the run with a code", async () => {
  const { code } = await failureOf("exit!\n".repeat(4000));
  assert.is(code, "ENGINE_WORKER_FAILED");
});

workers.run();
