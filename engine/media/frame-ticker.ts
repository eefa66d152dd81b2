import { FRAME_MILLISECONDS } from "./g711-frames.ts";

/**
 * The one clock of all streams of the process: calls each listener every 20 ms. It starts with the first
 * listener and stops with the last. It does not drift: ticks that the process was too busy for are made
 * up at once, up to {@link MOST_TICKS_MADE_UP}, and those before are passed over.
 *
 * @module
 */

/** Called with the number of the tick; numbers passed over are missing. */
export type TickListener = (tick: number) => void;

const MOST_TICKS_MADE_UP = 5;

const listeners = new Set<TickListener>();
let timer: NodeJS.Timeout | null = null;
let startedAt = 0;
let ticks = 0;

export function addTickListener(listener: TickListener): void {
  listeners.add(listener);
  if (timer !== null) return;
  startedAt = performance.now();
  ticks = 0;
  timer = setTimeout(tickAndWait, FRAME_MILLISECONDS);
}

export function removeTickListener(listener: TickListener): void {
  listeners.delete(listener);
  if (listeners.size > 0 || timer === null) return;
  clearTimeout(timer);
  timer = null;
}

/**
 * The ticks that are due when so much time has passed since the start and `done` was the last: first and
 * last, none when the first is beyond the last.
 */
export function ticksDue(
  done: number,
  elapsedMilliseconds: number,
): { readonly first: number; readonly last: number } {
  const last = Math.floor(elapsedMilliseconds / FRAME_MILLISECONDS);
  return { first: Math.max(done, last - MOST_TICKS_MADE_UP) + 1, last };
}

function tickAndWait(): void {
  const fired = timer;
  const { first, last } = ticksDue(ticks, performance.now() - startedAt);
  for (let tick = first; tick <= last; tick++) {
    ticks = tick;
    for (const listener of listeners) {
      listener(tick);
      // The last listener left, and perhaps another came, who has a clock of its own.
      if (timer !== fired) return;
    }
  }
  const nextAt = startedAt + (ticks + 1) * FRAME_MILLISECONDS;
  timer = setTimeout(tickAndWait, Math.max(1, nextAt - performance.now()));
}
