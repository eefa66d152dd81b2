/**
 * What is wrong in something an administrator gave us: a closed table of codes and the shape of one
 * report. A problem is data, collected and returned; it is never thrown.
 *
 * @module
 */

/** `error` stops the thing it is about; `warning` and `info` are told and passed over. */
export type Severity = "error" | "warning" | "info";

/**
 * Every problem code with its fixed severity. Codes are public: never renamed, never reused.
 * `docs/errors.md` holds a line for each, and a test keeps the two equal.
 */
export const PROBLEMS = {
  // The command line and the files it names
  FILE_UNREADABLE: "error",
  FILE_NOT_WRITTEN: "error",
  DOWN_UNKNOWN: "error",
  INGRESS_UNKNOWN: "error",
  SITE_UNKNOWN: "error",
  MAP_INVALID: "error",
  MAP_UNKNOWN: "error",
  HOLD_INVALID: "error",

  // Dialed-number input
  INPUT_MALFORMED: "error",
  INPUT_EMPTY: "warning",
  INPUT_NOT_UTF8: "error",
  INPUT_NO_DIALED_COLUMN: "error",
  INPUT_DUPLICATE_COLUMN: "error",
  INPUT_LINE_TOO_LONG: "error",
  USER_UNKNOWN: "error",
  NUMBER_NOT_DIALABLE: "warning",

  // Tenant files
  TENANT_SYNTAX: "error",
  TENANT_TOO_LARGE: "error",
  TENANT_UNKNOWN_KEY: "error",
  TENANT_INVALID_VALUE: "error",
  TENANT_MISSING_KEY: "error",
  TENANT_DUPLICATE: "error",
  TENANT_UNSUPPORTED_SOURCE: "error",
  TENANT_UNKNOWN_OPERATOR: "error",
  TENANT_UNKNOWN_NUMBER: "warning",
  ROUTE_UNKNOWN_USAGE: "error",
  ROUTE_UNKNOWN_GATEWAY: "error",
  POLICY_UNKNOWN_USAGE: "error",
  POLICY_UNKNOWN: "error",

  // Exported files
  EXPORT_FILE_MISSING: "info",
  EXPORT_NOT_READ: "info",
  EXPORT_NOT_UNDERSTOOD: "warning",
  EXPORT_ASSUMED: "warning",
  ARCHIVE_REFUSED: "error",

  // Test cases
  TEST_CASES_INVALID: "error",
  TEST_CASE_NO_USER: "warning",

  // Number patterns
  REGEX_INVALID: "error",
  REGEX_UNSUPPORTED: "error",
  REGEX_TOO_COMPLEX: "error",
  REGEX_QUANTIFIED_ANCHOR: "warning",
  REGEX_LITERAL_BRACE: "warning",
  REGEX_CLASS_SUSPECT: "warning",
  REGEX_ALTERNATION_ANCHOR: "warning",
  REGEX_UNANCHORED_START: "warning",
  REGEX_UNANCHORED_END: "info",
  REGEX_LOOKAHEAD_NOOP: "warning",
  REGEX_NEVER_E164: "warning",
  REGEX_BLANK: "warning",
  REGEX_CATCH_ALL: "info",

  // Cmdlets
  CMDLET_NOT_FOUND: "error",
  CMDLET_INVALID_VALUE: "error",
  CMDLET_MISSING_PARAMETER: "error",
  CMDLET_UNKNOWN_PARAMETER: "error",
  CMDLET_AMBIGUOUS_PARAMETER: "error",
  CMDLET_CONFLICTING_PARAMETERS: "error",
  CMDLET_ALREADY_EXISTS: "error",
  CMDLET_VALUE_NOT_KEPT: "info",
  CMDLET_PASSED_OVER: "info",
  CMDLET_NOT_CONSIDERED: "warning",
  LIST_DUPLICATE: "warning",
  LIST_NOT_PRESENT: "warning",
  USAGE_DUPLICATE: "warning",
  USAGE_IN_USE: "error",
  USAGE_NOT_PRESENT: "warning",
  ROUTE_NO_USAGE: "warning",
  ROUTE_NO_TARGET: "warning",
  ROUTE_BRIDGE_AND_GATEWAY: "error",
  ROUTE_BRIDGE_NOT_OCC: "error",
  ROUTE_BRIDGE_NOT_ON_BRIDGE: "error",
  USAGE_MIXED_BRIDGE: "error",
  USAGE_BRIDGE_IN_OVRP: "error",
  POLICY_NOT_USER_POLICY: "error",
  POLICY_ASSIGNED: "error",
  GATEWAY_UNKNOWN_DOMAIN: "error",
  GATEWAY_IN_USE: "error",
  TRANSLATION_RULE_IN_USE: "error",
  BRIDGE_NUMBER_IN_USE: "error",
  LOCATION_IN_USE: "error",
  NUMBER_NOT_FOUND: "error",
  NUMBER_TYPE_MISMATCH: "error",
  NUMBER_ASSIGNED: "error",
  NUMBER_CAPABILITY: "error",
  NUMBER_PREREQ_LICENCE: "error",
  NUMBER_PREREQ_TEAMSONLY: "error",
  NUMBER_PREREQ_ADDRESS: "error",
  NUMBER_ADDRESS_FIXED: "error",
  NUMBER_ON_PREMISES: "error",
  NUMBER_NOT_ASSIGNED: "error",
  USER_NOT_FOUND: "error",

  // What outdial check finds
  REGEX_RE2_DIFFERS: "info",
  REGEX_EMERGENCY_COUNTRY_CODE: "warning",
  REGEX_LOOKAHEAD_COUNTRY: "warning",
  ROUTE_COPIED_PATTERN: "warning",
  ROUTE_WIDER_THAN_USAGE: "warning",
  ROUTE_DERIVED_TRUNK: "info",
  ROUTE_SHADOWED: "warning",
  ROUTE_SHADOWED_IN_POLICY: "info",
  ROUTE_NEVER_FIRST: "warning",
  ROUTE_SAME_NUMBERS: "info",
  ROUTE_DUPLICATE_PRIORITY: "info",
  USAGE_UNUSED: "info",
  USAGE_NO_ROUTE: "warning",
  POLICY_EMPTY: "info",
  POLICY_UNASSIGNED: "info",
  POLICY_NOT_FOR_GROUPS: "warning",
  GROUP_RANK_DUPLICATE: "warning",
  POLICY_HITS_OC_OR_CP_USER: "warning",
  SHARED_CALLING_USAGES: "warning",
  OCC_NO_POLICY: "warning",
  OCC_DEFAULT_BRIDGE: "error",
  BRIDGE_NO_DEFAULT: "warning",
  BRIDGE_NUMBER_UNKNOWN: "warning",
  USER_BRIDGE_NUMBER: "warning",
  OPERATOR_REMOVE_BLOCKED: "error",
  OPERATOR_SUSPENDED: "info",
  OPERATOR_NO_TRUNK: "info",
  TRUNK_SAME_ADDRESS: "warning",
  NUMBER_RELEASE_BLOCKED: "error",
  USER_NOT_VOICE_ENABLED: "warning",
  USER_NO_NUMBER: "warning",
  CALLER_ID_NO_NUMBER: "error",
  SHARED_CALLING_NO_ACCOUNT: "error",
  SHARED_CALLING_EMERGENCY_NUMBER: "error",
  EMERGENCY_NO_ROUTE: "error",
  EMERGENCY_NO_USAGE: "warning",
  EMERGENCY_MASK_DUP: "error",
  EMERGENCY_NOT_REACHABLE: "warning",
  GATEWAY_ALL_DISABLED: "warning",
  GATEWAY_UNUSED: "info",
  GATEWAY_NOT_MONITORED: "info",
  TRANSLATION_UNKNOWN_RULE: "error",
  TRANSLATION_LIMIT: "warning",
  TRANSLATION_NOOP: "warning",
  TRANSLATION_UNUSED: "info",
  DIALPLAN_LIMIT: "warning",
  DIALPLAN_RULE_SHADOWED: "warning",
  DIALPLAN_LEGACY_PREFIX: "info",
  REPLACEMENT_UNKNOWN_GROUP: "warning",
  EFFECTIVE_POLICY_DIFFERS: "warning",
  CHECK_NOT_DECIDED: "info",

  // Scripts
  IMPORT_SYNTAX: "error",
  IMPORT_STRAY_SPACE: "error",
  IMPORT_PLACEHOLDER: "error",
  IMPORT_UNRESOLVED: "error",
  IMPORT_UNKNOWN_COMMAND: "error",
  IMPORT_NUMBER_LOST_PLUS: "warning",
  IMPORT_WHATIF: "info",
  IMPORT_NOT_CARRIED_OUT: "info",
  IMPORT_SCRIPT_ENDED: "error",
  IMPORT_TOO_LARGE: "error",

  // Trunk simulator scenarios
  SCENARIO_SYNTAX: "error",
  SCENARIO_TOO_LARGE: "error",
  SCENARIO_UNKNOWN_KEY: "error",
  SCENARIO_INVALID_VALUE: "error",
  SCENARIO_MISSING_KEY: "error",
  SCENARIO_DUPLICATE: "error",
  TRUNK_NONE: "error",
  TRUNK_UNKNOWN: "error",
  TRUNK_NOT_STARTED: "error",
  TRUNK_PORT_TOO_LARGE: "error",
} as const satisfies Record<string, Severity>;

/** One of the codes of {@link PROBLEMS}. */
export type ProblemCode = keyof typeof PROBLEMS;

/** Where something stands in a text: `line` and `column` count from 1, columns in UTF-16 units. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong or suspicious, in words for the person who wrote it. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** Names the object and says what is the matter; no final period. */
  readonly what: string;
  /** One imperative sentence that mends it; no final period. */
  readonly hint: string;
  /** `null` when it is about no text (a flag, a command). */
  readonly at: SourcePlace | null;
}

/** Makes a problem; its severity is the table's. */
export function problem(
  code: ProblemCode,
  what: string,
  hint: string,
  at: SourcePlace | null = null,
): Problem {
  return { code, severity: PROBLEMS[code], what, hint, at };
}

/** Whether any of the problems is an error. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((p) => p.severity === "error");
}

/** A value, or the reasons why there is none; warnings may come with a value. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };
