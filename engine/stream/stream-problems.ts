import { didYouMean } from "../model/nearest-name.ts";
import { PROBLEMS, type Problem, type ProblemCode, problem } from "../model/problem.ts";
import { MAX_PROBLEMS_TOLD } from "./budgets.ts";
import type { ChunkReport } from "./chunk-router.ts";
import type { InputFault } from "./input-fault.ts";

/** Where the problems of a stream go. */
export interface ProblemSink {
  /** Takes the first ones of each code, in input order. */
  readonly tell: (problem: Problem) => void;
  /** Takes every one; `null` = nobody wants them. */
  readonly record: ((problem: Problem) => void) | null;
}

/**
 * Turns the faults of chunks, which come in input order, into problems with a place in the input, and
 * counts them.
 */
export class StreamProblems {
  readonly counts = new Map<ProblemCode, number>();
  readonly #file: string;
  readonly #users: Iterable<string>;
  readonly #sink: ProblemSink;
  readonly #told = new Map<ProblemCode, number>();
  #lines: number;

  /**
   * @param linesBefore - Lines of the input before the first chunk.
   * @param users - Names to choose from when an unknown one looks misspelt.
   */
  constructor(file: string, linesBefore: number, users: Iterable<string>, sink: ProblemSink) {
    this.#file = file;
    this.#lines = linesBefore;
    this.#users = users;
    this.#sink = sink;
  }

  /** Takes in what was found in the next chunk. */
  add(report: Pick<ChunkReport, "lines" | "faults" | "faultCounts">): void {
    for (const fault of report.faults) this.#addFault(fault);
    for (const [code, count] of report.faultCounts) {
      this.counts.set(code, (this.counts.get(code) ?? 0) + count);
    }
    this.#lines += report.lines;
  }

  /** Lines with an error so far; what is only warned of was read like any other. */
  badLines(): number {
    let bad = 0;
    for (const [code, count] of this.counts) if (PROBLEMS[code] === "error") bad += count;
    return bad;
  }

  #addFault(fault: InputFault): void {
    const told = this.#told.get(fault.code) ?? 0;
    const isTold = told < MAX_PROBLEMS_TOLD;
    if (!isTold && this.#sink.record === null) return;
    this.#told.set(fault.code, told + 1);
    const found = this.#problemOf(fault, isTold);
    if (isTold) this.#sink.tell(found);
    this.#sink.record?.(found);
  }

  #problemOf(fault: InputFault, isTold: boolean): Problem {
    const { code, what, line, column, user } = fault;
    // WHY: looking for a near name costs too much to do it for every line of a large input.
    const near = user !== null && isTold ? didYouMean(user, this.#users) : null;
    const at = { file: this.#file, line: this.#lines + line + 1, column };
    return problem(code, what, near ?? fault.hint, at);
  }
}
