import type { WireFate } from "./sip-endpoint.ts";
import { MAX_DELAYED_MESSAGES } from "./socket-budgets.ts";

const LONGEST_TIMER = 2 ** 31 - 1;

/** Does to messages what was decided for them, and holds those that come later. */
export class WireFates {
  readonly #delayed = new Set<NodeJS.Timeout>();

  /**
   * Delivers a message now, never, later or twice, or breaks its connection by `reset`. What is delivered
   * later, or never, counts as delivered now.
   */
  async apply(
    fate: WireFate,
    deliver: () => void | Promise<void>,
    reset: () => void | Promise<void>,
  ): Promise<void> {
    switch (fate.deliver) {
      case "now":
        return deliver();
      case "never":
        return;
      case "later":
        return this.#deliverLater(fate.afterMilliseconds, deliver);
      case "twice":
        await Promise.all([deliver(), deliver()]);
        return;
      case "reset":
        return reset();
    }
  }

  /** Loses what is still held back. */
  clear(): void {
    for (const timer of this.#delayed) clearTimeout(timer);
    this.#delayed.clear();
  }

  #deliverLater(afterMilliseconds: number, deliver: () => void | Promise<void>): void {
    if (this.#delayed.size >= MAX_DELAYED_MESSAGES) return;
    const timer = setTimeout(
      () => {
        this.#delayed.delete(timer);
        // WHY: its sender was told long ago that it is on its way; failing now, it is lost as in a network.
        void Promise.resolve(deliver()).catch(() => undefined);
      },
      Math.min(Math.max(0, afterMilliseconds), LONGEST_TIMER),
    );
    this.#delayed.add(timer);
  }
}
