import type { ProblemCode } from "../model/problem.ts";

/** The problem codes that a single record of the input can have. */
export type InputFaultCode = Extract<
  ProblemCode,
  | "INPUT_MALFORMED"
  | "INPUT_LINE_TOO_LONG"
  | "USER_UNKNOWN"
  | "SITE_UNKNOWN"
  | "NUMBER_NOT_DIALABLE"
>;

/** What is wrong with one record, with its place inside the chunk. */
export interface InputFault {
  readonly code: InputFaultCode;
  readonly what: string;
  readonly hint: string;
  /** Lines of the chunk before the one it stands on. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** The user that is not known, so that a near name can be offered; else `null`. */
  readonly user: string | null;
}
