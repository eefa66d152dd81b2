import type { IncomingResponse } from "./incoming-message.ts";

/** Answers a challenge (RFC 3261 section 22.2), as often as it is worth. */
export interface DigestAnswerer {
  /** The header that answers a 401 or 407; `null` = it cannot be answered, or was already. */
  answer(
    response: IncomingResponse,
    method: string,
    uri: string,
  ): readonly [name: string, value: string] | null;
}
