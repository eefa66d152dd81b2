import { callingLineIdentities } from "../compile/caller-id-rule.ts";
import { sharedCallingRule } from "../compile/shared-calling.ts";
import { type Call, isMeetingCall } from "../model/call.ts";
import { parseLineUri } from "../model/line-uri.ts";
import { nameKey } from "../model/name-key.ts";
import type { Tenant } from "../model/tenant.ts";
import type { InviteParties } from "./plan-invite.ts";

interface Person {
  readonly displayName: string | null;
  readonly ownNumber: string | null;
}

const NOBODY: Person = { displayName: null, ownNumber: null };

/** Who the callers of a tenant are, as INVITEs tell it. O(users) once, O(1) a call. */
export class CallingParties {
  readonly #people = new Map<string, Person>();

  /**
   * A company name of the user's calling line identity stands where her own would (documented: Microsoft,
   * New-CsCallingLineIdentity -CompanyName), and shared calling's number where her own would.
   */
  constructor(tenant: Tenant) {
    const identityOf = callingLineIdentities(tenant, []);
    const sharedCallingOf = sharedCallingRule(tenant, []);
    for (const { userPrincipalName, displayName, lineUri } of tenant.resourceAccounts) {
      this.#add(userPrincipalName, displayName, lineUri);
    }
    for (const user of tenant.users) {
      const name = identityOf(user)?.companyName ?? user.displayName;
      const lineUri = sharedCallingOf(user)?.account?.lineUri ?? user.lineUri;
      this.#add(user.userPrincipalName, name, lineUri);
    }
  }

  #add(userPrincipalName: string, displayName: string | null, lineUri: string | null): void {
    const ownNumber = parseLineUri(lineUri)?.number ?? null;
    this.#people.set(nameKey(userPrincipalName), { displayName, ownNumber });
  }

  /** A meeting calls in the bridge's name, not in its organizer's. */
  of({ user, kind, originalCaller }: Call, number: string): Omit<InviteParties, "callerId"> {
    const person = isMeetingCall(kind) ? NOBODY : (this.#people.get(nameKey(user)) ?? NOBODY);
    const { displayName, ownNumber } = person;
    const original = kind === "forward" ? (originalCaller ?? null) : null;
    return { kind, number, displayName, ownNumber, originalCaller: original };
  }
}
