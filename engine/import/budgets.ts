/**
 * How much an import may cost before it is refused in words: every limit of this floor, in one place.
 *
 * @module
 */

/** Largest tenant file, in bytes of the file: about 100,000 users. Beyond: `TENANT_TOO_LARGE`. */
export const MAX_TENANT_FILE_BYTES = 64 * 1024 * 1024;

/**
 * Bytes of all files of an export together: about 150,000 users with the properties that
 * `outdial collect` asks for. Beyond: `TENANT_TOO_LARGE`.
 */
export const MAX_EXPORT_BYTES = 256 * 1024 * 1024;

/** Objects in one file of an export. Beyond: `TENANT_TOO_LARGE`. */
export const MAX_EXPORT_RECORDS = 1_000_000;

/** Largest zip archive, in bytes of the file. Beyond, as of the next two: `ARCHIVE_REFUSED`. */
export const MAX_ARCHIVE_BYTES = 64 * 1024 * 1024;

/** Entries of an archive: published backups have about 70. */
export const MAX_ARCHIVE_ENTRIES = 1_000;

/** How many times larger an entry may become: exports shrink to about a twentieth. */
export const MAX_ARCHIVE_RATIO = 200;

/** Largest file of test cases or voice test configurations, in bytes. Beyond: `TEST_CASES_INVALID`. */
export const MAX_TEST_CASES_BYTES = 16 * 1024 * 1024;

/** Largest scenario file of trunk-sim, in bytes. Beyond: `SCENARIO_TOO_LARGE`. */
export const MAX_SCENARIO_FILE_BYTES = 4 * 1024 * 1024;

/** Deepest nesting of a tenant file; the deepest legal one needs 6. Beyond: `TENANT_TOO_LARGE`. */
export const MAX_TENANT_NESTING = 32;

/** Most YAML tokens of a tenant file: what 1 GB of memory holds. Beyond: `TENANT_TOO_LARGE`. */
export const MAX_YAML_TOKENS = 6_000_000;

/** How often YAML anchors may be expanded in all: stops "billion laughs". Beyond: `TENANT_TOO_LARGE`. */
export const MAX_YAML_ALIASES = 1_000;

/** Problems told about one tenant; the rest is counted in the last one. */
export const MAX_REPORTED_PROBLEMS = 100;

/** Characters of a wrong value that are quoted in a problem. */
export const MAX_QUOTED_VALUE = 60;

/** Characters (UTF-16 units) of one script file. Beyond, as of all budgets of scripts: `IMPORT_TOO_LARGE`. */
export const MAX_SCRIPT_CHARS = 16 * 1024 * 1024;

/** Statements of one script. */
export const MAX_STATEMENTS = 50_000;

/** Characters of one statement. */
export const MAX_STATEMENT_CHARS = 256 * 1024;

/** Characters of one string literal or of a string that a statement builds. */
export const MAX_STRING_CHARS = 64 * 1024;

/** Brackets, blocks and `"$( … )"` inside each other. */
export const MAX_SCRIPT_NESTING = 48;

/** Elements of one array or pipeline that a statement builds. */
export const MAX_ELEMENTS = 100_000;

/** Steps of one script: expressions evaluated, and what lists and strings they make. About three seconds. */
export const MAX_SCRIPT_STEPS = 5_000_000;

/** Turns of one `while`, `do` or `for`; a `foreach` ends with its list. */
export const MAX_LOOP_TURNS = 100_000;

/** Functions and blocks of a script that call each other. */
export const MAX_SCRIPT_CALLS = 40;

/** Bytes of a file that a script reads from beside itself, and of all of them together. */
export const MAX_NEIGHBOUR_BYTES = 32 * 1024 * 1024;

/** Errors of one script; warnings do not count, as a good script of 5,000 routes may have as many. */
export const MAX_SCRIPT_ERRORS = 1000;

/** Patterns of one script past the pattern compiler's budgets: each costs up to half a second. */
export const MAX_COSTLY_PATTERNS = 5;
