import type { CallDetailRecord } from "../model/call-detail-record.ts";
import type { RouteOutput } from "./route-output.ts";

/** Bytes that may wait to be written before whoever makes records is made to wait. */
const MAX_WAITING_CHARACTERS = 256 * 1024;

/**
 * Writes call detail records as NDJSON, one a line in the order in which calls end. Records that come
 * while earlier ones are being written go out together in the next write.
 */
export class CdrOutput {
  readonly #output: RouteOutput;
  #waiting = "";
  #writing: Promise<void> | null = null;
  /** The failure of a write, met by the next record or by the end. */
  #failure: unknown = null;

  constructor(output: RouteOutput) {
    this.#output = output;
  }

  /** Takes a record; a promise = wait for it before taking more. */
  write(record: CallDetailRecord): void | Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    this.#waiting += `${JSON.stringify(record)}\n`;
    this.#writing ??= this.#writeWaiting();
    if (this.#waiting.length > MAX_WAITING_CHARACTERS) return this.#writing;
  }

  /** Ends a whole output. Rejects when something of it could not be written. */
  async finish(): Promise<void> {
    await this.#writing;
    if (this.#failure !== null) throw this.#failure;
    await this.#output.finish();
  }

  async #writeWaiting(): Promise<void> {
    try {
      while (this.#waiting !== "") {
        const text = this.#waiting;
        this.#waiting = "";
        await this.#output.write(Buffer.from(text));
      }
    } catch (error) {
      this.#failure = error;
    } finally {
      this.#writing = null;
    }
  }
}
