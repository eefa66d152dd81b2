import type { Timing } from "./rounds.ts";

/** One question with the times of all who answer it. */
export interface Question {
  readonly title: string;
  /** How many different numbers were asked. */
  readonly numbers: number;
  /** Share of them that some route takes; left out = of no interest here. */
  readonly hits?: number;
  readonly timings: readonly Timing[];
}

/** How a candidate must stand against its rival. */
export type Floor = {
  readonly question: string;
  readonly candidate: string;
  readonly rival: string;
  /** What we are after: in the terms of the bound. Left out = no more than the bound. */
  readonly aim?: number;
} & (
  | {
      /** Times as fast as the rival. */
      readonly atLeast: number;
    }
  | {
      /** Times the rival's time. */
      readonly atMost: number;
    }
);

export interface BenchReport {
  readonly name: string;
  readonly questions: readonly Question[];
  /** Those that could be measured here. */
  readonly floors: readonly Floor[];
  /** What else there is to say of the run. */
  readonly notes?: readonly string[];
  /** Whom or what could not be measured here, and why. */
  readonly skipped?: readonly string[];
}

/** A floor with what was measured. */
export type FloorResult = Floor & {
  /** In the terms of the bound. */
  readonly measured: number;
  readonly holds: boolean;
  /** `null` = there is none. */
  readonly reachesAim: boolean | null;
};

/** What became of the floors; one whose times are missing does not hold. */
export function judgeFloors({ questions, floors }: BenchReport): readonly FloorResult[] {
  return floors.map((floor) => {
    const question = questions.find(({ title }) => title === floor.question);
    const nsOf = (name: string): number =>
      question?.timings.find((timing) => timing.name === name)?.nsPerDecision ?? Number.NaN;
    const timesAsFast = nsOf(floor.rival) / nsOf(floor.candidate);
    const measured = "atLeast" in floor ? timesAsFast : 1 / timesAsFast;
    const within = (bound: number): boolean =>
      "atLeast" in floor ? measured >= bound : measured <= bound;
    const holds = within("atLeast" in floor ? floor.atLeast : floor.atMost);
    const reachesAim = floor.aim === undefined ? null : within(floor.aim);
    return { ...floor, measured, holds, reachesAim };
  });
}

/** A report as a table for people: times, and how many times slower than the first candidate. */
export function formatReport(report: BenchReport): string {
  const lines: string[] = [];
  for (const { title, numbers, hits, timings } of report.questions) {
    const taken = hits === undefined ? "" : `, ${Math.round(hits * 100)} % taken by a route`;
    lines.push(`${report.name}, ${title} (${numbers} numbers${taken})`);
    const first = timings[0]?.nsPerDecision ?? Number.NaN;
    for (const { name, nsPerDecision, minNsPerDecision } of timings) {
      const time = `${formatNs(nsPerDecision)} (${formatNs(minNsPerDecision)})`;
      const ratio = `${(nsPerDecision / first).toPrecision(3)}x`;
      lines.push(`  ${name.padEnd(34)}${time.padStart(24)} ns${ratio.padStart(10)}`);
    }
    lines.push("");
  }
  lines.push(...(report.notes ?? []));
  lines.push(...(report.skipped ?? []).map((what) => `skipped: ${what}`));
  lines.push(...judgeFloors(report).map((result) => formatFloor(report.name, result)));
  return lines.join("\n");
}

function formatFloor(name: string, result: FloorResult): string {
  const { question, candidate, rival, measured, holds, aim } = result;
  const verdict = holds ? "holds" : "MISSED";
  const stands =
    "atLeast" in result
      ? `${formatRatio(measured)}x as fast as ${rival} (at least ${result.atLeast}x`
      : `${formatRatio(measured)}x the time of ${rival} (at most ${result.atMost}x`;
  const aimed = aim === undefined ? "" : `; aim ${aim}x ${distance(result, aim)}`;
  return `floor ${verdict}: ${name}, ${question}: ${candidate} ${stands}${aimed})`;
}

/** Whether an aim is reached, or how much is wanting. */
function distance({ measured, reachesAim }: FloorResult, aim: number): string {
  if (reachesAim === true) return "reached";
  return `missed by ${Math.round(Math.abs(measured / aim - 1) * 100)} %`;
}

function formatRatio(ratio: number): string {
  return ratio < 10 ? ratio.toPrecision(3) : Math.round(ratio).toLocaleString("en-US");
}

function formatNs(ns: number): string {
  return ns < 100 ? ns.toFixed(1) : Math.round(ns).toLocaleString("en-US");
}
