import cliProgress from "cli-progress";

const CLEAR_LINE = "\r\u001b[K";

/** Shows on stderr how far a run has come. */
export interface RouteProgress {
  show(bytes: number, rows: number): void;
  /** Lets `print` write lines of its own, which the bar makes room for. */
  above(print: () => void): void;
  stop(): void;
}

const HIDDEN: RouteProgress = { show: () => {}, above: (print) => print(), stop: () => {} };

/**
 * A progress bar, or nothing where stderr is no terminal or `isQuiet`.
 *
 * @param size - Bytes of the whole input; `null` = not known, so only the count grows.
 */
export function startRouteProgress(size: number | null, isQuiet: boolean): RouteProgress {
  if (isQuiet || !process.stderr.isTTY) return HIDDEN;
  const format =
    size === null
      ? "routing {rows} numbers"
      : "routing {bar} {percentage} % | {rows} numbers | {eta_formatted} left";
  const options = { format, stream: process.stderr, clearOnComplete: true, hideCursor: true };
  const bar = new cliProgress.SingleBar(options, cliProgress.Presets.shades_classic);
  bar.start(size ?? 1, 0, { rows: 0 });
  return {
    show: (bytes, rows) => bar.update(size === null ? 0 : bytes, { rows }),
    above: (print) => {
      process.stderr.write(CLEAR_LINE);
      print();
    },
    stop: () => bar.stop(),
  };
}
