import { setTimeout as wait } from "node:timers/promises";

/** Waits until something holds that no event tells of. Throws after five seconds. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 5000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`never came: ${what}`);
    await wait(5);
  }
}
