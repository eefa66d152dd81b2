import type { Call } from "../model/call.ts";
import { callerNames } from "../model/callers.ts";
import { EngineError } from "../model/engine-error.ts";
import type { Problem } from "../model/problem.ts";
import { type OpenedInput, openInput } from "../stream/input-head.ts";
import { readCalls } from "../stream/read-calls.ts";
import { StreamProblems } from "../stream/stream-problems.ts";
import type { PlacingGround } from "./call-ground.ts";
import { openRouteInput, type RouteInput } from "./route-input.ts";
import type { SimulateOptions } from "./simulate-options.ts";

/** The input of `simulate`, opened and not yet read. */
export interface SimulateInput {
  readonly input: RouteInput;
  readonly opened: OpenedInput;
}

/** The calls of a run, and what was wrong in its input. */
export interface SimulateCalls {
  readonly calls: AsyncGenerator<Call>;
  /** Bad lines so far; each is counted once, also where the stream repeats. */
  badLines(): number;
}

/**
 * The calls of the stream in its order, at most as many as were asked for, from its start again where
 * it repeats.
 *
 * @param tell - Takes what is wrong with lines, the first ones of each code.
 */
export function simulateCalls(
  options: SimulateOptions,
  ground: PlacingGround,
  { input, opened }: SimulateInput,
  tell: (problem: Problem) => void,
  stop: AbortSignal,
): SimulateCalls {
  const users = callerNames(ground.tenant);
  const sink = { tell, record: null };
  const first = new StreamProblems(input.name, opened.linesBefore, users, sink);
  const { user, kind, site, ingressTrunk, hideCallerId, originalCaller } = options.call;
  const defaults = { user, kind, site, ingressTrunk, hideCallerId, originalCaller };
  const knowsUser = (name: string): boolean => ground.router.callerIndex(name) >= 0;
  const knowsSite = (name: string): boolean => ground.router.siteIndex(name) >= 0;
  const readOnce = (from: OpenedInput, problems: StreamProblems): AsyncGenerator<Call> =>
    readCalls({ input: from, defaults, knowsUser, knowsSite, problems, stop });

  return {
    calls: firstOf(options.calls ?? Number.POSITIVE_INFINITY, passes()),
    badLines: () => first.badLines(),
  };

  async function* passes(): AsyncGenerator<Call> {
    let hasCalls = false;
    for await (const call of readOnce(opened, first)) {
      hasCalls = true;
      yield call;
    }
    // WHY: a stream without a single call would be read for ever.
    while (options.repeat && hasCalls && !stop.aborted) yield* again();
  }

  async function* again(): AsyncGenerator<Call> {
    const next = await openRouteInput(options.input);
    if (!next.ok) throw new EngineError("ENGINE_FILE_UNREADABLE", next.problems[0]?.what ?? "");
    try {
      const head = await openInput(next.value.pieces, next.value.name, options.inputFormat);
      const silent = new StreamProblems(input.name, 0, users, { tell: () => {}, record: null });
      if (head.ok) yield* readOnce(head.value, silent);
    } finally {
      next.value.close();
    }
  }
}

async function* firstOf(count: number, calls: AsyncIterable<Call>): AsyncGenerator<Call> {
  let left = count;
  if (left <= 0) return;
  for await (const call of calls) {
    yield call;
    if (--left <= 0) return;
  }
}
