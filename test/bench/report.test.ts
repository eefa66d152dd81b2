import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type BenchReport, type Floor, formatReport, judgeFloors } from "../../bench/report.ts";

const QUESTION = "1000 routes";
const names = { question: QUESTION, candidate: "table", rival: "loop" };

/** A report in which the table takes 20 ns and the loop as long as given. */
function reportOf(floor: Floor, loopNs: number): BenchReport {
  const timing = (
    name: string,
    ns: number,
  ): BenchReport["questions"][number]["timings"][number] => ({
    name,
    nsPerDecision: ns,
    minNsPerDecision: ns,
    rounds: 3,
  });
  const timings = [timing("table", 20), timing("loop", loopNs)];
  const questions = [{ title: QUESTION, numbers: 10, hits: 1, timings }];
  return { name: "match", questions, floors: [floor], skipped: ["hyperscan: not installed"] };
}

const report = suite("report");

report("a floor of speed holds from its bound on, and tells apart what the aim wants", () => {
  const floor: Floor = { ...names, atLeast: 100, aim: 200 };
  const verdicts = [1_980, 2_000, 3_980, 4_000].map((loopNs) => {
    const [result] = judgeFloors(reportOf(floor, loopNs));
    return [result?.measured, result?.holds, result?.reachesAim];
  });
  assert.equal(verdicts, [
    [99, false, false],
    [100, true, false],
    [199, true, false],
    [200, true, true],
  ]);
});

report("a floor of slowness holds up to its bound", () => {
  const floor: Floor = { ...names, atMost: 2, aim: 1.25 };
  const verdicts = [8, 10, 16].map((loopNs) => {
    const [result] = judgeFloors(reportOf(floor, loopNs));
    return [result?.measured, result?.holds, result?.reachesAim];
  });
  assert.equal(verdicts, [
    [2.5, false, false],
    [2, true, false],
    [1.25, true, true],
  ]);
});

report("a floor without an aim says nothing of one", () => {
  const [result] = judgeFloors(reportOf({ ...names, atLeast: 1 }, 40));
  assert.is(result?.reachesAim, null);
});

report("a floor whose rival was not timed does not hold", () => {
  const [result] = judgeFloors(reportOf({ ...names, rival: "nobody", atLeast: 1 }, 40));
  assert.is(result?.holds, false);
});

report("the text says how much an aim was missed by, and what was skipped", () => {
  const text = formatReport(reportOf({ ...names, atLeast: 100, aim: 200 }, 3_000));
  assert.match(text, "table 150x as fast as loop (at least 100x; aim 200x missed by 25 %)");
  assert.match(text, "skipped: hyperscan: not installed");
});

report.run();
