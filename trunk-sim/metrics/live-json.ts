import type { TrunkMeter } from "./trunk-meter.ts";

const EVERY_MILLISECONDS = 1_000;

/**
 * Writes the meter's snapshot once a second, each as one line of JSON. `stop` writes a last one. The keys
 * are those of `MeterSnapshot`.
 */
export function startLiveJson(
  meter: TrunkMeter,
  write: (line: string) => void,
  everyMilliseconds: number = EVERY_MILLISECONDS,
): { stop(): void } {
  const print = (): void => write(`${JSON.stringify(meter.snapshot())}\n`);
  const timer = setInterval(print, everyMilliseconds);
  let isStopped = false;
  return {
    stop(): void {
      if (isStopped) return;
      isStopped = true;
      clearInterval(timer);
      print();
    },
  };
}
