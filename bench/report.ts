import type { Timing } from "./rounds.ts";

/** One question with the times of all who answer it. */
export interface Question {
  readonly title: string;
  /** How many different numbers were asked. */
  readonly numbers: number;
  /** Share of them that some route takes. */
  readonly hits: number;
  readonly timings: readonly Timing[];
}

/** How many times faster than its rival a candidate must be. */
export interface Floor {
  readonly question: string;
  readonly candidate: string;
  readonly rival: string;
  readonly atLeast: number;
}

export interface BenchReport {
  readonly name: string;
  readonly questions: readonly Question[];
  readonly floors: readonly Floor[];
}

/** A floor with what was measured. */
export interface FloorResult extends Floor {
  readonly measured: number;
  readonly holds: boolean;
}

/** What became of the floors; one whose times are missing does not hold. */
export function judgeFloors({ questions, floors }: BenchReport): readonly FloorResult[] {
  return floors.map((floor) => {
    const question = questions.find(({ title }) => title === floor.question);
    const nsOf = (name: string): number =>
      question?.timings.find((timing) => timing.name === name)?.nsPerDecision ?? Number.NaN;
    const measured = nsOf(floor.rival) / nsOf(floor.candidate);
    return { ...floor, measured, holds: measured >= floor.atLeast };
  });
}

/** A report as a table for people: times, and how many times slower than the first candidate. */
export function formatReport(report: BenchReport): string {
  const lines: string[] = [];
  for (const { title, numbers, hits, timings } of report.questions) {
    const percent = Math.round(hits * 100);
    lines.push(`${report.name}, ${title} (${numbers} numbers, ${percent} % taken by a route)`);
    const first = timings[0]?.nsPerDecision ?? Number.NaN;
    for (const { name, nsPerDecision, minNsPerDecision } of timings) {
      const time = `${formatNs(nsPerDecision)} (${formatNs(minNsPerDecision)})`;
      const ratio = `${(nsPerDecision / first).toPrecision(3)}x`;
      lines.push(`  ${name.padEnd(28)}${time.padStart(24)} ns${ratio.padStart(10)}`);
    }
    lines.push("");
  }
  for (const { question, candidate, rival, atLeast, measured, holds } of judgeFloors(report)) {
    const verdict = holds ? "holds" : "MISSED";
    lines.push(
      `floor ${verdict}: ${report.name}, ${question}: ${candidate} ${measured < 10 ? measured.toPrecision(2) : Math.round(measured)}x ${rival} (at least ${atLeast}x)`,
    );
  }
  return lines.join("\n");
}

function formatNs(ns: number): string {
  return ns < 100 ? ns.toFixed(1) : Math.round(ns).toLocaleString("en-US");
}
