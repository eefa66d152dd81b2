import type { RouteDecision } from "../model/decision.ts";
import { NOT_KEPT } from "../route/outline.ts";
import type { Router } from "../route/router.ts";
import { MAX_CACHED_USERS, MAX_KEPT_OUTLINES } from "./budgets.ts";
import { MAX_WORDS_LENGTH, MIN_WORDS_LENGTH, type OutputBytes } from "./output-bytes.ts";
import type { RowFormat } from "./row-format.ts";
import { type RowPart, RowParts } from "./row-parts.ts";
import type { ChunkTally } from "./tally.ts";

/** An outline as rows need it. */
interface OutlineRow {
  /** Up to what is shown of the caller; the whole when that does not depend on her. */
  readonly before: RowPart;
  /** What follows that; `null` = nothing. */
  readonly after: RowPart | null;
  /** Where it is counted. */
  readonly tally: number;
}

/**
 * Writes rows whose parts are formatted once: around the number, for each outline, for each caller ID, so
 * that callers with numbers of their own share the rest.
 */
export class DecisionRows {
  readonly #format: RowFormat;
  readonly #router: Router;
  readonly #tally: ChunkTally;
  readonly #parts = new RowParts();
  readonly #beforeDialed: RowPart;
  readonly #beforeNumber: RowPart | null;
  readonly #afterNumber: RowPart;
  /** By index of the outline. */
  #rows: (OutlineRow | undefined)[] = [];
  #rowCount = 0;
  #generation = 0;
  /** By index of the caller ID. */
  #callerIds: (RowPart | undefined)[] = [];
  #callerIdCount = 0;
  #chunk = new Uint8Array(0);
  #view: DataView = new DataView(this.#chunk.buffer);

  constructor(format: RowFormat, router: Router, tally: ChunkTally) {
    this.#format = format;
    this.#router = router;
    this.#tally = tally;
    const { beforeDialed, beforeNumber, afterNumber } = format;
    this.#beforeDialed = this.#parts.keep(beforeDialed);
    this.#beforeNumber = beforeNumber === null ? null : this.#parts.keep(beforeNumber);
    this.#afterNumber = this.#parts.keep(afterNumber);
  }

  /** Starts on a chunk. */
  open(chunk: Uint8Array, view: DataView): void {
    this.#chunk = chunk as Uint8Array<ArrayBuffer>;
    this.#view = view;
  }

  /**
   * Writes the number that the router was last asked about, as dialed in `bytes[start .. end)` and as
   * normalised.
   */
  putNumbers(out: OutputBytes, bytes: Uint8Array, start: number, end: number): void {
    const { numberBytes, numberStart, numberEnd } = this.#router;
    const length = end - start;
    const isAsDialed =
      bytes === this.#chunk && numberBytes === bytes && numberStart === start && numberEnd === end;
    if (!isAsDialed || length < MIN_WORDS_LENGTH || length > MAX_WORDS_LENGTH) {
      this.#format.putDialed(out, bytes, start, end);
      this.#format.putNumber(out, numberBytes, numberStart, numberEnd);
      return;
    }
    // WHY nothing is quoted: a number has no symbol that needs it.
    const view = this.#view;
    out.putPart(this.#beforeDialed);
    out.putWords(view, start, end);
    if (this.#beforeNumber === null) return;
    out.putPart(this.#beforeNumber);
    out.putWords(view, start, end);
    out.putPart(this.#afterNumber);
  }

  /** Writes and counts the decision that the router's last call came to, by its outline. */
  put(out: OutputBytes, outline: number): void {
    const { before, after, tally } = this.#rowOf(outline);
    const { counts } = this.#tally;
    counts[tally] = (counts[tally] ?? 0) + 1;
    out.putPart(before);
    if (after === null) return;
    out.putPart(this.#callerId(this.#router.callerId));
    out.putPart(after);
  }

  /** Writes and counts a decision of its own. */
  putDecision(out: OutputBytes, decision: RouteDecision): void {
    const { before, after } = this.#format.formatDecision(decision, this.#router.revision);
    const { counts } = this.#tally;
    const way = this.#tally.indexOf(decision);
    counts[way] = (counts[way] ?? 0) + 1;
    out.put(before);
    out.put(this.#format.formatCallerId(decision.callerId));
    out.put(after);
  }

  #rowOf(index: number): OutlineRow {
    const { generation } = this.#router;
    if (generation !== this.#generation) {
      this.#forget();
      this.#generation = generation;
    }
    return this.#rows[index] ?? this.#add(index);
  }

  #add(index: number): OutlineRow {
    const { decision, showsOwnNumber } = this.#router.outline(index);
    const { before, after } = this.#format.formatDecision(decision, this.#router.revision);
    const callerId = this.#format.formatCallerId(decision.callerId);
    const tally = this.#tally.indexOf(decision);
    const row: OutlineRow = showsOwnNumber
      ? { before: this.#parts.keep(before), after: this.#parts.keep(after), tally }
      : { before: this.#parts.keep(before, callerId, after), after: null, tally };
    if (index === NOT_KEPT) return row;
    if (++this.#rowCount > MAX_KEPT_OUTLINES) this.#forget();
    this.#rows[index] = row;
    return row;
  }

  #forget(): void {
    this.#rows = [];
    this.#rowCount = 0;
  }

  #callerId(index: number): RowPart {
    return this.#callerIds[index] ?? this.#addCallerId(index);
  }

  #addCallerId(index: number): RowPart {
    if (this.#callerIdCount >= MAX_CACHED_USERS) {
      this.#callerIds = [];
      this.#callerIdCount = 0;
    }
    const part = this.#parts.keep(this.#format.formatCallerId(this.#router.shownCallerId(index)));
    this.#callerIds[index] = part;
    this.#callerIdCount++;
    return part;
  }
}
