import type { Problem } from "../../model/problem.ts";

/** The problems of a script, each told once however often a loop comes to it. */
export class ScriptProblems {
  readonly #all: Problem[] = [];
  readonly #keys: string[] = [];
  readonly #seen = new Set<string>();
  #errors = 0;
  #costly = 0;
  #failures = 0;
  #latest: Problem | null = null;

  add(found: Problem): void {
    const { code, what, at, severity } = found;
    if (severity === "error") {
      this.#failures++;
      this.#latest = found;
    }
    const key = `${at?.file ?? ""}:${at?.line ?? 0}:${at?.column ?? 0} ${code} ${what}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#keys.push(key);
    this.#all.push(found);
    if (severity === "error") this.#errors++;
    if (code === "REGEX_TOO_COMPLEX") this.#costly++;
  }

  addAll(found: readonly Problem[]): void {
    for (const one of found) this.add(one);
  }

  /** Runs `work`; what it finds is told only when `keep` says so of its result. */
  attempt<T>(work: () => T, keep: (result: T) => boolean): T {
    const before = this.#all.length;
    const errors = this.#errors;
    const failures = this.#failures;
    const result = work();
    if (keep(result)) return result;
    for (const key of this.#keys.splice(before)) this.#seen.delete(key);
    this.#all.length = before;
    this.#errors = errors;
    this.#failures = failures;
    return result;
  }

  get errors(): number {
    return this.#errors;
  }

  /** Patterns past the pattern compiler's budgets. */
  get costly(): number {
    return this.#costly;
  }

  /** How often an error was met, those that were told before too. */
  get failures(): number {
    return this.#failures;
  }

  /** The latest error, told before or not. */
  get latest(): Problem | null {
    return this.#latest;
  }

  all(): readonly Problem[] {
    return this.#all;
  }
}
