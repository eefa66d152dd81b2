import { closeSync, openSync, writeSync } from "node:fs";
import { EngineError } from "../../engine/model/engine-error.ts";

const BUFFERED_CHARACTERS = 64 * 1024;

/** A file that lines are written to while calls go on; written in pieces, closed at the end. */
export class OutputFile {
  readonly #path: string;
  readonly #fd: number;
  #text = "";

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
    this.#text += text;
    if (this.#text.length >= BUFFERED_CHARACTERS) this.flush();
  }

  flush(): void {
    let bytes = Buffer.from(this.#text);
    this.#text = "";
    while (bytes.length > 0) {
      const rest = bytes;
      bytes = bytes.subarray(this.#attempt(() => writeSync(this.#fd, rest)));
    }
  }

  close(): void {
    this.flush();
    closeSync(this.#fd);
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
