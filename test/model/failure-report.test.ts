import { suite } from "uvu";
import * as assert from "uvu/assert";
import { EngineError } from "../../engine/model/engine-error.ts";
import { reportFailure } from "../../engine/model/failure-report.ts";

const reports = suite("failure report");

const BUG = "This is a bug of outdial: please report it with the input that caused it.\n";

const ROWS: readonly (readonly [string, unknown, string, boolean])[] = [
  [
    "an operation that failed",
    new EngineError("ENGINE_FILE_UNWRITABLE", "a.txt cannot be written: no space left"),
    "error ENGINE_FILE_UNWRITABLE a.txt cannot be written: no space left\n",
    false,
  ],
  ["an error without a code", new Error("odd"), `error ENGINE_BUG odd\n${BUG}`, true],
  [
    "a bug that was told",
    new EngineError("ENGINE_BUG", "odd"),
    `error ENGINE_BUG odd\n${BUG}`,
    true,
  ],
  [
    "an error of the system that nobody caught",
    Object.assign(new Error("no such file"), { code: "ENOENT" }),
    `error ENOENT no such file\n${BUG}`,
    true,
  ],
  ["something thrown that is no error", "odd", `error ENGINE_BUG odd\n${BUG}`, true],
];

for (const [name, error, text, isBug] of ROWS) {
  reports(name, () => assert.equal(reportFailure(error, false), { text, isBug }));
}

reports("the stack stands in it when it is asked for only", () => {
  const error = new Error("odd");
  assert.ok(reportFailure(error, true).text.includes(error.stack ?? "none"));
  assert.not.match(reportFailure(error, false).text, /^ +at /m);
});

reports.run();
