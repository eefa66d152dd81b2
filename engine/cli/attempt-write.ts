import { EngineError } from "../model/engine-error.ts";
import { whyUnwritable } from "../model/file-failure.ts";

/**
 * Does what writes to a file.
 *
 * @throws EngineError `ENGINE_FILE_UNWRITABLE`, which names the file and says why
 */
export async function attemptWrite(file: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const message = `${file} cannot be written: ${whyUnwritable(error)}`;
    throw new EngineError("ENGINE_FILE_UNWRITABLE", message, { cause: error });
  }
}
