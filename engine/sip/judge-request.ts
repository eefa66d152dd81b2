import type { Refusal } from "./answer-malformed.ts";
import type { ReceivedRequest } from "./received-request.ts";
import { parameterOf, scanParameters } from "./scan-parameters.ts";
import { readNumber } from "./sip-characters.ts";
import type { SipHeaders } from "./sip-message.ts";

/** What this end can do with a request. */
export interface ServedRequests {
  /** Methods that are served here and now, in the order of the Allow header. */
  readonly methods: readonly string[];
  /** Option tags (RFC 3261 section 19.2) that may be required of us, in lower case: `100rel`, `timer`. */
  readonly supported: readonly string[];
  /** Content types of bodies that are understood, in lower case: `application/sdp`. */
  readonly contentTypes: readonly string[];
}

/** Methods of RFC 3261 and its extensions: known, whether served or not. */
const KNOWN_METHODS = new Set([
  ...["INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "REGISTER", "PRACK", "UPDATE", "INFO", "REFER"],
  ...["SUBSCRIBE", "NOTIFY", "PUBLISH", "MESSAGE"],
]);

const UNDERSTOOD_SCHEMES = new Set(["sip", "sips", "tel"]);

/** They are not refused for what they require or hold: nothing can be answered, or the call must end. */
const NEVER_REFUSED = new Set(["ACK", "CANCEL"]);

/** Their bodies mean nothing to us, so they need not be understood. */
const BODY_IGNORED = new Set(["ACK", "CANCEL", "BYE", "OPTIONS"]);

const UNDERSTOOD_DISPOSITIONS = new Set(["session", "early-session"]);

const MAX_MAX_FORWARDS = 255;

/**
 * What a well-formed request has to be refused with before anybody acts on it, or `null`: in the order of RFC
 * 3261 section 8.2, method, header fields, content. Proxy-Require means nothing to a server (section 20.29); a
 * missing Max-Forwards is accepted (section 16.3). 0 hops left refuses what would start a call or a dialog, as a
 * gateway has to that passes it on (RFC 7332), but neither OPTIONS, which then is meant for us (RFC 3261
 * section 11), nor anything within a dialog.
 */
export function judgeRequest(message: ReceivedRequest, served: ServedRequests): Refusal | null {
  return (
    judgeMethod(message.method, served.methods) ??
    judgeScheme(message) ??
    judgeMaxForwards(message) ??
    (NEVER_REFUSED.has(message.method) ? null : judgeRequire(message, served.supported)) ??
    (BODY_IGNORED.has(message.method) ? null : judgeBody(message, served.contentTypes)) ??
    (message.method === "INVITE" ? judgeAccept(message) : null)
  );
}

function refusal(status: number, phrase: string, headers: SipHeaders = []): Refusal {
  return { status, phrase, headers };
}

function judgeMethod(method: string, served: readonly string[]): Refusal | null {
  if (served.includes(method) || method === "ACK") return null;
  const allow: SipHeaders = [["Allow", served.join(", ")]];
  return KNOWN_METHODS.has(method)
    ? refusal(405, "Method Not Allowed", allow)
    : refusal(501, "Not Implemented", allow);
}

function judgeScheme({ ruri }: ReceivedRequest): Refusal | null {
  const understood = ruri !== undefined && UNDERSTOOD_SCHEMES.has(ruri.scheme);
  return understood ? null : refusal(416, "Unsupported URI Scheme");
}

function judgeMaxForwards(message: ReceivedRequest): Refusal | null {
  const value = message.getHeader("Max-Forwards");
  if (value === undefined || NEVER_REFUSED.has(message.method)) return null;
  const hops = readNumber(value, 0, value.length, MAX_MAX_FORWARDS);
  if (hops < 0) return refusal(400, "Malformed Max-Forwards header");
  const starts = message.toTag === undefined && message.method !== "OPTIONS";
  return hops === 0 && starts ? refusal(483, "Too Many Hops") : null;
}

function judgeRequire(message: ReceivedRequest, supported: readonly string[]): Refusal | null {
  const unsupported = message
    .valuesOf("Require")
    .filter((tag) => !supported.includes(tag.toLowerCase()));
  if (unsupported.length === 0) return null;
  return refusal(420, "Bad Extension", [["Unsupported", unsupported.join(", ")]]);
}

function judgeBody(message: ReceivedRequest, understood: readonly string[]): Refusal | null {
  if (message.body === "" || isOptional(message)) return null;
  const accept: SipHeaders = [["Accept", understood.join(", ")]];
  const encodings = message.valuesOf("Content-Encoding").map((value) => value.toLowerCase());
  if (encodings.some((encoding) => encoding !== "identity")) {
    return refusal(415, "Unsupported Media Type", [["Accept-Encoding", "identity"]]);
  }
  const contentType = message.getHeader("Content-Type");
  if (contentType === undefined) return refusal(400, "No Content-Type header");
  if (!understood.includes(bareValue(contentType))) {
    return refusal(415, "Unsupported Media Type", accept);
  }
  const disposition = message.getHeader("Content-Disposition");
  return disposition === undefined || UNDERSTOOD_DISPOSITIONS.has(bareValue(disposition))
    ? null
    : refusal(415, "Unsupported Media Type", accept);
}

/** A body that may be ignored says so (RFC 3261 section 20.11). */
function isOptional(message: ReceivedRequest): boolean {
  const disposition = message.getHeader("Content-Disposition");
  const semicolon = disposition?.indexOf(";") ?? -1;
  if (disposition === undefined || semicolon < 0) return false;
  const parameters = scanParameters(disposition, semicolon, disposition.length);
  const handling = parameters === null ? null : parameterOf(parameters, "handling");
  return handling?.toLowerCase() === "optional";
}

/** Nothing but SDP is ever answered with, so a caller that takes none cannot be answered. */
function judgeAccept(message: ReceivedRequest): Refusal | null {
  if (!message.hasHeader("Accept")) return null;
  const takesSdp = message
    .valuesOf("Accept")
    .map(bareValue)
    .some((type) => type === "application/sdp" || type === "application/*" || type === "*/*");
  return takesSdp ? null : refusal(406, "Not Acceptable");
}

/** Without parameters, in lower case. */
function bareValue(value: string): string {
  const semicolon = value.indexOf(";");
  return (semicolon < 0 ? value : value.slice(0, semicolon)).trim().toLowerCase();
}
