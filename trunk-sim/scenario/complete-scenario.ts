import { nameKey } from "../../engine/model/name-key.ts";
import type { Tenant } from "../../engine/model/tenant.ts";
import { fixed } from "./distribution.ts";
import type {
  WrittenAnswer,
  WrittenBehaviour,
  WrittenFault,
  WrittenScenario,
  WrittenTrunk,
} from "./scenario-schema.ts";
import {
  type AnswerPlan,
  DEFAULT_ANSWER,
  DEFAULT_QUALITY,
  type Fault,
  type FaultKind,
  type TrunkProfile,
} from "./trunk-profile.ts";

/** Something wrong in a scenario whose form is right, and which entry of its `trunks` it is about. */
export interface ScenarioFinding {
  readonly code: "SCENARIO_DUPLICATE" | "SCENARIO_MISSING_KEY";
  readonly what: string;
  readonly hint: string;
  readonly trunk: number;
}

export interface CompletedScenario {
  /** In the order of the tenant, then of the scenario. */
  readonly trunks: readonly TrunkProfile[];
  readonly seed: number;
  readonly findings: readonly ScenarioFinding[];
}

const EMPTY: WrittenScenario = { trunkSim: 1 };

const FAULT_SECONDS: Readonly<Partial<Record<FaultKind, number>>> = {
  "slow-answers": 5,
  "packet-delay": 0.2,
  "180-then-503": 0.1,
};

/**
 * Every trunk of the tenant's operators and of the scenario with all defaults filled in. What a trunk
 * of the scenario says counts before the scenario's defaults, these before the tenant, this before the
 * program's own defaults.
 *
 * @param withGateways - The tenant's Direct Routing gateways too, each like a trunk of no operator.
 * @problem SCENARIO_DUPLICATE, SCENARIO_MISSING_KEY as findings
 */
export function completeScenario(
  tenant: Tenant | null,
  scenario: WrittenScenario = EMPTY,
  withGateways = false,
): CompletedScenario {
  const findings: ScenarioFinding[] = [];
  const defaults = scenario.defaults ?? {};
  const written = new Map<string, WrittenTrunk>();
  for (const [index, entry] of (scenario.trunks ?? []).entries()) {
    if (written.has(nameKey(entry.name))) findings.push(duplicate(entry, index));
    written.set(nameKey(entry.name), entry);
  }
  const gateways = withGateways ? tenantGateways(tenant) : [];
  const trunks = [...tenantTrunks(tenant), ...gateways].map((base) => {
    const entry = written.get(nameKey(base.name));
    written.delete(nameKey(base.name));
    return withWritten(withWritten(base, defaults), entry ?? {});
  });
  for (const [index, entry] of (scenario.trunks ?? []).entries()) {
    if (written.get(nameKey(entry.name)) !== entry) continue;
    if (entry.host === undefined) findings.push(hostMissing(entry, index, tenant));
    trunks.push(withWritten(withWritten(plainTrunk(entry.name), defaults), entry));
  }
  return { trunks, seed: scenario.seed ?? 0, findings };
}

function duplicate({ name }: WrittenTrunk, trunk: number): ScenarioFinding {
  const what = `trunk ${name} stands in the scenario twice`;
  return { code: "SCENARIO_DUPLICATE", what, hint: "keep one of the two", trunk };
}

function hostMissing(
  { name }: WrittenTrunk,
  trunk: number,
  tenant: Tenant | null,
): ScenarioFinding {
  const of = tenant === null ? "no tenant is named" : "the tenant has no such trunk";
  const what = `trunk ${name} lacks host, and ${of}`;
  const hint = `add host: 127.0.0.1, or name one of the tenant's trunks`;
  return { code: "SCENARIO_MISSING_KEY", what, hint, trunk };
}

function tenantTrunks(tenant: Tenant | null): TrunkProfile[] {
  if (tenant === null) return [];
  return tenant.operators.flatMap((operator) => {
    const ownedNumbers = tenant.phoneNumbers
      .filter(
        (number) => number.operator !== null && nameKey(number.operator) === nameKey(operator.id),
      )
      .map(({ telephoneNumber }) => telephoneNumber);
    return operator.trunks.map((trunk) => ({
      ...plainTrunk(trunk.name),
      operator: operator.id,
      host: trunk.host,
      port: trunk.port,
      transport: trunk.transport,
      enabled: trunk.enabled,
      maxConcurrentCalls: trunk.maxConcurrentCalls,
      callsPerSecond: trunk.callsPerSecond,
      policeCallerId: trunk.policeCallerId,
      ownedNumbers,
    }));
  });
}

/** WHY not MaxConcurrentSessions: it raises an alert and blocks nothing (New-CsOnlinePSTNGateway). */
function tenantGateways(tenant: Tenant | null): TrunkProfile[] {
  return (tenant?.onlinePstnGateways ?? []).map(({ identity, sipSignalingPort, enabled }) => ({
    ...plainTrunk(identity),
    host: identity,
    port: sipSignalingPort,
    transport: "tls",
    enabled,
  }));
}

function plainTrunk(name: string): TrunkProfile {
  return {
    name,
    operator: null,
    host: "127.0.0.1",
    port: 5060,
    transport: "udp",
    enabled: true,
    maxConcurrentCalls: null,
    callsPerSecond: null,
    policeCallerId: false,
    ownedNumbers: [],
    optionsStatus: 200,
    digest: null,
    answer: DEFAULT_ANSWER,
    rules: [],
    quality: DEFAULT_QUALITY,
    faults: [],
  };
}

function withWritten(
  base: TrunkProfile,
  written: Partial<WrittenTrunk> & WrittenBehaviour,
): TrunkProfile {
  const { answer, rules, quality, faults, ownedNumbers, name: _, ...plain } = written;
  const merged = withAnswer(base.answer, answer);
  return {
    ...base,
    ...defined(plain),
    answer: merged,
    rules:
      rules === undefined
        ? base.rules
        : rules.map((rule) => ({ prefix: rule.prefix, answer: withAnswer(merged, rule.answer) })),
    quality: { ...base.quality, ...defined(quality ?? {}) },
    faults: faults === undefined ? base.faults : faults.map(completeFault),
    ownedNumbers: [...base.ownedNumbers, ...(ownedNumbers ?? [])],
  };
}

function withAnswer(base: AnswerPlan, written: WrittenAnswer | undefined): AnswerPlan {
  if (written === undefined) return base;
  const { outcome, outcomes, ...plain } = written;
  const single = outcome === undefined ? base.outcomes : [{ weight: 1, outcome }];
  return { ...base, ...defined(plain), outcomes: outcomes ?? single };
}

function completeFault({ kind, from, to, share, status, seconds }: WrittenFault): Fault {
  return {
    kind,
    from,
    to: to ?? Number.POSITIVE_INFINITY,
    share: share ?? 1,
    status: status ?? 503,
    seconds: seconds ?? fixed(FAULT_SECONDS[kind] ?? 0),
  };
}

/** Without the keys whose value is `undefined`, which would wipe out what stands under them. */
function defined<T extends object>(written: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(written).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
