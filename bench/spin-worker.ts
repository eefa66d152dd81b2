/**
 * A thread that does nothing but compute, which tells whether the machine has a core for it.
 *
 * @module
 */
import { parentPort } from "node:worker_threads";

parentPort?.on("message", (steps: number) => {
  let x = 1;
  for (let i = 0; i < steps; i++) x = (Math.imul(x, 1_103_515_245) + 12_345) | 0;
  parentPort?.postMessage(x);
});
