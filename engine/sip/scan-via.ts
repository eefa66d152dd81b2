import { type ParameterList, parameterOf, scanParameters } from "./scan-parameters.ts";
import { endOfHost } from "./scan-uri.ts";
import { isDigit, readNumber, skipBlank, skipClass, TOKEN } from "./sip-characters.ts";

/** One Via value (RFC 3261 section 20.42). */
export interface ViaParts {
  /** `UDP`, `TCP`, `TLS` or another, in upper case. */
  readonly transport: string;
  /** An IPv6 host with its brackets. */
  readonly host: string;
  /** -1 = none. */
  readonly port: number;
  /** Where host and port end in the value. */
  readonly sentByEnd: number;
  readonly parameters: ParameterList;
}

const MAX_PORT = 65_535;

/** Reads one Via value; blanks may stand around the slashes and the colon. `null` = malformed. O(n). */
export function scanVia(value: string, start = 0, end = value.length): ViaParts | null {
  const protocolEnd = skipClass(value, skipBlank(value, start, end), end, TOKEN);
  const versionStart = afterSlash(value, protocolEnd, end);
  if (versionStart < 0) return null;
  const versionEnd = skipClass(value, versionStart, end, TOKEN);
  const transportStart = afterSlash(value, versionEnd, end);
  if (transportStart < 0) return null;
  const transportEnd = skipClass(value, transportStart, end, TOKEN);
  const hostStart = skipBlank(value, transportEnd, end);
  if (transportEnd === transportStart || hostStart === transportEnd) return null;
  const hostEnd = endOfHost(value, hostStart, end);
  if (hostEnd <= hostStart) return null;
  let at = skipBlank(value, hostEnd, end);
  let port = -1;
  let sentByEnd = hostEnd;
  if (at < end && value.charCodeAt(at) === 58) {
    const digits = skipBlank(value, at + 1, end);
    at = digits;
    while (at < end && isDigit(value.charCodeAt(at))) at++;
    port = readNumber(value, digits, at, MAX_PORT);
    if (port < 0) return null;
    sentByEnd = at;
  }
  const parameters = scanParameters(value, at, end);
  if (parameters === null) return null;
  const transport = transportOf(value, transportStart, transportEnd);
  return { transport, host: value.slice(hostStart, hostEnd), port, sentByEnd, parameters };
}

function transportOf(value: string, start: number, end: number): string {
  const isUdp =
    end - start === 3 &&
    value.charCodeAt(start) === 85 &&
    value.charCodeAt(start + 1) === 68 &&
    value.charCodeAt(start + 2) === 80;
  return isUdp ? "UDP" : value.slice(start, end).toUpperCase();
}

/** The branch of a Via; `undefined` = none, as RFC 2543 wrote them. */
export function branchOf(via: ViaParts): string | undefined {
  return parameterOf(via.parameters, "branch") ?? undefined;
}

function afterSlash(value: string, start: number, end: number): number {
  const slash = skipBlank(value, start, end);
  return slash < end && value.charCodeAt(slash) === 47 ? skipBlank(value, slash + 1, end) : -1;
}
