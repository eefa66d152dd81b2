import type { RecordCutter } from "./record-chunks.ts";

const IDLE = Symbol("idle");
const STOPPED = Symbol("stopped");

/**
 * The chunks of an input as they come. When the input pauses, what has come in is handed on, so that
 * a person who types numbers sees each decided at once.
 *
 * @param idleMs - How long to wait for a chunk to fill.
 * @param stop - Ends the input early; whole records that have come in are dropped.
 */
export async function* inputChunks(
  pieces: AsyncIterable<Uint8Array>,
  cutter: RecordCutter,
  idleMs: number,
  stop: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const iterator = pieces[Symbol.asyncIterator]();
  const stopped = new Promise<typeof STOPPED>((resolve) => {
    if (stop.aborted) resolve(STOPPED);
    stop.addEventListener("abort", () => resolve(STOPPED), { once: true });
  });
  for (;;) {
    const next = iterator.next();
    let piece = await orIdle(Promise.race([next, stopped]), idleMs);
    if (piece === IDLE) {
      const waiting = cutter.flush();
      if (waiting !== null) yield waiting;
      piece = await Promise.race([next, stopped]);
    }
    // WHY: the iterator is not told to return; one that waits for input would never answer.
    if (piece === STOPPED || stop.aborted) return;
    if (piece.done === true) break;
    yield* cutter.push(piece.value);
  }
  const last = cutter.finish();
  if (last !== null) yield last;
}

async function orIdle<T>(promise: Promise<T>, idleMs: number): Promise<T | typeof IDLE> {
  let timer: NodeJS.Timeout | undefined;
  const idle = new Promise<typeof IDLE>((resolve) => {
    timer = setTimeout(resolve, idleMs, IDLE);
  });
  try {
    return await Promise.race([promise, idle]);
  } finally {
    clearTimeout(timer);
  }
}
