import { printableLine } from "../model/printable-line.ts";

/** Of what was wrong on the wire, told one by one; the rest is counted. */
const MAX_TOLD = 10;

/** Tells on stderr what was wrong on the wire, without being flooded by it. */
export class WireFaults {
  /** Makes room for lines of ours, where something else stands on the terminal. */
  above: (print: () => void) => void = (print) => print();
  readonly #isQuiet: boolean;
  #count = 0;

  constructor(isQuiet: boolean) {
    this.#isQuiet = isQuiet;
  }

  add(what: string): void {
    if (++this.#count > MAX_TOLD || this.#isQuiet) return;
    this.above(() => process.stderr.write(`wire: ${printableLine(what)}\n`));
  }

  tellRest(): void {
    const more = this.#count - MAX_TOLD;
    if (more > 0 && !this.#isQuiet) process.stderr.write(`wire: and ${more} more of the kind\n`);
  }
}
