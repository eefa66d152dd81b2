import { closeSync, openSync, writeSync } from "node:fs";
import { EngineError } from "../../engine/model/engine-error.ts";

const BUFFERED_CHARACTERS = 64 * 1024;
/** How long a line waits for others: whoever reads the file meanwhile need not wait for the end. */
const FLUSH_MILLISECONDS = 200;

/** A file that lines are written to while calls go on; written in pieces, closed at the end. */
export class OutputFile {
  readonly #path: string;
  readonly #fd: number;
  #text = "";
  #timer: NodeJS.Timeout | null = null;
  /** Of a flush that nobody waited for: thrown by the next write. */
  #failure: { readonly error: unknown } | null = null;

  /**
   * Creates the file, empty.
   *
   * @throws EngineError `ENGINE_FILE_UNWRITABLE`, here and wherever the disk fails later
   */
  constructor(path: string) {
    this.#path = path;
    this.#fd = this.#attempt(() => openSync(path, "w"));
  }

  write(text: string): void {
    if (this.#failure !== null) throw this.#failure.error;
    this.#text += text;
    if (this.#text.length >= BUFFERED_CHARACTERS) this.flush();
    else this.#timer ??= setTimeout(() => this.#flushLater(), FLUSH_MILLISECONDS);
  }

  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    let bytes = Buffer.from(this.#text);
    this.#text = "";
    while (bytes.length > 0) {
      const rest = bytes;
      bytes = bytes.subarray(this.#attempt(() => writeSync(this.#fd, rest)));
    }
  }

  close(): void {
    if (this.#failure !== null) throw this.#failure.error;
    this.flush();
    closeSync(this.#fd);
  }

  #flushLater(): void {
    try {
      this.flush();
    } catch (error) {
      this.#failure = { error };
    }
  }

  #attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const why = code === "ENOSPC" ? "the disk is full" : (code ?? message);
      throw new EngineError("ENGINE_FILE_UNWRITABLE", `${this.#path} cannot be written: ${why}`, {
        cause: error,
      });
    }
  }
}
