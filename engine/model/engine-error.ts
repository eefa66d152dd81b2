/** Every code an {@link EngineError} can carry. Public: never renamed, never reused. */
export type EngineErrorCode =
  | "ENGINE_FILE_UNREADABLE"
  | "ENGINE_FILE_UNWRITABLE"
  | "ENGINE_WORKER_FAILED"
  | "ENGINE_ADDRESS_UNAVAILABLE"
  | "ENGINE_SEND_FAILED"
  | "ENGINE_CERTIFICATE_UNUSABLE"
  | "ENGINE_TRUNK_SIM_FAILED"
  | "ENGINE_BUG";

/**
 * An operation of ours that failed (a file that cannot be read, a worker that died), as against a
 * problem in what was given. Match on `code`, never on the class: errors cross worker threads.
 */
export class EngineError extends Error {
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "EngineError";
    this.code = code;
  }
}

/**
 * Stops the process on a broken promise of our own code.
 *
 * @throws EngineError `ENGINE_BUG` when `condition` is false; the CLI ends with exit code 70.
 */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new EngineError("ENGINE_BUG", message);
}
