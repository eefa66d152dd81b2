/**
 * One way to read an export, measured in a process of its own: prints CPU time, peak memory and what it
 * found, as JSON.
 *
 * Usage: node dist/bench/import-run.js (parse | import) FOLDER
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadTenant } from "../engine/import/load-tenant.ts";

export interface ImportRun {
  readonly cpuMs: number;
  readonly peakMegabytes: number;
  /** Users found. */
  readonly users: number;
}

const [way = "", folder = ""] = process.argv.slice(2);

/** JSON.parse on every file: what no reader of them can do without. */
function parseAll(): number {
  const parsed = readdirSync(folder).map((name) => {
    const value: unknown = JSON.parse(readFileSync(join(folder, name), "utf8"));
    return name === "Get-CsOnlineUser.json" && Array.isArray(value) ? value.length : 0;
  });
  return Math.max(...parsed);
}

async function importAll(): Promise<number> {
  const loaded = await loadTenant(folder);
  if (!loaded.ok) throw new Error(loaded.problems[0]?.what);
  return loaded.value.tenant.users.length;
}

const before = process.cpuUsage();
const users = way === "parse" ? parseAll() : await importAll();
const used = process.cpuUsage(before);
const run: ImportRun = {
  cpuMs: (used.user + used.system) / 1000,
  peakMegabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
  users,
};
process.stdout.write(`${JSON.stringify(run)}\n`);
