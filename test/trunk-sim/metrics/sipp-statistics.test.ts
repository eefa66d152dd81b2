import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { SIPP_COLUMNS, SippStatistics } from "../../../trunk-sim/metrics/sipp-statistics.ts";
import { until } from "../../media/until.ts";
import { eventsOf, play } from "./played-call.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "..");
const recorded = readFileSync(
  join(root, "fixtures", "interop", "sipp", "statistics-uas.csv"),
  "utf8",
).split("\n");

const statistics = suite("SIPp statistics");

type Row = Readonly<Record<string, string>>;

function rowOf(line: string): Row {
  return Object.fromEntries(line.split(";").map((cell, at) => [SIPP_COLUMNS[at] ?? "end", cell]));
}

/** Three periods: four calls in the first second, none in the second, one more after half a second. */
function threePeriods(): { readonly lines: readonly string[]; readonly rows: readonly Row[] } {
  let text = "";
  let now = Date.UTC(2026, 0, 1) + 0.25;
  const sipp = new SippStatistics(
    (part) => {
      text += part;
    },
    () => now,
  );
  play(sipp.listener, { ringing: 20, answered: 35, ended: 4000 });
  play(sipp.listener, { ended: 0, refused: "concurrent-calls" });
  play(sipp.listener, { ringing: 20, ended: 9000, result: "cancelled", status: 487 });
  const [invited, ...rest] = eventsOf({ answered: 15, ended: 120_000 });
  if (invited !== undefined) sipp.listener(invited);
  now += 1000;
  sipp.writeRow();
  now += 1000;
  sipp.writeRow();
  for (const event of rest) sipp.listener(event);
  play(sipp.listener, { ended: 32_000, result: "timed-out", status: null });
  play(sipp.listener, { answered: 5, ended: 32_005, result: "timed-out" });
  now += 500;
  sipp.stop();
  sipp.stop();
  const lines = text.split("\n");
  return { lines, rows: lines.slice(1, -1).map(rowOf) };
}

statistics("the columns are those that SIPp wrote, in its order", () => {
  assert.is(threePeriods().lines[0], recorded[0]);
});

statistics("each cell looks as SIPp's does", () => {
  const shape = (cell: string): string =>
    cell
      .replace(/^-?\d+(\.\d+)?$/, "number")
      .replace(/\d+/g, (digits) => (digits.length > 6 ? "epoch" : `${digits.length}`));
  const { lines } = threePeriods();
  const wanted = recorded[2]?.split(";").map(shape);
  assert.is(wanted?.length, SIPP_COLUMNS.length + 1);
  for (const line of lines.slice(1, -1)) assert.equal(line.split(";").map(shape), wanted);
});

statistics("a row is written at the start, for each period and at the end", () => {
  const { rows } = threePeriods();
  const column = (name: string): (string | undefined)[] => rows.map((row) => row[name]);
  assert.equal(column("CurrentTime"), [
    "2026-01-01\t00:00:00.000250\t1767225600.000250",
    "2026-01-01\t00:00:01.000250\t1767225601.000250",
    "2026-01-01\t00:00:02.000250\t1767225602.000250",
    "2026-01-01\t00:00:02.500250\t1767225602.500250",
  ]);
  assert.equal(column("LastResetTime").slice(1), column("CurrentTime").slice(0, -1));
  assert.equal(column("ElapsedTime(C)"), ["00:00:00", "00:00:01", "00:00:02", "00:00:02"]);
  assert.equal(column("CallRate(P)"), ["0", "4", "0", "4"]);
  assert.equal(column("CallRate(C)"), ["0", "4", "2", "2.4"]);
  assert.equal(column("IncomingCall(P)"), ["0", "4", "0", "2"]);
  assert.equal(column("IncomingCall(C)"), ["0", "4", "4", "6"]);
  assert.equal(column("TotalCallCreated"), ["0", "4", "4", "6"]);
  assert.equal(column("CurrentCall"), ["0", "1", "1", "0"]);
  assert.equal(column("SuccessfulCall(P)"), ["0", "1", "0", "1"]);
  assert.equal(column("SuccessfulCall(C)"), ["0", "1", "1", "2"]);
  assert.equal(column("FailedCall(P)"), ["0", "2", "0", "2"]);
  assert.equal(column("FailedCall(C)"), ["0", "2", "2", "4"]);
  assert.equal(column("FailedCallRejected(C)"), ["0", "1", "1", "1"]);
  assert.equal(column("FailedUnexpectedMessage(C)"), ["0", "1", "1", "1"]);
  assert.equal(column("FailedTimeoutOnRecv(C)"), ["0", "0", "0", "1"]);
  assert.equal(column("FailedMaxUDPRetrans(P)"), ["0", "0", "0", "1"]);
});

statistics("times are means and deviations of the period and of all", () => {
  const last = threePeriods().rows.at(-1);
  assert.is(last?.["ResponseTime1(P)"], "00:00:00:010000");
  assert.is(last?.["ResponseTime1StDev(P)"], "00:00:00:005000");
  assert.is(last?.["ResponseTime1(C)"], "00:00:00:018000");
  // Of 35, 15 and 5: the root of 1400 / 9 is 12.5.
  assert.is(last?.["ResponseTime1StDev(C)"], "00:00:00:012000");
  // 4, 0, 9, 120, 32 and 32.005 seconds.
  assert.is(last?.["CallLength(C)"], "00:00:32:834000");
  assert.is(last?.["ResponseTimeRepartition1_<10"], "1");
  assert.is(last?.["ResponseTimeRepartition1_<20"], "1");
  assert.is(last?.["ResponseTimeRepartition1_<40"], "1");
  assert.is(last?.["CallLengthRepartition_<10"], "1");
  assert.is(last?.["CallLengthRepartition_<5000"], "1");
  assert.is(last?.["CallLengthRepartition_<10000"], "1");
  assert.is(last?.["CallLengthRepartition_>=10000"], "3");
});

statistics("in every row calls created are successful, failed or current", () => {
  for (const row of threePeriods().rows) {
    const sum = ["SuccessfulCall(C)", "FailedCall(C)", "CurrentCall"]
      .map((name) => Number(row[name]))
      .reduce((all, one) => all + one, 0);
    assert.is(sum, Number(row["TotalCallCreated"]));
  }
});

statistics("rows are written at the interval asked for", async () => {
  let lines = 0;
  const sipp = new SippStatistics(() => lines++);
  sipp.start(5);
  await until("three rows after the first", () => lines >= 5);
  sipp.stop();
});

statistics.run();
