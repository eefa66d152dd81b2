import { nameKey } from "../model/name-key.ts";
import type { TrunkLoad } from "./caller.ts";
import { TrunkAdmission } from "./trunk-admission.ts";
import type { TrunkTarget, TrunkTargets } from "./trunk-targets.ts";

/** What each trunk of a caller carries; those that leave the tenant are kept while they carry calls. */
export class TrunkLines {
  readonly #lines = new Map<string, { target: TrunkTarget; readonly admission: TrunkAdmission }>();

  /** Calls go by these targets from here on. */
  adopt(targets: TrunkTargets): void {
    for (const [key, line] of this.#lines) {
      if (!targets.has(key) && line.admission.calls === 0) this.#lines.delete(key);
    }
    for (const [key, target] of targets) {
      const line = this.#lines.get(key);
      if (line !== undefined) line.target = target;
      else this.#lines.set(key, { target, admission: new TrunkAdmission() });
    }
  }

  /** Counts of one of the trunks it was given. */
  of({ name }: TrunkTarget): TrunkAdmission {
    return this.#lines.get(nameKey(name))?.admission ?? new TrunkAdmission();
  }

  load(): readonly TrunkLoad[] {
    return [...this.#lines.values()].map(({ target, admission }) => ({
      trunk: target.name,
      operator: target.operator,
      calls: admission.calls,
      maxConcurrentCalls: target.maxConcurrentCalls,
    }));
  }
}
