import {
  MAX_COMPILE_STEPS,
  MAX_COMPILE_STEPS_PER_CHARACTER,
  MAX_DFA_STATES,
  MAX_NFA_NODES,
} from "./pattern-budget.ts";
import { PatternStop } from "./pattern-problem.ts";

/**
 * Counts what the compilation of one pattern has cost, over all its automata, and stops it with
 * `REGEX_TOO_COMPLEX` where a budget ends. Every loop of the compiler that can run long counts here.
 */
export class CompileEffort {
  private readonly patternLength: number;
  private readonly maxSteps: number;
  private nodes = 0;
  private states = 0;
  private steps = 0;

  constructor(patternLength: number, maxSteps?: number) {
    const usual = MAX_COMPILE_STEPS + patternLength * MAX_COMPILE_STEPS_PER_CHARACTER;
    this.patternLength = patternLength;
    this.maxSteps = maxSteps ?? usual;
  }

  countNode(): void {
    if (++this.nodes > MAX_NFA_NODES) this.refuse("repetitions", MAX_NFA_NODES, "elements");
  }

  countState(): void {
    if (++this.states > MAX_DFA_STATES) this.refuse("alternatives", MAX_DFA_STATES, "states");
  }

  countSteps(steps = 1): void {
    this.steps += steps;
    if (this.steps > this.maxSteps) this.refuse("alternatives", this.maxSteps, "steps");
  }

  private refuse(cause: string, limit: number, unit: string): never {
    throw new PatternStop({
      code: "REGEX_TOO_COMPLEX",
      what: `its ${cause} need more than ${limit} ${unit}`,
      hint: "anchor the pattern with ^, lower its repetitions, or split it over several voice routes",
      offset: 0,
      length: this.patternLength,
    });
  }
}
