import type { Tenant } from "../../../engine/model/tenant.ts";
import { rewritten } from "./dial-plan.ts";
import { patternOf, same } from "./names.ts";
import type { Note } from "./situation.ts";

/** A number on the wire, and what the first rule that matched made of it when that is none. */
export interface Sent {
  readonly number: string;
  readonly rule: string | null;
  readonly invalid: string | null;
}

/** What one gateway is sent. */
export interface Wire {
  readonly gateway: string;
  readonly called: Sent;
  /** `null` when no number is shown. */
  readonly calling: Sent | null;
}

/** Hears what each gateway of a plan is sent, in any order. */
export type HearWire = (wire: Wire) => void;

/** The two numbers of a call as they are decided. */
export interface Decided {
  readonly tenant: Tenant;
  readonly number: string;
  readonly callerId: string | null;
  readonly note: Note;
}

/** The two numbers after the rules of a gateway, which one with derived trunks' settings has not. */
export function sentTo({ tenant, number, callerId, note }: Decided, name: string): Wire {
  const gateway = tenant.onlinePstnGateways.find((one) => same(one.identity, name));
  const isTranslating = gateway !== undefined && !gateway.derived;
  const forCalled = isTranslating ? gateway.outboundPstnNumberTranslationRules : [];
  const forCalling = isTranslating ? gateway.outboundTeamsNumberTranslationRules : [];
  const isShown = callerId !== null && callerId !== "anonymous";
  const called = translated(tenant, forCalled, number);
  const calling = isShown ? translated(tenant, forCalling, callerId) : null;
  note(`called number ${toldOf(called)}`);
  note(calling === null ? "no calling number" : `calling number ${toldOf(calling)}`);
  return { gateway: name, called, calling };
}

function toldOf({ rule, invalid }: Sent): string {
  if (rule === null) return "as it was";
  return invalid === null ? "translated" : "spoilt by a rule";
}

/** The first rule that matches, and no other; what is no number after it goes out as it was. */
function translated(tenant: Tenant, names: readonly string[], number: string): Sent {
  for (const name of names) {
    const rule = tenant.teamsTranslationRules.find((one) => same(one.identity, name));
    if (rule === undefined || !patternOf(rule.pattern).test(number)) continue;
    const result = rewritten(rule.pattern, rule.translation, number);
    const isNumber = /^\+?[0-9*#]{1,20}$/.test(result);
    return {
      number: isNumber ? result : number,
      rule: rule.identity,
      invalid: isNumber ? null : result,
    };
  }
  return { number, rule: null, invalid: null };
}
