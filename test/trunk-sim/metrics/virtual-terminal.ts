/** What a terminal shows after a program wrote to it: text, line feeds, and the few sequences that we use. */
export class VirtualTerminal {
  readonly isTTY = true;
  readonly rows: number;
  readonly columns: number;
  written = "";
  cursorIsShown = true;
  #lines: string[] = [""];
  #row = 0;
  #column = 0;
  #folds = true;

  constructor(rows: number, columns: number) {
    this.rows = rows;
    this.columns = columns;
  }

  /** What is on the screen, colours left out. */
  get screen(): readonly string[] {
    return this.#lines.slice(-this.rows).map((line) => line.trimEnd());
  }

  /** What is on it and above it. */
  get scrolledLines(): number {
    return this.#lines.length;
  }

  write(text: string): boolean {
    this.written += text;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a terminal reads
    const parts = text.matchAll(/\u001b\[(\??)(\d*)([A-Za-z])|[\s\S]/g);
    for (const [all, isPrivate, number = "", letter] of parts) {
      if (letter === undefined) this.#print(all);
      else this.#obey(isPrivate === "?", number, letter);
    }
    return true;
  }

  #obey(isPrivate: boolean, number: string, letter: string): void {
    if (isPrivate && number === "25") this.cursorIsShown = letter === "h";
    else if (isPrivate && number === "7") this.#folds = letter === "h";
    else if (letter === "A") this.#row = Math.max(this.#top(), this.#row - Number(number));
    else if (letter === "J") {
      this.#lines.length = this.#row + 1;
      this.#lines[this.#row] = this.#line().slice(0, this.#column);
    } else if (letter !== "m") throw new Error(`an unknown sequence: ${number}${letter}`);
  }

  #print(character: string): void {
    if (character === "\n") {
      this.#row++;
      this.#column = 0;
    } else if (character === "\r") {
      this.#column = 0;
    } else {
      if (this.#column >= this.columns) {
        if (!this.#folds) return;
        this.#row++;
        this.#column = 0;
      }
      const line = this.#line().padEnd(this.#column);
      this.#lines[this.#row] = line.slice(0, this.#column) + character + line.slice(++this.#column);
    }
    while (this.#lines.length <= this.#row) this.#lines.push("");
  }

  /** Above it a cursor cannot go. */
  #top(): number {
    return Math.max(0, this.#lines.length - this.rows);
  }

  #line(): string {
    return this.#lines[this.#row] ?? "";
  }
}
