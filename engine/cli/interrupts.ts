/** Exit code of a run that was stopped at once: what shells give a process ended by SIGINT. */
const INTERRUPTED = 130;

/**
 * The first Ctrl-C (or SIGTERM) asks for an orderly end, the second ends the process at once.
 *
 * @returns Gives the signals back to the system.
 */
export function onInterrupt(endOrderly: () => void): () => void {
  let isEnding = false;
  const listener = (): void => {
    if (isEnding) process.exit(INTERRUPTED);
    isEnding = true;
    endOrderly();
  };
  process.on("SIGINT", listener);
  process.on("SIGTERM", listener);
  return () => {
    process.off("SIGINT", listener);
    process.off("SIGTERM", listener);
  };
}
