import { nameKey } from "../../engine/model/name-key.ts";
import { didYouMean } from "../../engine/model/nearest-name.ts";
import { type Outcome, type Problem, problem } from "../../engine/model/problem.ts";
import type { SimOptions } from "../sim-options.ts";
import type { CompletedScenario } from "./complete-scenario.ts";
import type { TrunkProfile } from "./trunk-profile.ts";

const LAST_PORT = 65_535;

/** What is to be simulated by this process. */
export interface SelectedTrunks {
  readonly trunks: readonly TrunkProfile[];
  readonly seed: number;
}

/**
 * The trunks that `--only` names, or all, with `--seed`, `--any-port` and `--port-offset` applied.
 *
 * @problem TRUNK_NONE
 * @problem TRUNK_UNKNOWN
 * @problem TRUNK_PORT_TOO_LARGE
 */
export function selectTrunks(
  { trunks, seed }: CompletedScenario,
  options: Pick<SimOptions, "only" | "seed" | "anyPort" | "portOffset">,
): Outcome<SelectedTrunks> {
  if (trunks.length === 0) return { ok: false, problems: [noTrunk()] };
  const known = new Map(trunks.map((trunk) => [nameKey(trunk.name), trunk]));
  const problems = (options.only ?? [])
    .filter((name) => !known.has(nameKey(name)))
    .map((name) => {
      const names = trunks.map((trunk) => trunk.name);
      const hint = didYouMean(name, names) ?? `name some of ${names.slice(0, 20).join(", ")}`;
      return problem(
        "TRUNK_UNKNOWN",
        `--only names ${JSON.stringify(name)}, which is no trunk`,
        hint,
      );
    });
  if (problems.length > 0) return { ok: false, problems };
  const wanted = options.only === null ? null : new Set(options.only.map(nameKey));
  const chosen = trunks.filter(({ name }) => wanted?.has(nameKey(name)) ?? true);
  const beyond = chosen.filter((trunk) => portOf(trunk, options) > LAST_PORT);
  if (beyond.length > 0)
    return { ok: false, problems: beyond.map((t) => portTooLarge(t, options)) };
  const value = {
    trunks: chosen.map((trunk) => ({ ...trunk, port: portOf(trunk, options) })),
    seed: options.seed ?? seed,
  };
  return { ok: true, value, problems: [] };
}

function noTrunk(): Problem {
  const what = "neither the tenant nor a scenario has a trunk to simulate";
  return problem("TRUNK_NONE", what, "give an operator of the tenant a trunk, or write a scenario");
}

function portOf(
  { port }: TrunkProfile,
  { anyPort, portOffset }: Pick<SimOptions, "anyPort" | "portOffset">,
): number {
  if (anyPort || port === 0) return 0;
  return port + portOffset;
}

function portTooLarge(
  { name, port }: TrunkProfile,
  { portOffset }: Pick<SimOptions, "portOffset">,
): Problem {
  const what = `--port-offset ${portOffset} makes port ${port} of trunk ${name} ${port + portOffset}, and ports end at ${LAST_PORT}`;
  const hint = `give an offset of at most ${LAST_PORT - port}, or use --any-port`;
  return problem("TRUNK_PORT_TOO_LARGE", what, hint);
}
