import type { ScriptValue } from "./script-value.ts";

/** Variables by name in lower case; what the statement at hand has set can be taken back. */
export class ScriptVariables {
  readonly #values = new Map<string, ScriptValue>();
  readonly #before: [key: string, value: ScriptValue | undefined][] = [];

  get(key: string): ScriptValue | undefined {
    return this.#values.get(key);
  }

  keys(): Iterable<string> {
    return this.#values.keys();
  }

  set(key: string, value: ScriptValue): void {
    this.#before.push([key, this.#values.get(key)]);
    this.#values.set(key, value);
  }

  /** Keeps what was set since the last call of `keep` or `takeBack`. */
  keep(): void {
    this.#before.length = 0;
  }

  /** Undoes it, the latest first. */
  takeBack(): void {
    for (const [key, value] of this.#before.splice(0).reverse()) {
      if (value === undefined) this.#values.delete(key);
      else this.#values.set(key, value);
    }
  }

  /** From here on the variable has no known value. */
  forget(key: string): void {
    this.#values.delete(key);
  }

  forgetAll(): void {
    this.#values.clear();
  }
}
