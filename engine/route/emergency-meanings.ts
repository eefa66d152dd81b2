import type { CompiledTenant, RoutedClass } from "../compile/compiled-tenant.ts";
import type { CompiledEmergencyNumber, EmergencyProfile } from "../compile/emergency-calls.ts";
import { findOnNet } from "../compile/on-net-table.ts";
import type { RouteMatcher } from "../compile/route-matcher.ts";
import type { PolicySource } from "../model/decision.ts";
import { invariant } from "../model/engine-error.ts";
import { type Lane, laneOf } from "./lanes.ts";

/** What a dialed string means in an emergency, for callers of one kind at one place. */
export interface EmergencyMeaning {
  /** The policy that counts there, and how it came to; index into the tenant's emergency policies. */
  readonly policy: number;
  readonly policySource: PolicySource;
  readonly group: string | null;
  /** Its entry that the string means; `null` = an emergency number of the caller's country. */
  readonly entry: CompiledEmergencyNumber | null;
  /** The entry's dial string in bytes: what is called. */
  readonly dialString: Uint8Array | null;
  /** The way by the entry's usage; `null` = there is none for these callers. */
  readonly lane: Lane | null;
}

const PLUS = 0x2b;

/** Strings looked up by one router are remembered up to here; then all are forgotten. */
const MAX_MEANINGS = 65_536;

/**
 * Tells what is an emergency call. Nearly no number is one: callers should look at {@link longest} first.
 * What has been asked before costs a few look-ups and allocates nothing.
 */
export class EmergencyMeanings {
  /** Numbers with more symbols are no emergency numbers. */
  readonly longest: number;
  private readonly compiled: CompiledTenant;
  private readonly matchers: readonly RouteMatcher[];
  /** By place of profile and site policy, then by string. */
  private known: (Map<number, EmergencyMeaning | null> | undefined)[] = [];
  private count = 0;
  private nextLane: number;

  constructor(compiled: CompiledTenant, matchers: readonly RouteMatcher[]) {
    this.compiled = compiled;
    this.matchers = matchers;
    this.nextLane = compiled.classes.length;
    this.longest = compiled.emergency.longest;
  }

  /**
   * What the number in `bytes[start .. end)` means for a caller at a site; `null` = it is no emergency
   * call. A `+` before it counts for nothing (observed: emergency numbers used to arrive as +911).
   *
   * @param site - Index of the tenant's network site; -1 = none.
   */
  find(
    caller: number,
    site: number,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): EmergencyMeaning | null {
    const { emergency } = this.compiled;
    const from = bytes[start] === PLUS ? start + 1 : start;
    const text = findOnNet(emergency.strings, bytes, from, end);
    if (text < 0) return null;
    const profile = emergency.callers[caller] ?? 0;
    const sitePolicy = emergency.sitePolicies[site] ?? -1;
    const place = profile * (emergency.policies.length + 1) + sitePolicy + 1;
    const known = this.known[place]?.get(text);
    return known === undefined ? this.learn(place, text, profile, sitePolicy) : known;
  }

  private learn(
    place: number,
    text: number,
    profileIndex: number,
    sitePolicy: number,
  ): EmergencyMeaning | null {
    const profile = this.compiled.emergency.profiles[profileIndex];
    invariant(profile !== undefined, "a caller has no emergency profile");
    const meaning = this.meaningOf(profile, sitePolicy, text);
    if (++this.count > MAX_MEANINGS) {
      this.known = [];
      this.count = 1;
    }
    const here = this.known[place] ?? new Map<number, EmergencyMeaning | null>();
    here.set(text, meaning);
    this.known[place] = here;
    return meaning;
  }

  /**
   * The policy of the site counts before the caller's own, also where it does not know the string; of
   * entries that share a string, which the cmdlets refuse, the first counts.
   */
  private meaningOf(
    profile: EmergencyProfile,
    sitePolicy: number,
    text: number,
  ): EmergencyMeaning | null {
    const isSite = sitePolicy >= 0;
    const policy = isSite ? sitePolicy : profile.policy;
    const numbers = this.compiled.emergency.policies[policy]?.numbers ?? [];
    const entry = numbers.find(({ strings }) => strings.includes(text)) ?? null;
    if (entry === null && !profile.national.includes(text)) return null;
    const policySource = isSite ? "site" : profile.policySource;
    const group = isSite ? null : profile.group;
    return {
      policy,
      policySource,
      group,
      entry,
      dialString: entry === null ? null : Buffer.from(entry.dialString),
      lane: this.laneTo(entry, profile, policySource, group),
    };
  }

  private laneTo(
    entry: CompiledEmergencyNumber | null,
    profile: EmergencyProfile,
    policySource: PolicySource,
    group: string | null,
  ): Lane | null {
    if (entry === null || entry.routingPolicy < 0 || !profile.isDirectRouting) return null;
    const routing: RoutedClass = {
      refusal: null,
      policy: entry.routingPolicy,
      policySource,
      group,
      isMeeting: false,
      operatorOnly: false,
      microsoftBehindBridgeSource: false,
      noMatch: { to: "blocked", reason: "NO_MATCH" },
      restriction: null,
      numberType: "DirectRouting",
      sharedCalling: null,
    };
    return laneOf(this.nextLane++, routing, this.matchers);
  }
}
