const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "it is a folder",
  ELOOP: "its symbolic links run in a circle",
  ENOTDIR: "a part of its path is no folder",
  ENAMETOOLONG: "its path is too long",
};

/** Why the system would not read a file, in words. */
export function whyUnreadable(error: unknown): string {
  const code = String((error as { code?: unknown }).code ?? "");
  return REASONS[code] ?? (code || "unknown reason");
}
