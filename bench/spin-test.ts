import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** Of one thread: some 0.15 s. */
const STEPS = 150_000_000;

/** Tells how much more threads that share nothing get done than one of them. */
export interface SpinTest {
  /** Times the work of one thread; at best the number of threads. */
  readonly measure: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

export function startSpinTest(threads: number): SpinTest {
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL("./spin-worker.js", import.meta.url)),
  );
  const secondsFor = async (spinning: readonly Worker[]): Promise<number> => {
    const startedAt = performance.now();
    await Promise.all(
      spinning.map(async (worker) => {
        worker.postMessage(STEPS);
        await once(worker, "message");
      }),
    );
    return performance.now() - startedAt;
  };
  return {
    async measure() {
      const one = await secondsFor(workers.slice(0, 1));
      return (threads * one) / (await secondsFor(workers));
    },
    async stop() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
