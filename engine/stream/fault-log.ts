import { MAX_PROBLEMS_TOLD } from "./budgets.ts";
import type { InputFault, InputFaultCode } from "./input-fault.ts";

/** Collects the faults of one chunk: the first ones of each code, or all, and how many there were. */
export class FaultLog {
  readonly #all: boolean;
  #faults: InputFault[] = [];
  #counts = new Map<InputFaultCode, number>();

  constructor(all: boolean) {
    this.#all = all;
  }

  /** Counts a fault; `describe` is called only when it will be told. */
  add(code: InputFaultCode, describe: () => InputFault): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (this.#all || count <= MAX_PROBLEMS_TOLD) this.#faults.push(describe());
  }

  /** Hands over what was collected and starts afresh. */
  take(): { faults: InputFault[]; counts: [InputFaultCode, number][] } {
    const taken = { faults: this.#faults, counts: [...this.#counts] };
    this.#faults = [];
    this.#counts = new Map();
    return taken;
  }
}
