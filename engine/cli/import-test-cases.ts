import { loadTenant } from "../import/load-tenant.ts";
import { readVoiceTestConfigurations } from "../import/test-cases/read-voice-test-configurations.ts";
import { testCasesToYaml } from "../import/test-cases/write-test-cases.ts";
import { printableLine } from "../model/printable-line.ts";
import { hasErrors } from "../model/problem.ts";
import { casesOfConfigurations } from "../what-if/test-cases/cases-of-configurations.ts";
import type { CommonOptions } from "./common-options.ts";
import { EXIT } from "./exit-code.ts";
import { countProblems, printProblems, told } from "./print-problems.ts";
import { writeElsewhere } from "./write-elsewhere.ts";

/**
 * `outdial import CONFIGS --test-cases FILE`: voice test configurations as test cases. The exit code to
 * end with; nothing is written when the configurations could not be read.
 */
export async function importTestCases(
  source: string,
  file: string,
  { tenant, json, quiet }: CommonOptions,
): Promise<number> {
  const loaded = told(await loadTenant(tenant));
  const read = await readVoiceTestConfigurations(source);
  printProblems(read.problems);
  if (loaded === null || !read.ok) return EXIT.problems;
  const { cases, problems } = casesOfConfigurations(loaded.tenant, read.value);
  printProblems(problems);
  const unwritten = await writeElsewhere(file, source, testCasesToYaml(cases));
  printProblems(unwritten);
  const all = [...read.problems, ...problems, ...unwritten];
  const written = unwritten.length === 0 ? file : null;
  if (json) {
    process.stdout.write(`${JSON.stringify({ cases: cases.length, problems: all, written })}\n`);
  }
  if (!quiet) {
    const counts = `${cases.length} of ${read.value.length} configurations became cases`;
    process.stderr.write(`${printableLine(`${countProblems(all)} in ${source}; ${counts}`)}\n`);
  }
  return hasErrors(all) ? EXIT.problems : EXIT.fine;
}
