/**
 * How much of one SIP message is read at most. Each limit has its own answer, so that the other end is
 * told which one it met.
 *
 * @module
 */

/** Bytes of a message, body included: what a UDP datagram can hold. Answered 513. */
export const MAX_MESSAGE_BYTES = 65_535;

/** Header lines of a message. Carriers send 20 to 40; RFC 4475's longest has 45. Answered 400. */
export const MAX_HEADER_LINES = 256;

/** Characters of one header value, folded lines joined. Answered 400. */
export const MAX_HEADER_LENGTH = 16_384;

/** Values of one comma-separated header that are told apart; the last holds the rest. */
export const MAX_LIST_VALUES = 256;

/** Parameters after one URI, Via or name-addr. More make the value malformed. */
export const MAX_PARAMETERS = 128;

/** Characters of a Request-URI. Answered 414. */
export const MAX_REQUEST_URI_LENGTH = 4096;

/** Greatest CSeq number (RFC 3261 section 8.1.1.5). */
export const MAX_CSEQ = 2_147_483_647;

/** Ways of a forked INVITE that are told apart; provisional responses of further ones are dropped. */
export const MAX_FORKS = 64;

/** PRACKs of one call that wait for their answers; further reliable provisional responses are not taken. */
export const MAX_OPEN_PRACKS = 64;

/** Characters that the finished transactions of an end are kept in, of each kind; the oldest go first. */
export const MAX_KEPT_CHARACTERS = 200_000_000;
