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
  for (;;) {
    const next = orStopped(iterator.next(), stop);
    let piece = await orIdle(next, idleMs);
    if (piece === IDLE) {
      const waiting = cutter.flush();
      if (waiting !== null) yield waiting;
      piece = await next;
    }
    // WHY: the iterator is not told to return; one that waits for input would never answer.
    if (piece === STOPPED || stop.aborted) return;
    if (piece.done === true) break;
    yield* cutter.push(piece.value);
  }
  const last = cutter.finish();
  if (last !== null) yield last;
}

/**
 * The promise, or {@link STOPPED} when that comes first.
 *
 * WHY: no race with one promise that lives as long as the stream: every race leaves a reaction on it
 * that holds its piece, and with them the whole input would stay in memory.
 */
function orStopped<T>(promise: Promise<T>, stop: AbortSignal): Promise<T | typeof STOPPED> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => resolve(STOPPED);
    if (stop.aborted) onAbort();
    stop.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => stop.removeEventListener("abort", onAbort));
  });
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
