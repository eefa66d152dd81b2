/**
 * How much of a script is read. Every budget has its own `IMPORT_TOO_LARGE` sentence; they are far
 * above any script seen in public and low enough that hostile ones are refused in bounded time.
 *
 * @module
 */

/** Characters (UTF-16 units) of one script file. */
export const MAX_SCRIPT_CHARS = 16 * 1024 * 1024;

/** Statements of one script. */
export const MAX_STATEMENTS = 50_000;

/** Characters of one statement. */
export const MAX_STATEMENT_CHARS = 256 * 1024;

/** Characters of one string literal or of a string that a statement builds. */
export const MAX_STRING_CHARS = 64 * 1024;

/** Brackets, blocks and `"$( … )"` inside each other. */
export const MAX_NESTING = 48;

/** Elements of one array or pipeline that a statement builds. */
export const MAX_ELEMENTS = 100_000;

/** Problems reported for one script; more are counted, not told. */
export const MAX_SCRIPT_PROBLEMS = 1000;
