/**
 * Why a call is blocked, one sentence for each reason, in an administrator's words.
 *
 * @module
 */
import type { BlockReason } from "../model/decision.ts";
import { type CallerFacts, callerWords } from "./caller-facts.ts";

/** Whose number the call goes by, and what is known of the caller. */
export interface NumberSide {
  readonly facts: CallerFacts;
  /** The resource account of shared calling; `null` = the caller's own number. */
  readonly account: string | null;
}

/** "the user's number", "the number of resource account …" and the like, of a noun. */
export function ofNumberSide(noun: string, { facts, account }: NumberSide): string {
  return account === null ? `${callerWords(facts)}'s ${noun}` : `the ${noun} of ${account}`;
}

/** What pays for a call that Microsoft carries by a number of its own; "covers" or "cover" follows. */
export function payingText(side: NumberSide): string {
  const { hasCallingPlan, hasCommunicationsCredits } = side.facts;
  if (!hasCommunicationsCredits) return `${ofNumberSide("calling plan", side)} covers`;
  const noun = hasCallingPlan
    ? "calling plan and Communications Credits"
    : "Communications Credits";
  return `${ofNumberSide(noun, side)} cover`;
}

type Text = (side: NumberSide) => string;

function always(text: string): Text {
  return () => text;
}

/** By what an organizer with both conferencing licences is still held to the operator's. */
const OPERATOR_LICENCE_WINS =
  "which option operatorConnectConferencingWins puts before the organizer's Audio Conferencing licence";

function operatorsLicence({ facts }: NumberSide): string {
  const why = facts.hasBothConferencing
    ? OPERATOR_LICENCE_WINS
    : "the organizer's only conferencing licence";
  return `Operator Connect Conferencing, ${why}, allows`;
}

function noMatch(side: NumberSide): string {
  const { kind, isSovereign } = side.facts;
  if (kind === "organizer" && isSovereign) {
    return "and in GCC High and DoD only the voice routing policy that counts for everybody routes calls out of meetings";
  }
  return `and neither ${ofNumberSide("number", side)} nor a calling plan gives the call another way out`;
}

function noCallingPlan(side: NumberSide): string {
  if (side.facts.hasCallingPlan) {
    return `and ${ofNumberSide("calling plan", side)} does not cover the destination`;
  }
  const holder = side.account ?? callerWords(side.facts);
  return `and ${holder} has neither a calling plan nor Communications Credits, without which Microsoft carries no call of a Calling Plan number`;
}

function noNumber({ facts, account }: NumberSide): string {
  if (account === null) return `${callerWords(facts)} has no phone number`;
  const why = facts.sharedAccountMissing ? "is not in the tenant" : "has no phone number";
  return `${account}, by whose number the user calls, ${why}`;
}

const TEXTS: Readonly<Record<BlockReason, Text>> = {
  NO_MATCH: noMatch,
  NO_TRUNK: always("none of the routes that match leads to anything in service"),
  NOT_TEAMS_ONLY: ({ facts }) => `${callerWords(facts)}'s coexistence mode is not TeamsOnly`,
  NO_TEAMS_PHONE: ({ facts }) =>
    facts.kind === "resource-account"
      ? "the resource account has no Teams Phone Resource Account licence"
      : `${callerWords(facts)} has no Teams Phone licence`,
  NOT_VOICE_ENABLED: ({ facts }) => `Enterprise Voice is not enabled for ${callerWords(facts)}`,
  NO_NUMBER: noNumber,
  NO_CONFERENCING_LICENSE: ({ facts: { kind } }) =>
    kind === "resource-account"
      ? "a resource account organizes no meetings"
      : "the meeting's organizer has neither a conferencing licence nor a Teams Phone licence",
  DIALOUT_RESTRICTED: ({ facts }) =>
    `${callerWords(facts)}'s dial-out policy forbids the destination`,
  OCC_NO_MATCH: (side) => `and ${operatorsLicence(side)} no other way out`,
  OCC_GATEWAY_NOT_ALLOWED: (side) =>
    `the routes that match lead to gateways, and ${operatorsLicence(side)} operators only`,
  OPERATOR_SUSPENDED: always("the operator of the route that matches is suspended"),
  CALLING_PLAN_DESTINATION: noCallingPlan,
  USER_UNKNOWN: always("no user or resource account of that name is in the tenant"),
  NUMBER_NOT_DIALABLE: always("what was dialed is no number"),
  INPUT_MALFORMED: always("the input is malformed"),
};

/** The sentence for a reason; some follow what did not match. */
export function blockedText(reason: BlockReason, side: NumberSide): string {
  return TEXTS[reason](side);
}
