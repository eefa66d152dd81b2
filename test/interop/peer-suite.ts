import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { suite, type Test } from "uvu";
import * as assert from "uvu/assert";

/** What a test leaves open when it fails. */
const leftOpen = new Set<() => Promise<unknown>>();

/** Has something closed at the end of the suite, if the test that opened it did not come so far. */
export function closeAfterSuite(close: () => Promise<unknown>): void {
  leftOpen.add(close);
}

/** Where Debian keeps daemons, which is not on everybody's path. */
const ALSO = ["/usr/sbin", "/usr/local/sbin"];

/** The program's file; `null` = it is not installed. */
export function programFile(program: string): string | null {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), ...ALSO];
  return folders.map((folder) => join(folder, program)).find(existsSync) ?? null;
}

/** Which of the programs, or of those that start and watch over them (util-linux), are not installed. */
export function missingPrograms(programs: readonly string[]): readonly string[] {
  return [...programs, "setpriv", "taskset"].filter((program) => programFile(program) === null);
}

/**
 * A suite that needs programs we did not write. Where one is missing it holds a single test instead, which
 * prints a notice, or fails when `REQUIRE_PEERS=1`.
 */
export function peerSuite(name: string, programs: readonly string[]): Test {
  const tests = suite(name);
  const missing = missingPrograms(programs);
  tests.after(async () => {
    for (const close of leftOpen) await close();
  });
  if (missing.length === 0) return tests;
  const complaint = `${missing.join(", ")} not installed`;
  tests(`${programs.join(", ")} installed`, () => {
    assert.is.not(process.env["REQUIRE_PEERS"], "1", complaint);
    console.log(`\nskipped: ${complaint}, ${name} was not tested`);
  });
  const none = (): void => {};
  return Object.assign(none, {
    only: none,
    skip: none,
    before: Object.assign(none, { each: none }),
    after: Object.assign(none, { each: none }),
    run: tests.run,
  });
}
