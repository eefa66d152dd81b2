/** Files that a command line names for TLS, all PEM; `null` = not named. */
export interface NamedTlsFiles {
  readonly certificate: string | null;
  readonly key: string | null;
  /** Authorities that the other end's certificate must lead to. */
  readonly authority: string | null;
  /** Where the lab's own certificates are kept. */
  readonly folder: string | null;
}

/** Whether a certificate was named without its key, or a key without its certificate. */
export function isHalfNamed({ certificate, key }: NamedTlsFiles): boolean {
  return (certificate === null) !== (key === null);
}
