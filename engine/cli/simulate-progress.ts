import cliProgress from "cli-progress";
import type { CallerCounts } from "../call/caller.ts";

const CLEAR_LINE = "\r\u001b[K";
const REFRESH_MS = 200;

/** Shows on stderr how a load of calls is getting on. */
export interface SimulateProgress {
  /** Lets `print` write lines of its own, which the bar makes room for. */
  above(print: () => void): void;
  stop(): void;
}

const HIDDEN: SimulateProgress = { above: (print) => print(), stop: () => {} };

/**
 * A progress bar that looks at the caller by itself, or nothing where stderr is no terminal or `isQuiet`.
 *
 * @param calls - Calls in all; `null` = not known, so only the counts grow.
 */
export function startSimulateProgress(
  calls: number | null,
  counts: () => CallerCounts,
  isQuiet: boolean,
): SimulateProgress {
  if (isQuiet || !process.stderr.isTTY) return HIDDEN;
  const figures = "{placed} placed, {inFlight} in progress, {answered} answered, {others} not";
  const format =
    calls === null ? `calling ${figures}` : `calling {bar} {percentage} % | ${figures}`;
  const options = { format, stream: process.stderr, clearOnComplete: true, hideCursor: true };
  const bar = new cliProgress.SingleBar(options, cliProgress.Presets.shades_classic);
  const payload = (): object => {
    const { placed, inFlight, talking, answered, failed, timedOut, cancelled } = counts();
    return {
      placed,
      inFlight,
      answered: answered + talking,
      others: failed + timedOut + cancelled,
    };
  };
  bar.start(calls ?? 1, 0, payload());
  const timer = setInterval(() => {
    bar.update(calls === null ? 0 : counts().placed, payload());
  }, REFRESH_MS);
  return {
    above: (print) => {
      process.stderr.write(CLEAR_LINE);
      print();
    },
    stop: () => {
      clearInterval(timer);
      bar.stop();
    },
  };
}
