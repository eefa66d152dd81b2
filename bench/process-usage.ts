/**
 * What a process and its children have used, from /proc.
 *
 * @module
 */
import { readdirSync, readFileSync } from "node:fs";

/** USER_HZ, in which Linux tells CPU times to programs: 100 on every architecture of Debian. */
const TICKS_PER_SECOND = 100;
/** Fields of /proc/PID/stat after the name, counted from the state. */
const UTIME = 11;
const CSTIME = 14;

/** The process and all below it. One that ends meanwhile counts as its parent's waited-for child. */
function treeOf(pid: number): number[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim().split(/\s+/),
    );
    return [pid, ...children.filter(Boolean).flatMap((child) => treeOf(Number(child)))];
  } catch {
    return [];
  }
}

/** CPU time in user and system mode since the start, of the process and its children, in milliseconds. */
export function cpuMsOf(pid: number): number {
  let ticks = 0;
  for (const one of treeOf(pid)) {
    const stat = readFileSync(`/proc/${one}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    for (const field of fields.slice(UTIME, CSTIME + 1)) ticks += Number(field);
  }
  return (ticks * 1000) / TICKS_PER_SECOND;
}

/** Most memory that was resident at one time, of the process and its children, in megabytes. */
export function peakMegabytesOf(pid: number): number {
  let kilobytes = 0;
  for (const one of treeOf(pid)) {
    const found = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${one}/status`, "utf8"));
    kilobytes += Number(found?.[1] ?? 0);
  }
  return (kilobytes * 1024) / 1e6;
}
