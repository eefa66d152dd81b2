/**
 * How much of the input is held at once: named in one place, each with the problem that is reported
 * where it is passed.
 *
 * @module
 */

/** Bytes of input routed at a time. WHY: workers saturate from 64 KB on; 256 KB leaves margin. */
export const CHUNK_BYTES = 256 * 1024;

/**
 * Chunks routed in place before workers are started, where nobody asked for workers. WHY: each worker
 * loads the engine and warms up anew, which takes longer than routing 8 MB in place (measured: 120,000
 * records in 0.5 s in place, in 3 s with two workers on two busy cores).
 */
export const CHUNKS_BEFORE_WORKERS = 32;

/** Longest record, line end excluded; a longer one gives `INPUT_LINE_TOO_LONG`. */
export const MAX_RECORD_BYTES = 64 * 1024;

/**
 * Most line ends inside one CSV record; more, and its quote counts as never closed
 * (`INPUT_MALFORMED`). WHY: every line of a hostile file may open a quote that no later line closes,
 * and then each line is looked at that many times.
 */
export const MAX_RECORD_LINES = 64;

/** Users whose rows are kept preformatted; beyond it the cache starts afresh. */
export const MAX_CACHED_USERS = 65_536;

/** Names of sites, and of gateways, that are kept with what they stand for; beyond it, afresh. */
export const MAX_CACHED_PLACES = 16_384;

/** Outlines whose rows are kept preformatted; beyond it that starts afresh. */
export const MAX_KEPT_OUTLINES = 131_072;

/** Bytes of rows of plain lines that are kept preformatted; beyond it that starts afresh. */
export const MAX_KEPT_ROW_BYTES = 32 * 1024 * 1024;

/** Problems of one code that are told one by one; the rest is counted. */
export const MAX_PROBLEMS_TOLD = 20;

/** Milliseconds after which input that has come in is routed although its chunk is not full. */
export const IDLE_FLUSH_MS = 20;
