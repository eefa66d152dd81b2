/** Exit codes of every command: public, see `outdial --help`. */
export const EXIT = {
  fine: 0,
  /** Problems found, a refused command, a bad or missing file, an unknown `--user`. */
  problems: 1,
  /** Wrong command-line syntax only. */
  usage: 64,
  /** A bug of ours. */
  bug: 70,
} as const;
