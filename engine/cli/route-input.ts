import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { EngineError } from "../model/engine-error.ts";
import { whyUnreadable } from "../model/file-failure.ts";
import { type Outcome, problem } from "../model/problem.ts";

/** What problems call the input when no file was named. */
export const STDIN_NAME = "stdin";

const READ_BYTES = 256 * 1024;

/** Bytes of dialed numbers, from a file or from stdin. */
export interface RouteInput {
  readonly name: string;
  readonly pieces: AsyncIterable<Uint8Array>;
  /** Bytes in all; `null` = not known beforehand. */
  readonly size: number | null;
  /** Stops reading, also while waiting for more. */
  close(): void;
}

/**
 * Opens the named file, or stdin for `undefined` and `-`.
 *
 * @problem FILE_UNREADABLE
 */
export async function openRouteInput(file: string | undefined): Promise<Outcome<RouteInput>> {
  if (file === undefined || file === "-") {
    return { ok: true, value: inputOf(STDIN_NAME, process.stdin, null), problems: [] };
  }
  const hint = "name a file of dialed numbers, or pipe them in";
  let size: number | null;
  try {
    const stats = await stat(file);
    if (stats.isDirectory()) {
      const found = problem("FILE_UNREADABLE", `${file} is a folder`, hint);
      return { ok: false, problems: [found] };
    }
    size = stats.isFile() ? stats.size : null;
  } catch (error) {
    const found = problem(
      "FILE_UNREADABLE",
      `${file} cannot be read: ${whyUnreadable(error)}`,
      hint,
    );
    return { ok: false, problems: [found] };
  }
  const stream = createReadStream(file, { highWaterMark: READ_BYTES });
  return { ok: true, value: inputOf(file, stream, size), problems: [] };
}

function inputOf(name: string, stream: Readable, size: number | null): RouteInput {
  // WHY: destroying a stream that is being iterated ends in an error nobody needs.
  stream.on("error", () => {});
  return { name, pieces: piecesOf(name, stream), size, close: () => stream.destroy() };
}

async function* piecesOf(name: string, stream: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of stream) yield piece as Buffer;
  } catch (error) {
    throw new EngineError(
      "ENGINE_FILE_UNREADABLE",
      `${name} cannot be read: ${whyUnreadable(error)}`,
      {
        cause: error,
      },
    );
  }
}
