import { ACCEPT_LINE, ALLOW_LINE, SUPPORTED_LINE } from "./allowed-methods.ts";
import type { CallHost } from "./call-host.ts";
import type { IncomingRequest } from "./incoming-message.ts";
import { headerLines } from "./outgoing-text.ts";
import { randomToken } from "./random-token.ts";
import { ResponseHead } from "./response-text.ts";
import type { OptionsAnswer, SipEndpointOptions } from "./sip-endpoint.ts";

const OK: OptionsAnswer = { status: 200 };

/**
 * The answer to an OPTIONS outside a dialog (RFC 3261 section 11.2); `null` = none is to be sent. Without
 * state: a repeat is asked again, as what it asks for is how we are now.
 */
export function answerOptions(
  host: CallHost,
  options: SipEndpointOptions,
  request: IncomingRequest,
): string | null {
  let answer: OptionsAnswer | null = OK;
  if (options.onOptions !== undefined) {
    answer = { status: 500 };
    host.guarded("onOptions", request.source, () => {
      answer = options.onOptions?.(request) ?? null;
    });
  }
  if (answer === null) return null;
  const lines = `${ALLOW_LINE}${ACCEPT_LINE}${SUPPORTED_LINE}${headerLines(answer.headers ?? [])}`;
  const head = new ResponseHead(request, randomToken(), host.product);
  return head.text({ status: answer.status, lines });
}
