/** What a script has changed in its variables and objects, so that a refused statement can be undone. */
export class ChangeJournal {
  readonly #undo: (() => void)[] = [];

  /** Notes how to take back a change that was just made. */
  record(undo: () => void): void {
    this.#undo.push(undo);
  }

  /** Where it stands now, for `undoTo`. */
  mark(): number {
    return this.#undo.length;
  }

  /** Takes back everything since `mark`, the latest first. */
  undoTo(mark: number): void {
    while (this.#undo.length > mark) this.#undo.pop()?.();
  }

  /** Keeps everything for good. */
  clear(): void {
    this.#undo.length = 0;
  }
}
