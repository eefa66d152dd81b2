import { workerData } from "node:worker_threads";
import { chunkAnswerer } from "../../engine/stream/answer-chunk.ts";
import type { StreamSetup } from "../../engine/stream/stream-setup.ts";
import { digitRouter } from "./digit-router.ts";

export default chunkAnswerer(digitRouter(), workerData as StreamSetup);
