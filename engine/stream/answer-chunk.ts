import { move, transferableSymbol, valueSymbol } from "piscina";
import type { Router } from "../route/router.ts";
import { ChunkRouter } from "./chunk-router.ts";
import type { ChunkResult, ChunkTask } from "./chunk-task.ts";
import { OutputBytes } from "./output-bytes.ts";
import type { StreamSetup } from "./stream-setup.ts";

/** What a worker does with each task; the result's buffers travel back without being copied. */
export function chunkAnswerer(router: Router, setup: StreamSetup): (task: ChunkTask) => unknown {
  const chunkRouter = new ChunkRouter(router, setup);
  return ({ input, length, output }) => {
    const out = new OutputBytes(output);
    const report = chunkRouter.route(new Uint8Array(input, 0, length), out);
    const result: ChunkResult = {
      report,
      input,
      output: out.bytes.buffer,
      outputLength: out.length,
    };
    return move({
      get [transferableSymbol](): object {
        return [result.input, result.output];
      },
      get [valueSymbol](): object {
        return result;
      },
    });
  };
}
