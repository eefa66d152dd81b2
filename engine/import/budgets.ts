/**
 * How much an import may cost before it is refused in words: every limit of this floor, in one place.
 *
 * @module
 */

/** Largest tenant file, in bytes of the file: about 100,000 users. Beyond: `TENANT_TOO_LARGE`. */
export const MAX_TENANT_FILE_BYTES = 64 * 1024 * 1024;

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
