import { setTimeout as sleep } from "node:timers/promises";
import { type Problem, problem } from "../engine/model/problem.ts";
import type { TrunkProfile } from "./scenario/trunk-profile.ts";
import { SimulatedTrunk, type TrunkOptions } from "./trunk/simulated-trunk.ts";
import type { SimRun } from "./trunk/trunk-desk.ts";

/** How often it is looked whether calls are over. */
const LOOK_AGAIN_MILLISECONDS = 25;
/** 64 × T1 and two seconds more: by then every transaction has ended by its own timers. */
const LONGEST_TRANSACTION_MILLISECONDS = 34_000;

/** What a run leaves behind; more than nothing is a fault of ours. */
export interface LeftOver {
  readonly transactions: number;
  readonly dialogs: number;
}

/** All trunks of one run. */
export class Simulation {
  readonly trunks: readonly SimulatedTrunk[];
  /** One for each trunk that could not be started. */
  readonly problems: readonly Problem[];

  private constructor(trunks: readonly SimulatedTrunk[], problems: readonly Problem[]) {
    this.trunks = trunks;
    this.problems = problems;
  }

  /**
   * Starts each trunk on its own port; what stops one stops no other.
   *
   * @problem TRUNK_NOT_STARTED
   */
  static async start(
    profiles: readonly TrunkProfile[],
    run: SimRun,
    optionsOf: (profile: TrunkProfile) => TrunkOptions,
  ): Promise<Simulation> {
    const trunks: SimulatedTrunk[] = [];
    const problems: Problem[] = [];
    for (const profile of profiles) {
      try {
        trunks.push(await SimulatedTrunk.open(profile, run, optionsOf(profile)));
      } catch (error) {
        problems.push(notStarted(profile, error));
      }
    }
    return new Simulation(trunks, problems);
  }

  /** Calls that have not ended. */
  get held(): number {
    return this.trunks.reduce((sum, { desk }) => sum + desk.held, 0);
  }

  /**
   * Refuses new calls, lets the running ones end for so long, then ends them, and waits until nothing of
   * them is left or `hurry` is aborted.
   */
  async drain(milliseconds: number, hurry: AbortSignal): Promise<LeftOver> {
    for (const { desk } of this.trunks) desk.drain();
    await waitUntil(() => this.held === 0, milliseconds, hurry);
    for (const { desk } of this.trunks) desk.stopCalls();
    const isOver = (): boolean => {
      const { transactions, dialogs } = this.#left();
      return this.held + transactions + dialogs === 0;
    };
    await waitUntil(isOver, LONGEST_TRANSACTION_MILLISECONDS, hurry);
    return this.#left();
  }

  async close(): Promise<void> {
    await Promise.all(this.trunks.map((trunk) => trunk.close()));
  }

  #left(): LeftOver {
    const counts = this.trunks.map((trunk) => trunk.counts());
    return {
      transactions: counts.reduce((sum, { transactions }) => sum + transactions, 0),
      dialogs: counts.reduce((sum, { dialogs }) => sum + dialogs, 0),
    };
  }
}

async function waitUntil(
  isTrue: () => boolean,
  milliseconds: number,
  hurry: AbortSignal,
): Promise<void> {
  const until = performance.now() + milliseconds;
  while (!isTrue() && !hurry.aborted && performance.now() < until) {
    await sleep(LOOK_AGAIN_MILLISECONDS);
  }
}

function notStarted({ name }: TrunkProfile, error: unknown): Problem {
  const { code, message } = error as { code?: string; message?: string };
  const what = `trunk ${name} is not simulated: ${message ?? String(error)}`;
  const hint =
    code === "ENGINE_ADDRESS_UNAVAILABLE"
      ? "free the address, or give the trunk another one"
      : "name a certificate and its key by --tls-cert and --tls-key";
  return problem("TRUNK_NOT_STARTED", what, hint);
}
