import type { ChangeJournal } from "./change-journal.ts";
import type { ScriptValue } from "./script-value.ts";

/** A known value, or why it is not known. */
type Slot = { readonly value: ScriptValue } | { readonly cause: string };

/**
 * Variables by name in lower case, in the scopes of PowerShell: a function sees the variables of who
 * calls it, and sets its own (Microsoft: about_Scopes).
 */
export class ScriptVariables {
  readonly #scopes: Map<string, Slot>[] = [new Map()];
  readonly #journal: ChangeJournal;
  #allUnknown: string | null = null;

  constructor(journal: ChangeJournal) {
    this.#journal = journal;
  }

  get(key: string): ScriptValue | undefined {
    const slot = this.#find(key);
    return slot !== undefined && "value" in slot ? slot.value : undefined;
  }

  /** Why a variable has no known value; `null` when nothing ever set it. */
  causeOf(key: string): string | null {
    const slot = this.#find(key);
    if (slot !== undefined) return "cause" in slot ? slot.cause : null;
    return this.#allUnknown;
  }

  /** Every name that has a value in some scope. */
  *keys(): Generator<string> {
    for (const scope of this.#scopes) yield* scope.keys();
  }

  /** Sets a variable of this scope, or of the script itself. */
  set(key: string, value: ScriptValue, ofScript = false): void {
    this.#put(key, { value }, ofScript);
  }

  /** From here on the variable has no known value. */
  forget(key: string, cause: string, ofScript = false): void {
    this.#put(key, { cause }, ofScript);
  }

  /** From here on no variable has a known value. */
  forgetAll(cause: string): void {
    this.#allUnknown = cause;
    for (const scope of this.#scopes) scope.clear();
  }

  /** Begins a scope of its own, for a function or a called block. */
  enter(): void {
    this.#scopes.push(new Map());
  }

  leave(): void {
    if (this.#scopes.length > 1) this.#scopes.pop();
  }

  #find(key: string): Slot | undefined {
    for (let i = this.#scopes.length - 1; i >= 0; i--) {
      const slot = this.#scopes[i]?.get(key);
      if (slot !== undefined) return slot;
    }
    return undefined;
  }

  #put(key: string, slot: Slot, ofScript: boolean): void {
    const scope = ofScript ? this.#scopes[0] : this.#scopes.at(-1);
    if (scope === undefined) return;
    const before = scope.get(key);
    this.#journal.record(() => {
      if (before === undefined) scope.delete(key);
      else scope.set(key, before);
    });
    scope.set(key, slot);
  }
}
