/** Causes of ITU-T Q.850 that stand for a final SIP status, after RFC 3398 section 8.2.6.1. */
const CAUSES: Readonly<Record<number, number>> = {
  400: 41,
  401: 21,
  403: 21,
  404: 1,
  405: 63,
  406: 79,
  407: 21,
  408: 102,
  410: 22,
  413: 127,
  415: 79,
  480: 18,
  481: 41,
  484: 28,
  486: 17,
  488: 65,
  500: 41,
  501: 79,
  502: 38,
  503: 41,
  504: 102,
  600: 17,
  603: 21,
  604: 1,
  606: 58,
};

const INTERWORKING = 127;
/** No circuit available: what a full trunk says. */
export const NO_CIRCUIT = 34;

/** The Reason header (RFC 3326) of a refusal: what the telephone network behind a gateway would say. */
export function reasonOf(status: number, cause = CAUSES[status] ?? INTERWORKING): string {
  return `Q.850;cause=${cause}`;
}
