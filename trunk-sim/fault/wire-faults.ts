import type { WireFate } from "../../engine/sip/sip-endpoint.ts";
import { keyedRandom } from "../scenario/call-random.ts";
import { drawSeconds } from "../scenario/distribution.ts";
import type { ActiveFaults } from "./fault-timeline.ts";

const NOW: WireFate = { deliver: "now" };
const NEVER: WireFate = { deliver: "never" };
const TWICE: WireFate = { deliver: "twice" };
const RESET: WireFate = { deliver: "reset" };

/** Different messages that are told apart, at most; beyond, the ones counted first are forgotten. */
const MAX_COUNTED_MESSAGES = 500_000;
/** How far a message is read for its headers. */
const MAX_HEAD_CHARS = 4_096;

/**
 * Decides what becomes of single messages while packet faults are on. Each message's draws are keyed by
 * what it says (direction, start line, CSeq, users of From and To) and how many alike came before, not
 * by Call-ID or time: the same calls lose the same messages in every run.
 *
 * `tcp-reset` breaks the connection instead of sending, so that what arrived is still seen and counted.
 */
export class WireFaults {
  readonly #key: string;
  readonly #seen = new Map<string, number>();

  /** `key` names the seed and the trunk. */
  constructor(key: string) {
    this.#key = key;
  }

  fateOf(faults: ActiveFaults, direction: "received" | "sent", message: string): WireFate {
    const loss = faults["packet-loss"];
    const delay = faults["packet-delay"];
    const duplication = faults["packet-duplication"];
    const reset = direction === "sent" ? faults["tcp-reset"] : undefined;
    if (!(loss || delay || duplication || reset)) return NOW;
    const draw = keyedRandom(this.#keyOf(direction, message));
    // WHY: one draw for each, always in this order, so that one fault's share leaves the others' alone.
    const draws = [draw(), draw(), draw(), draw()] as const;
    if (reset !== undefined && draws[0] < reset.share) return RESET;
    if (loss !== undefined && draws[1] < loss.share) return NEVER;
    if (duplication !== undefined && draws[2] < duplication.share) return TWICE;
    if (delay === undefined || draws[3] >= delay.share) return NOW;
    return {
      deliver: "later",
      afterMilliseconds: Math.round(drawSeconds(delay.seconds, draw) * 1_000),
    };
  }

  #keyOf(direction: string, message: string): string {
    const what = `${direction} ${messageKey(message)}`;
    const times = this.#seen.get(what) ?? 0;
    if (times === 0 && this.#seen.size >= MAX_COUNTED_MESSAGES) {
      const oldest = this.#seen.keys().next();
      if (!oldest.done) this.#seen.delete(oldest.value);
    }
    this.#seen.set(what, times + 1);
    return `${this.#key}\n${what}\n${times}`;
  }
}

/** What tells a message from others, the same in every run: no tag, branch, Call-ID or port in it. */
function messageKey(message: string): string {
  const head = message.slice(0, MAX_HEAD_CHARS);
  const start = /^(?:SIP\/2\.0 (\d{3})|([A-Z]{1,20}) )/.exec(head);
  const cseq = /^CSeq:[ \t]*(\d{1,10}[ \t]+[A-Z]{1,20})/im.exec(head)?.[1] ?? "";
  const from = /^(?:From|f):[^\r\n]{0,200}?sips?:([^@>;\r\n]{0,64})/im.exec(head)?.[1] ?? "";
  const to = /^(?:To|t):[^\r\n]{0,200}?sips?:([^@>;\r\n]{0,64})/im.exec(head)?.[1] ?? "";
  return `${start?.[1] ?? start?.[2] ?? "?"} ${cseq} ${from} ${to}`;
}
