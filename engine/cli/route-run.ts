import { resolve } from "node:path";
import type { CompiledTenant } from "../compile/compiled-tenant.ts";
import { type Problem, problem } from "../model/problem.ts";
import { CHUNKS_BEFORE_WORKERS, MAX_PROBLEMS_TOLD } from "../stream/budgets.ts";
import type { OpenedInput } from "../stream/input-head.ts";
import { startRoutePool } from "../stream/route-pool.ts";
import { routeStream, type StreamSummary } from "../stream/route-stream.ts";
import { routerFrom } from "../stream/router-seed.ts";
import { StreamProblems } from "../stream/stream-problems.ts";
import type { StreamSetup } from "../stream/stream-setup.ts";
import { type ErrorsFile, openErrorsFile } from "./errors-file.ts";
import { EXIT } from "./exit-code.ts";
import { printProblems } from "./print-problems.ts";
import type { RouteInput } from "./route-input.ts";
import type { RouteOptions } from "./route-options.ts";
import { isSameFile, openRouteOutput, type RouteOutput } from "./route-output.ts";
import { startRouteProgress } from "./route-progress.ts";
import { formatRouteSummary } from "./route-summary.ts";

/** Exit code of a run that was stopped with Ctrl-C: what shells give a process ended by SIGINT. */
const INTERRUPTED = 130;

/** The tenant as a run needs it. */
export interface RouteGround {
  readonly compiled: CompiledTenant;
  /** UPNs, to offer a near one for an unknown one. */
  readonly users: readonly string[];
}

/** Routes an opened input and gives the exit code. */
export async function runRoute(
  options: RouteOptions,
  ground: RouteGround,
  input: RouteInput,
  opened: OpenedInput,
): Promise<number> {
  const clash = await clashOfFiles(options);
  if (clash !== null) return refuse([clash]);
  const errors = options.errors === undefined ? null : openErrorsFile(options.errors);
  if (errors !== null && !errors.ok) return refuse(errors.problems);
  const output = await openRouteOutput(options.output, options.input);
  if (!output.ok) return refuse(output.problems);
  try {
    return await runOpened(options, ground, input, opened, output.value, errors?.value ?? null);
  } finally {
    errors?.value.close();
  }
}

function refuse(problems: readonly Problem[]): number {
  printProblems(problems);
  return EXIT.problems;
}

async function clashOfFiles({ input, output, errors }: RouteOptions): Promise<Problem | null> {
  if (errors === undefined) return null;
  const isOutput = output !== undefined && resolve(output) === resolve(errors);
  const isInput = input !== undefined && (await isSameFile(errors, input));
  if (!isOutput && !isInput) return null;
  const what = `${errors} is the ${isOutput ? "output" : "input"} itself`;
  return problem("FILE_NOT_WRITTEN", what, "name another file for the problems");
}

async function runOpened(
  options: RouteOptions,
  ground: RouteGround,
  input: RouteInput,
  opened: OpenedInput,
  output: RouteOutput,
  errors: ErrorsFile | null,
): Promise<number> {
  const { call, workers } = options;
  const { user, kind, site, ingressTrunk, hideCallerId, originalCaller } = call;
  const setup: StreamSetup = {
    input: opened.setup,
    output: options.outputFormat,
    defaults: { user, kind, site, ingressTrunk, hideCallerId, originalCaller },
    allFaults: errors !== null,
  };
  const seed = { compiled: ground.compiled, context: call.context };
  const progress = startRouteProgress(input.size, options.common.quiet);
  const problems = new StreamProblems(input.name, opened.linesBefore, ground.users, {
    tell: (found) => progress.above(() => printProblems([found])),
    record: errors === null ? null : (found) => errors.record(found),
  });
  const interrupt = new AbortController();
  const onInterrupt = (): void => interrupt.abort();
  process.once("SIGINT", onInterrupt);
  const startedAt = performance.now();
  try {
    const summary = await routeStream({
      input: opened,
      setup,
      router: routerFrom(seed),
      startPool: workers > 1 ? () => startRoutePool(workers, { seed, setup }) : null,
      chunksInPlace: options.workersGiven ? 1 : CHUNKS_BEFORE_WORKERS,
      write: (bytes) => output.write(bytes),
      problems,
      progress: (bytes, rows) => progress.show(bytes, rows),
      stop: interrupt.signal,
    });
    progress.stop();
    const isWhole = !interrupt.signal.aborted;
    if (isWhole) await output.finish();
    else await leave(output);
    const seconds = (performance.now() - startedAt) / 1000;
    return conclude(options, summary, problems, seconds, isWhole);
  } catch (error) {
    progress.stop();
    if ((error as { code?: unknown }).code !== "EPIPE") {
      await leave(output);
      throw error;
    }
    // Whoever read the output has seen enough.
    return problems.badLines() > 0 ? EXIT.problems : EXIT.fine;
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}

/** Ends an output that is not whole and says where its part is. */
async function leave(output: RouteOutput): Promise<void> {
  const partial = await output.abandon();
  if (partial !== null) process.stderr.write(`what was decided so far stands in ${partial}\n`);
}

function conclude(
  options: RouteOptions,
  summary: StreamSummary,
  problems: StreamProblems,
  seconds: number,
  isWhole: boolean,
): number {
  for (const [code, count] of problems.counts) {
    const more = count - MAX_PROBLEMS_TOLD;
    const where = options.errors === undefined ? "--errors FILE keeps all" : options.errors;
    if (more > 0) process.stderr.write(`and ${more} more ${code} (${where})\n`);
  }
  const bad = problems.badLines();
  if (bad > 0)
    process.stderr.write(`${bad} of ${summary.rows} lines ${bad === 1 ? "was" : "were"} bad\n`);
  const isSummaryWanted = options.summary || (!isWhole && !options.common.quiet);
  if (isSummaryWanted) process.stderr.write(formatRouteSummary(summary, seconds));
  if (!isWhole) return INTERRUPTED;
  return bad > 0 ? EXIT.problems : EXIT.fine;
}
