const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "it is a folder",
  ELOOP: "its symbolic links run in a circle",
  ENOSPC: "the disk is full",
  EROFS: "the disk is read-only",
  ENOTDIR: "a part of its path is no folder",
  ENAMETOOLONG: "its path is too long",
  EMFILE: "too many files are open",
};

/** Why the system would not read a file, in words. */
export function whyUnreadable(error: unknown): string {
  return whyFailed(error, "there is no such file");
}

/** Why the system would not write a file, in words. */
export function whyUnwritable(error: unknown): string {
  return whyFailed(error, "there is no such folder");
}

function whyFailed(error: unknown, missing: string): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (code === "ENOENT") return missing;
  if (typeof code === "string" && code !== "") return REASONS[code] ?? code;
  return typeof message === "string" && message !== "" ? message : "unknown reason";
}
