/**
 * Compiles one policy in a process of its own: prints CPU time, peak memory and what came of it, as JSON.
 *
 * Usage: node dist/bench/compile-run.js ROUTES [HOSTILE-SET]
 */
import { compileRoutePattern } from "../engine/compile/compile-route-pattern.ts";
import { createPolicyCompiler } from "../engine/compile/policy-table.ts";
import { HOSTILE_PATTERNS, spreadAmong } from "./hostile-patterns.ts";
import { sampleRoutes } from "./sample-routes.ts";

export interface CompileRun {
  readonly cpuMs: number;
  readonly peakMegabytes: number;
  /** Tables and RE2 sets that are asked for each number. */
  readonly banks: number;
  readonly unusable: number;
}

const [routes = "", set = ""] = process.argv.slice(2);
const ordinary = sampleRoutes({ routes: Number(routes), lookaheads: 0 });
const patterns = spreadAmong(
  ordinary.map(({ numberPattern }) => numberPattern),
  HOSTILE_PATTERNS[set] ?? [],
);
const voiceRoutes = patterns.map((numberPattern, priority) => ({
  identity: `Route ${priority}`,
  priority,
  numberPattern,
  onlinePstnUsages: ["International"],
  onlinePstnGatewayList: [],
  bridgeSourcePhoneNumber: null,
  description: null,
}));
const before = process.cpuUsage();
const compile = createPolicyCompiler(voiceRoutes, {
  engine: "auto",
  crossUsageFailover: false,
  compilePattern: compileRoutePattern,
});
const policy = { identity: "Sales", onlinePstnUsages: ["International"], description: null };
const { table, unusable } = compile(policy);
const used = process.cpuUsage(before);
const run: CompileRun = {
  cpuMs: (used.user + used.system) / 1000,
  peakMegabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
  banks: table.banks.length,
  unusable: unusable.length,
};
process.stdout.write(`${JSON.stringify(run)}\n`);
