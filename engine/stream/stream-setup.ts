import type { CallKind } from "../model/call.ts";
import type { CsvLayout } from "./csv-layout.ts";
import type { OutputFormat } from "./row-format.ts";

/** How the records of one input are to be read. */
export type InputSetup =
  | { readonly format: "lines" }
  | { readonly format: "ndjson" }
  | { readonly format: "csv"; readonly layout: CsvLayout };

/** What a call is where its record does not say. */
export interface CallDefaults {
  /** UPN; `null` = every record must name its user. */
  readonly user: string | null;
  readonly kind: CallKind;
  readonly site: string | null;
  readonly ingressTrunk: string | null;
  readonly hideCallerId: boolean;
  /** E.164 or `anonymous`; `null` = not known. */
  readonly originalCaller: string | null;
}

/** Everything about a run but the tenant: plain data, so that it can be posted to a worker. */
export interface StreamSetup {
  readonly input: InputSetup;
  readonly output: OutputFormat;
  readonly defaults: CallDefaults;
  /** Report every fault, not only the first ones of a code. */
  readonly allFaults: boolean;
}
