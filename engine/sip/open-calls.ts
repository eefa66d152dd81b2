import type { CallOwner } from "./call-host.ts";

/** All calls of an endpoint of which anything is left. Adding and removing cost the same however many. */
export class OpenCalls {
  readonly #calls: CallOwner[] = [];

  add(call: CallOwner): void {
    call.slot = this.#calls.push(call) - 1;
  }

  remove(call: CallOwner): void {
    if (this.#calls[call.slot] !== call) return;
    const last = this.#calls.pop();
    if (last === undefined || last === call) return;
    last.slot = call.slot;
    this.#calls[call.slot] = last;
  }

  /** Forgets all of them; sends nothing, tells nobody. */
  dispose(): void {
    for (const call of this.#calls.slice()) call.dispose();
  }
}
