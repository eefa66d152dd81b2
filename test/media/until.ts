import { setTimeout as wait } from "node:timers/promises";

/** Waits until something holds that no event tells of. Throws after half a minute, as a machine may be busy. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`never came: ${what}`);
    await wait(5);
  }
}
