import { NOT_KEPT } from "../route/outline.ts";
import type { Router } from "../route/router.ts";
import { MAX_KEPT_OUTLINES } from "./budgets.ts";
import type { RowFormat } from "./row-format.ts";
import { type RowPart, RowParts } from "./row-parts.ts";
import type { ChunkTally } from "./tally.ts";

/** All of a row that follows the number. */
export interface LineRow extends RowPart {
  /** Index of what is shown of the caller; {@link ANY_CALLER_ID} = that does not depend on her. */
  readonly callerId: number;
  /** Where it is counted. */
  readonly tally: number;
}

/** Below every index of a caller ID, and what stands for none. */
const ANY_CALLER_ID = -2;

/** What the rows of one caller's calls of one kind end with: one part for each outline. */
export class LineRows {
  readonly #format: RowFormat;
  readonly #router: Router;
  readonly #tally: ChunkTally;
  /** The part of each row that says who called and why. */
  readonly #caller: Uint8Array;
  #parts = new RowParts();
  /** By index of the outline. */
  #rows: (LineRow | undefined)[] = [];
  #rowCount = 0;
  #generation = 0;

  constructor(format: RowFormat, router: Router, tally: ChunkTally, caller: Uint8Array) {
    this.#format = format;
    this.#router = router;
    this.#tally = tally;
    this.#caller = caller;
  }

  /** What follows the number that the router was last asked about, by the outline it gave. */
  rowOf(outline: number): LineRow {
    const router = this.#router;
    if (router.generation === this.#generation) {
      const row = this.#rows[outline];
      if (row !== undefined) {
        const { callerId } = row;
        if (callerId === ANY_CALLER_ID || callerId === router.callerId) return row;
      }
    }
    return this.#add(outline);
  }

  #add(outline: number): LineRow {
    const router = this.#router;
    const { decision, showsOwnNumber } = router.outline(outline);
    const shown = showsOwnNumber ? router.shownCallerId(router.callerId) : decision.callerId;
    const { afterNumber } = this.#format;
    const { before, after } = this.#format.formatDecision(decision, router.revision);
    const callerId = this.#format.formatCallerId(shown);
    const row = {
      ...this.#parts.keep(afterNumber, this.#caller, before, callerId, after),
      callerId: showsOwnNumber ? router.callerId : ANY_CALLER_ID,
      tally: this.#tally.indexOf(decision),
    };
    if (outline !== NOT_KEPT) this.#keep(outline, row);
    return row;
  }

  #keep(outline: number, row: LineRow): void {
    const { generation } = this.#router;
    if (generation !== this.#generation || ++this.#rowCount > MAX_KEPT_OUTLINES) {
      this.#rows = [];
      this.#parts = new RowParts();
      this.#rowCount = 1;
      this.#generation = generation;
    }
    this.#rows[outline] = row;
  }
}
