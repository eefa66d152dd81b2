import type {
  CompiledOperator,
  CompiledTenant,
  CompiledTrunk,
} from "../compile/compiled-tenant.ts";
import { nameKey } from "../model/name-key.ts";
import type { OperatorState, TrunkState, TrunkTrial } from "../model/trace.ts";
import { rotate } from "./turn.ts";

/**
 * Which trunks and gateways can be tried, in which order.
 *
 * @module
 */

/** Trunks of equal rank that can be tried. */
export interface RankedTrunks {
  readonly names: readonly string[];
  readonly weights: readonly number[];
}

/** What was found among some trunks. */
export interface TrunkSelection {
  readonly candidates: readonly TrunkTrial[];
  readonly ranks: readonly RankedTrunks[];
}

const NONE: TrunkSelection = { candidates: [], ranks: [] };

/**
 * The usable ones of `trunks` (given by priority), in ranks: equal priority is equal rank, but trunks of
 * weight 0 stand behind the others of their priority. A trunk that an earlier route lists is not tried
 * twice. Adds what it takes to `listed`.
 */
export function selectTrunks(
  trunks: readonly CompiledTrunk[],
  down: ReadonlySet<string>,
  listed: Set<string>,
): TrunkSelection {
  const candidates: TrunkTrial[] = [];
  const usable: CompiledTrunk[] = [];
  for (const trunk of trunks) {
    const state = stateOf(trunk, down, listed);
    candidates.push({ name: trunk.name, state });
    if (state !== "usable") continue;
    listed.add(nameKey(trunk.name));
    usable.push(trunk);
  }
  const ranks = [...new Set(usable.map((trunk) => trunk.priority))].flatMap((priority) => {
    const equal = usable.filter((trunk) => trunk.priority === priority);
    return [equal.filter((t) => t.weight > 0), equal.filter((t) => t.weight <= 0)];
  });
  return { candidates, ranks: ranks.filter((rank) => rank.length > 0).map(toRank) };
}

function toRank(trunks: readonly CompiledTrunk[]): RankedTrunks {
  return {
    names: trunks.map((trunk) => trunk.name),
    weights: trunks.map((trunk) => (trunk.weight > 0 ? trunk.weight : 1)),
  };
}

function stateOf(
  trunk: CompiledTrunk,
  down: ReadonlySet<string>,
  listed: ReadonlySet<string>,
): TrunkState {
  const key = nameKey(trunk.name);
  if (trunk.unknown) return "unknown";
  if (!trunk.enabled) return "disabled";
  if (down.has(key)) return "down";
  return listed.has(key) ? "already-listed" : "usable";
}

/** An operator's trunks, none when it carries no calls. */
export interface OperatorSelection extends TrunkSelection {
  readonly operator: CompiledOperator | null;
  readonly state: OperatorState;
}

/** Selects among the trunks of an operator given by its index; -1 = there is none. */
export function selectOperatorTrunks(
  compiled: CompiledTenant,
  index: number,
  down: ReadonlySet<string>,
  listed: Set<string>,
): OperatorSelection {
  const operator = compiled.operators[index];
  if (operator === undefined) return { ...NONE, operator: null, state: "unknown" };
  if (operator.standing !== "usable") return { ...NONE, operator, state: operator.standing };
  if (down.has(nameKey(operator.id))) return { ...NONE, operator, state: "down" };
  return { ...selectTrunks(operator.trunks, down, listed), operator, state: "usable" };
}

/** The ranks in the order in which a number with this turn tries them. */
export function inTurn(ranks: readonly RankedTrunks[], turn: number): string[][] {
  return ranks.map(({ names, weights }) => rotate(names, weights, turn));
}
