import type { RouteDecision } from "../model/decision.ts";
import { NOT_KEPT } from "../route/outline.ts";
import type { Router } from "../route/router.ts";
import { MAX_CACHED_USERS } from "./budgets.ts";
import type { OutputBytes } from "./output-bytes.ts";
import type { DecisionParts, RowFormat } from "./row-format.ts";
import { Tally, type TallyLine } from "./tally.ts";

/** An outline as rows need it. */
interface OutlineRow extends DecisionParts {
  /** What is shown of the caller; `null` = that depends on her. */
  readonly callerId: Uint8Array | null;
  /** Where it is counted. */
  readonly tally: TallyLine;
}

/**
 * The ends of rows. Each outline is formatted once, and each caller ID, so that callers with numbers of
 * their own share the rest.
 */
export class DecisionRows {
  readonly tally = new Tally();
  readonly #format: RowFormat;
  readonly #router: Router;
  /** By index of the outline. */
  #rows: (OutlineRow | undefined)[] = [];
  #generation = 0;
  /** By index of the caller ID. */
  #callerIds: (Uint8Array | undefined)[] = [];
  #callerIdCount = 0;

  constructor(format: RowFormat, router: Router) {
    this.#format = format;
    this.#router = router;
  }

  /** Writes and counts the decision that the router's last call came to, by its outline. */
  put(out: OutputBytes, outline: number): void {
    const row = this.#rowOf(outline);
    row.tally.count++;
    out.put(row.before);
    out.put(row.callerId ?? this.#callerId(this.#router.callerId));
    out.put(row.after);
  }

  /** Writes and counts a decision of its own. */
  putDecision(out: OutputBytes, decision: RouteDecision): void {
    const { before, after } = this.#format.formatDecision(decision, this.#router.revision);
    this.#tallyOf(decision).count++;
    out.put(before);
    out.put(this.#format.formatCallerId(decision.callerId));
    out.put(after);
  }

  #rowOf(index: number): OutlineRow {
    const { generation } = this.#router;
    if (generation !== this.#generation) {
      this.#rows = [];
      this.#generation = generation;
    }
    return this.#rows[index] ?? this.#add(index);
  }

  #add(index: number): OutlineRow {
    const { decision, showsOwnNumber } = this.#router.outline(index);
    const row = {
      ...this.#format.formatDecision(decision, this.#router.revision),
      callerId: showsOwnNumber ? null : this.#format.formatCallerId(decision.callerId),
      tally: this.#tallyOf(decision),
    };
    if (index !== NOT_KEPT) this.#rows[index] = row;
    return row;
  }

  #tallyOf({ outcome, operator, reason }: RouteDecision): TallyLine {
    return this.tally.line(outcome, operator, reason);
  }

  #callerId(index: number): Uint8Array {
    return this.#callerIds[index] ?? this.#addCallerId(index);
  }

  #addCallerId(index: number): Uint8Array {
    if (this.#callerIdCount >= MAX_CACHED_USERS) {
      this.#callerIds = [];
      this.#callerIdCount = 0;
    }
    const bytes = this.#format.formatCallerId(this.#router.shownCallerId(index));
    this.#callerIds[index] = bytes;
    this.#callerIdCount++;
    return bytes;
  }
}
