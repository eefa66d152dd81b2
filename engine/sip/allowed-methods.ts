import type { ServedRequests } from "./judge-request.ts";

/** What an endpoint can do with a request; all else is refused before a call hears of it. */
export const SERVED: ServedRequests = {
  methods: ["INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "PRACK", "UPDATE", "INFO"],
  supported: ["100rel"],
  contentTypes: ["application/sdp"],
};

export const ALLOW_LINE = `Allow: ${SERVED.methods.join(", ")}\r\n`;
export const SUPPORTED_LINE = `Supported: ${SERVED.supported.join(", ")}\r\n`;
export const ACCEPT_LINE = `Accept: ${SERVED.contentTypes.join(", ")}\r\n`;

/** Does a header of option tags (Supported, Require) name this one? */
export function namesOption(values: readonly string[], option: string): boolean {
  return values.some((value) => value.trim().toLowerCase() === option);
}
