import { printableLine } from "../../model/printable-line.ts";
import type { TestResult, TestRun } from "./run-test-cases.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** The run in the XML of JUnit, which build servers read: one suite, a testcase for each case. */
export function junitReport({ results, revision }: TestRun): string {
  const failures = results.filter(({ passed }) => !passed).length;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="outdial test, revision ${revision}" tests="${results.length}" failures="${failures}">`,
    ...results.flatMap(testCaseLines),
    "</testsuite>",
  ];
  return `${lines.join("\n")}\n`;
}

function testCaseLines({ name, dialed, user, passed, mismatches, why }: TestResult): string[] {
  const opening = `  <testcase classname="${escaped(user)}" name="${escaped(`${name}: ${dialed}`)}"`;
  if (passed) return [`${opening}/>`];
  const message = mismatches
    .map(
      ({ key, expected, actual }) =>
        `${key}: expected ${expected ?? "none"}, was ${actual ?? "none"}`,
    )
    .join("; ");
  return [
    `${opening}>`,
    `    <failure message="${escaped(message)}">${escaped(why)}</failure>`,
    "  </testcase>",
  ];
}

/** On one line, without what XML takes for its own or does not allow. */
function escaped(text: string): string {
  return printableLine(text)
    .replace(/[&<>"]/g, (mark) => ENTITIES[mark] ?? mark)
    .replace(/[\ufffe\uffff]|\p{Surrogate}/gu, " ");
}
