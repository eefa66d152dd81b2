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

  constructor({ users, resourceAccounts }: Tenant) {
    for (const { userPrincipalName, displayName, lineUri } of [...resourceAccounts, ...users]) {
      const ownNumber = parseLineUri(lineUri)?.number ?? null;
      this.#people.set(nameKey(userPrincipalName), { displayName, ownNumber });
    }
  }

  /** A meeting calls in the bridge's name, not in its organizer's. */
  of({ user, kind }: Call, number: string): Omit<InviteParties, "callerId"> {
    const person = isMeetingCall(kind) ? NOBODY : (this.#people.get(nameKey(user)) ?? NOBODY);
    return { kind, number, displayName: person.displayName, ownNumber: person.ownNumber };
  }
}
