/**
 * Finds the captures of a pattern in a number, the same that .NET's backtracking finds: the leftmost
 * match, alternatives in the order in which they are written, of each group the last capture.
 *
 * It tries in .NET's order, but never the same instruction at the same place twice: what failed there
 * once fails again, since nothing in this dialect looks back at a capture. What may differ is whether the
 * iteration of a loop has been empty so far, after which .NET leaves the loop; hence the third index of
 * the cells below. Lookarounds answer once for each place.
 *
 * @module
 */

import {
  ANCHORS,
  ASSERT,
  CAPTURE,
  type CaptureProgram,
  ITERATED,
  LOOK,
  type LookProgram,
  MATCH,
  NOTE,
  READ,
  READ_BACK,
  SPLIT,
} from "./capture-program.ts";
import { MAX_REWRITTEN_LENGTH } from "./pattern-budget.ts";

/** A slot that nothing has been written to. */
const UNSET = -1;
/** The same, inside a lookaround: what was there before stays. */
const UNTOUCHED = -2;

const FAILED = -1;

const UNKNOWN = 0;
const HOLDS = 1;
const FAILS = 2;

/** Where the captures of lookarounds are kept, by program. */
interface Memory {
  readonly program: CaptureProgram;
  /** By lookaround and place: {@link UNKNOWN}, {@link HOLDS}, {@link FAILS}. */
  readonly answers: Uint8Array;
  /** For each lookaround that holds, the slots of its groups. */
  readonly captures: Int16Array;
  /** Where the captures of each lookaround begin. */
  readonly captureStart: Int32Array;
}

const PLACES = MAX_REWRITTEN_LENGTH + 1;

/**
 * Runs programs on one number after the other; holds the number it works on. Once it has grown to the
 * largest of its programs, it allocates nothing for those it has met before.
 *
 * Cost of a search: O(length of the program · length of the number · depth of its loops), and as much
 * again for each place where a lookaround holds.
 */
export class CaptureMachine {
  /** Slots of the last match: start and end of each group, -1 = it has none. */
  slots = new Int32Array(0);
  private readonly symbols = new Uint8Array(MAX_REWRITTEN_LENGTH);
  private length = 0;
  private program: CaptureProgram | null = null;
  private memory: Memory | null = null;
  private readonly memories = new WeakMap<CaptureProgram, Memory>();
  /** The search that came by each cell last. */
  private cells = new Int32Array(0);
  private searches = 0;
  /** What is still to be tried: an instruction and a place, or a slot (negative) and its old value. */
  private stack = new Int32Array(256);
  private top = 0;

  /** Takes a program and a number of at most {@link MAX_REWRITTEN_LENGTH} symbols. */
  read(program: CaptureProgram, symbols: Uint8Array, length: number): void {
    // WHY no `set`: the view that it takes would be all that a rewrite allocates.
    for (let at = 0; at < length; at++) this.symbols[at] = symbols[at] ?? 0;
    this.length = length;
    if (program !== this.program) this.take(program);
    this.memory?.answers.fill(UNKNOWN);
  }

  private take(program: CaptureProgram): void {
    this.program = program;
    const cells = program.ops.length * PLACES * (program.loopDepth + 1);
    if (this.cells.length < cells) this.cells = new Int32Array(cells);
    if (this.slots.length < program.slotCount) this.slots = new Int32Array(program.slotCount);
    let memory = this.memories.get(program);
    if (memory === undefined) {
      memory = memoryOf(program);
      this.memories.set(program, memory);
    }
    this.memory = memory;
  }

  /** Searches from a place on; `slots` hold what was found. */
  find(from: number): boolean {
    const { program } = this;
    if (program === null) return false;
    const search = this.nextSearch();
    for (let start = from; start <= this.length; start++) {
      this.slots.fill(UNSET);
      const end = this.search(program, program.entry, start, search);
      if (end === FAILED) continue;
      this.top = 0;
      this.slots[0] = start;
      this.slots[1] = end;
      return true;
    }
    return false;
  }

  private nextSearch(): number {
    if (this.searches === 0x7fffffff) {
      this.searches = 0;
      this.cells.fill(0);
    }
    return ++this.searches;
  }

  /**
   * Tries everything from an instruction on. Returns the place of the first match, with the slots as they
   * are there and what was not tried still on the stack; or {@link FAILED}, with both as before.
   */
  private search(program: CaptureProgram, entry: number, place: number, search: number): number {
    const base = this.top;
    this.push(entry, place);
    while (this.top > base) {
      this.top -= 2;
      const at = this.stack[this.top] ?? 0;
      const value = this.stack[this.top + 1] ?? 0;
      if (at < 0) {
        this.slots[~at] = value;
        continue;
      }
      const end = this.run(program, at, value, search);
      if (end !== FAILED) return end;
    }
    return FAILED;
  }

  /** One attempt: what it passes by is left on the stack. */
  private run(program: CaptureProgram, entry: number, start: number, search: number): number {
    let at = entry;
    let place = start;
    while (this.comesFirst(program, at, place, search)) {
      const op = program.ops[at] ?? MATCH;
      if (op === MATCH) return place;
      const operand = program.b[at] ?? 0;
      const after = this.step(program, op, operand, place);
      if (after === FAILED) return FAILED;
      const isEmpty = op === ITERATED && this.slots[program.c[at] ?? 0] === place;
      at = isEmpty ? operand : (program.a[at] ?? 0);
      place = after;
    }
    return FAILED;
  }

  /** The place after an instruction; {@link FAILED} when it does not let the attempt pass. */
  private step(program: CaptureProgram, op: number, operand: number, place: number): number {
    switch (op) {
      case READ:
        return this.isIn(operand, place) ? place + 1 : FAILED;
      case READ_BACK:
        return this.isIn(operand, place - 1) ? place - 1 : FAILED;
      case SPLIT:
        this.push(operand, place);
        return place;
      case NOTE:
        this.set(operand, place);
        return place;
      case CAPTURE:
        this.capture(program, operand, place);
        return place;
      case ASSERT:
        return this.holds(program, operand, place) ? place : FAILED;
      case LOOK:
        return this.look(program, operand, place) ? place : FAILED;
      default:
        return place;
    }
  }

  private holds({ words }: CaptureProgram, index: number, place: number): boolean {
    const anchor = ANCHORS[index];
    if (anchor === "start") return place === 0;
    if (anchor === "end") return place === this.length;
    const isBoundary = this.isIn(words, place - 1) !== this.isIn(words, place);
    return isBoundary === (anchor === "word-boundary");
  }

  private capture(program: CaptureProgram, written: number, place: number): void {
    const { group = 0, noted = 0 } = program.written[written] ?? {};
    const other = this.slots[noted] ?? 0;
    this.set(group * 2, Math.min(other, place));
    this.set(group * 2 + 1, Math.max(other, place));
  }

  /** Whether this search comes by here for the first time. */
  private comesFirst(program: CaptureProgram, at: number, place: number, search: number): boolean {
    let empty = 0;
    for (let loop = program.loopOf[at] ?? -1; loop >= 0; loop = program.loopAround[loop] ?? -1) {
      if (this.slots[loop] !== place) break;
      empty++;
    }
    const cell = (at * PLACES + place) * (program.loopDepth + 1) + empty;
    if (this.cells[cell] === search) return false;
    this.cells[cell] = search;
    return true;
  }

  private isIn(symbols: number, place: number): boolean {
    if (place < 0 || place >= this.length) return false;
    return ((symbols >> (this.symbols[place] ?? 0)) & 1) === 1;
  }

  private push(at: number, value: number): void {
    if (this.top + 2 > this.stack.length) {
      const grown = new Int32Array(this.stack.length * 2);
      grown.set(this.stack);
      this.stack = grown;
    }
    this.stack[this.top++] = at;
    this.stack[this.top++] = value;
  }

  private set(slot: number, value: number): void {
    this.push(~slot, this.slots[slot] ?? UNSET);
    this.slots[slot] = value;
  }

  /** A lookaround keeps the captures of its first match, and tries no other afterwards. */
  private look(program: CaptureProgram, index: number, place: number): boolean {
    const { memory } = this;
    const look = program.looks[index];
    if (memory === null || look === undefined) return false;
    const cell = index * PLACES + place;
    if (memory.answers[cell] === UNKNOWN) {
      memory.answers[cell] = this.ask(program, look, memory, index, place) ? HOLDS : FAILS;
    }
    if ((memory.answers[cell] === HOLDS) === look.negative) return false;
    let at = captureAt(memory, look, index, place);
    for (const group of look.groups) {
      for (const slot of [group * 2, group * 2 + 1]) {
        const value = memory.captures[at++] ?? UNTOUCHED;
        if (value !== UNTOUCHED) this.set(slot, value);
      }
    }
    return true;
  }

  private ask(
    program: CaptureProgram,
    look: LookProgram,
    memory: Memory,
    index: number,
    place: number,
  ): boolean {
    const base = this.top;
    for (const group of look.groups) {
      this.set(group * 2, UNTOUCHED);
      this.set(group * 2 + 1, UNTOUCHED);
    }
    const end = this.search(program, look.entry, place, this.nextSearch());
    if (end !== FAILED) {
      let at = captureAt(memory, look, index, place);
      for (const group of look.groups) {
        memory.captures[at++] = this.slots[group * 2] ?? UNTOUCHED;
        memory.captures[at++] = this.slots[group * 2 + 1] ?? UNTOUCHED;
      }
    }
    this.unwind(base);
    return end !== FAILED;
  }

  /** Forgets what was not tried, and puts the slots back. */
  private unwind(base: number): void {
    while (this.top > base) {
      this.top -= 2;
      const at = this.stack[this.top] ?? 0;
      if (at < 0) this.slots[~at] = this.stack[this.top + 1] ?? UNSET;
    }
  }
}

function captureAt(memory: Memory, { groups }: LookProgram, look: number, place: number): number {
  return (memory.captureStart[look] ?? 0) + place * groups.length * 2;
}

function memoryOf(program: CaptureProgram): Memory {
  const captureStart = new Int32Array(program.looks.length);
  let captures = 0;
  for (const [index, { groups }] of program.looks.entries()) {
    captureStart[index] = captures;
    captures += groups.length * 2 * PLACES;
  }
  return {
    program,
    answers: new Uint8Array(program.looks.length * PLACES),
    captures: new Int16Array(captures),
    captureStart,
  };
}
