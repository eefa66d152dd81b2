import type { SipHeaders } from "../sip/sip-message.ts";
import { phoneUri } from "./phone-uri.ts";

/** Hosts of the URIs of both ends. */
export interface ForwardingHosts {
  readonly ourHost: string;
  /** The trunk's, with its port. */
  readonly host: string;
  readonly isGateway: boolean;
}

/** `SIP;cause=302;text="Moved Temporarily"` as a header inside a URI (RFC 7044 section 4.1). */
const MOVED = "Reason=SIP%3Bcause%3D302%3Btext%3D%22Moved%20Temporarily%22";

/**
 * How a forwarded call tells where it was first meant to go: History-Info with the number that forwarded
 * it and the one it goes to, numbers only, `user=phone` (documented: Microsoft,
 * direct-routing-protocols-sip, whose example names cause 302); and Diversion (RFC 5806) for operators,
 * many of which know only that. Empty when no number forwarded it.
 */
export function forwardingHeaders(
  forwardedBy: string | null,
  called: string,
  { ourHost, host, isGateway }: ForwardingHosts,
): SipHeaders {
  if (forwardedBy === null) return [];
  const from = phoneUri(forwardedBy, ourHost);
  const history = [
    ["History-Info", `<${from}?${MOVED}>;index=1`],
    ["History-Info", `<${phoneUri(called, host)}>;index=1.1`],
  ] as const;
  if (isGateway) return history;
  return [["Diversion", `<${from}>;reason=unconditional;counter=1`], ...history];
}
