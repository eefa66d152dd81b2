#!/usr/bin/env -S node --min-semi-space-size=32 --max-semi-space-size=32
// WHY the sizes: a call lives for a tenth of a second or more. In a nursery of Node's own size it is moved
// twice before it is over, which took half of the time and memory at 2,000 calls/s.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, CommanderError } from "commander";
import pc from "picocolors";
import { loadTenant } from "../engine/import/load-tenant.ts";
import { readScenarioFile, type ScenarioFile } from "../engine/import/scenario-file.ts";
import { reportFailure } from "../engine/model/failure-report.ts";
import { formatPainted } from "../engine/model/format-problem.ts";
import type { Outcome, Problem, Severity } from "../engine/model/problem.ts";
import type { Tenant } from "../engine/model/tenant.ts";
import {
  addMetricsOptions,
  openRunMetrics,
  type RunMetrics,
  readMetricsOptions,
} from "./metrics/run-metrics.ts";
import { formatSummary } from "./metrics/summary-table.ts";
import { OutputFile } from "./report/output-file.ts";
import { runTrunkSim } from "./run-trunk-sim.ts";
import { completeScenario } from "./scenario/complete-scenario.ts";
import { scenarioSchema, type WrittenScenario } from "./scenario/scenario-schema.ts";
import { type SelectedTrunks, selectTrunks } from "./scenario/select-trunks.ts";
import { addSimOptions, readSimOptions, type SimOptions } from "./sim-options.ts";

/** Public, as those of outdial. */
const EXIT = { fine: 0, problems: 1, usage: 64, bug: 70 } as const;

// WHY: this file runs from dist/trunk-sim; package.json and fixtures stand two folders above.
const SAMPLE_TENANT = fileURLToPath(new URL("../../fixtures/tenants/contoso", import.meta.url));

const PAINT: Readonly<Record<Severity, (text: string) => string>> = {
  error: pc.red,
  warning: pc.yellow,
  info: pc.cyan,
};

function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

function printProblems(problems: readonly Problem[]): void {
  const paint = (severity: Severity): string =>
    pc.isColorSupported && process.stderr.isTTY ? PAINT[severity](severity) : severity;
  for (const found of problems) process.stderr.write(`${formatPainted(found, paint)}\n`);
}

/** What the scenario and the tenant say together; prints what is wrong with them. */
async function loadTrunks(options: SimOptions): Promise<SelectedTrunks | null> {
  const read = await loadScenario(options.scenario);
  printProblems(read.problems);
  if (!read.ok) return null;
  const tenant = await loadNamedTenant(options, read.value?.scenario ?? null);
  printProblems(tenant.problems);
  if (!tenant.ok) return null;
  const completed = completeScenario(tenant.value, read.value?.scenario, options.gateways);
  const found = completed.findings.map(({ code, what, hint, trunk }) => ({
    code,
    what,
    hint,
    path: ["trunks", trunk],
  }));
  printProblems(read.value?.problemsOf(found) ?? []);
  if (found.length > 0) return null;
  const selected = selectTrunks(completed, options);
  printProblems(selected.problems);
  return selected.ok ? selected.value : null;
}

async function loadScenario(
  file: string | null,
): Promise<Outcome<ScenarioFile<WrittenScenario> | null>> {
  if (file === null) return { ok: true, value: null, problems: [] };
  return readScenarioFile(file, scenarioSchema);
}

/**
 * The tenant of `--tenant`, else the scenario's, else the sample one; a scenario all of whose trunks are
 * its own does without.
 */
async function loadNamedTenant(
  { tenant, scenario: file }: SimOptions,
  scenario: WrittenScenario | null,
): Promise<Outcome<Tenant | null>> {
  const own = scenario?.tenant;
  const beside = own === undefined || file === null ? null : join(dirname(file), own);
  const path = tenant ?? beside ?? (hasOwnTrunksOnly(scenario) ? null : SAMPLE_TENANT);
  if (path === null) return { ok: true, value: null, problems: [] };
  const loaded = await loadTenant(path);
  return loaded.ok ? { ...loaded, value: loaded.value.tenant } : loaded;
}

function hasOwnTrunksOnly(scenario: WrittenScenario | null): boolean {
  const trunks = scenario?.trunks ?? [];
  return trunks.length > 0 && trunks.every(({ host }) => host !== undefined);
}

/** The first signal ends the run, a second one the waiting for its end; so does the end of stdin. */
function listenToSignals({ untilStdinEnds }: SimOptions): {
  readonly stop: AbortSignal;
  readonly hurry: AbortSignal;
  quiet(): void;
} {
  const stop = new AbortController();
  const hurry = new AbortController();
  const onSignal = (): void => (stop.signal.aborted ? hurry : stop).abort();
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  const onStdinEnd = (): void => stop.abort();
  if (untilStdinEnds) process.stdin.on("end", onStdinEnd).on("error", onStdinEnd).resume();
  const quiet = (): void => {
    if (untilStdinEnds) process.stdin.off("end", onStdinEnd).destroy();
    process.off("SIGINT", onSignal);
    process.off("SIGTERM", onSignal);
  };
  return { stop: stop.signal, hurry: hurry.signal, quiet };
}

async function simulate(options: SimOptions): Promise<number> {
  const signals = listenToSignals(options);
  try {
    const selected = await loadTrunks(options);
    if (selected === null) return EXIT.problems;
    const well = await simulateTrunks(selected, options, signals);
    return well ? EXIT.fine : EXIT.problems;
  } finally {
    signals.quiet();
  }
}

async function simulateTrunks(
  selected: SelectedTrunks,
  options: SimOptions,
  { stop, hurry }: { readonly stop: AbortSignal; readonly hurry: AbortSignal },
): Promise<boolean> {
  const asked = readMetricsOptions(program, (path) => new OutputFile(path));
  const metrics = await openRunMetrics(selected.trunks, asked, {
    out: process.stdout,
    tell: (line) => process.stderr.write(`${line}\n`),
  });
  let isReady = false;
  const tell = {
    // WHY: the first text says where calls may go, what follows sums up and stands below the last figures.
    out: (text: string): void => {
      if (isReady) metrics.endTable();
      isReady = true;
      metrics.print(text);
    },
    fault: (line: string): void => {
      if (!options.quiet) metrics.tell(line);
    },
    problems: printProblems,
  };
  try {
    return await runTrunkSim(
      {
        ...selected,
        options,
        listeners: metrics.listeners,
        summary: () => summaryOf(metrics),
        tell,
      },
      stop,
      hurry,
    );
  } finally {
    await metrics.stop();
  }
}

function summaryOf({ meter }: RunMetrics): string {
  return formatSummary(meter.snapshot(), pc.isColorSupported && process.stdout.isTTY);
}

function failed(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  const { text, isBug } = reportFailure(error, process.argv.includes("--debug"));
  process.stderr.write(text);
  return isBug ? EXIT.bug : EXIT.problems;
}

// WHY: whoever reads the output may have seen enough (`| head`); that is no error of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") process.exitCode = EXIT.problems;
});

const program = addMetricsOptions(addSimOptions(new Command("trunk-sim")))
  .description(
    "Operators' SIP trunks in software: each on its own port, with limits, plans and faults",
  )
  .version(version())
  .showHelpAfterError("(trunk-sim --help shows the options)")
  .exitOverride();

try {
  program.parse(process.argv);
  process.exitCode = await simulate(readSimOptions(program));
} catch (error) {
  process.exitCode = failed(error);
}
