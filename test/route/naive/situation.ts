import type { Call } from "../../../engine/model/call.ts";
import type { Tenant } from "../../../engine/model/tenant.ts";
import type { Caller } from "./callers.ts";
import type { CallsBy } from "./calls-by.ts";
import type { OddCountryOf } from "./countries.ts";
import type { Moment } from "./trunk-order.ts";
import type { HearWire } from "./wire.ts";

/** Hears what happened on the way, in a few words: for counting what a run has tried. */
export type Note = (what: string) => void;

/** What is known of a call from its start to its end. */
export interface Situation {
  readonly tenant: Tenant;
  readonly call: Call;
  readonly caller: Caller;
  /** After the dial plan. */
  readonly number: string;
  readonly isMeeting: boolean;
  readonly callsBy: CallsBy | null;
  readonly moment: Moment;
  readonly oddCountryOf: OddCountryOf;
  readonly note: Note;
  readonly hear: HearWire;
}
