import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the sources of the rivals stand: the compiled file runs from dist/bench/rivals. */
export const RIVALS = join(
  dirname(fileURLToPath(import.meta.url)),
  "..",
  "..",
  "..",
  "bench",
  "rivals",
);

/** A rival that can be run, or why it cannot be here. */
export type Built =
  | { readonly ok: true; readonly file: string }
  | { readonly ok: false; readonly missing: string };

interface Program {
  readonly compiler: "gcc" | "g++";
  readonly source: string;
  readonly libraries: readonly string[];
  /** Debian's package of what it includes. */
  readonly from: string;
}

const PROGRAMS = {
  "table-walk": { compiler: "gcc", source: "table-walk.c", libraries: [], from: "gcc" },
  "read-decide-write": {
    compiler: "gcc",
    source: "read-decide-write.c",
    libraries: [],
    from: "gcc",
  },
  "re2-set": { compiler: "g++", source: "re2-set.cc", libraries: ["-lre2"], from: "libre2-dev" },
  hyperscan: {
    compiler: "g++",
    source: "hyperscan.cc",
    libraries: ["-lhs"],
    from: "libhyperscan-dev",
  },
} satisfies Record<string, Program>;

export type ProgramName = keyof typeof PROGRAMS;

/** A folder of its own for what is built and written, gone when the process ends. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "outdial-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Compiles a rival into the folder. */
export function buildProgram(name: ProgramName, folder: string): Built {
  const { compiler, source, libraries, from }: Program = PROGRAMS[name];
  const file = join(folder, name);
  const args = ["-O3", "-march=native", "-o", file, join(RIVALS, source), ...libraries];
  const { error, status, stderr } = spawnSync(compiler, args, { encoding: "utf8" });
  if (error !== undefined) return { ok: false, missing: `${name}: no ${compiler} (Debian: g++)` };
  if (status === 0) return { ok: true, file };
  if (/fatal error: \S+\/\S+: No such file|cannot find -l/.test(stderr))
    return { ok: false, missing: `${name}: not installed (Debian: ${from})` };
  throw new Error(`${source} does not compile:\n${stderr}`);
}
