// Builds dist when it is missing or older than any source, so that `npm ci` leaves a working `outdial`
// and `npx outdial` does not rebuild what is current.
import { execFileSync } from "node:child_process";
import { readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sources = [
  "engine",
  "trunk-sim",
  "test",
  "bench",
  "scripts",
  "tsconfig.json",
  "package.json",
];
const stamp = join(root, "dist", "engine", "cli", "main.js");

function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const built = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const stale = sources.some((name) => newest(join(root, name)) > built);
if (stale || process.argv.includes("--always")) {
  rmSync(join(root, "dist"), { recursive: true, force: true });
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  execFileSync(process.execPath, [compiler], { cwd: root, stdio: "inherit" });
}
