/** Who holds a lease: one name for one opened engine, and whether the process behind such a name has died. */
import { hostname } from "node:os";
import type { Runtime } from "./kit/runtime.ts";

/** Two starts further apart than this are two processes, whatever their number. */
const SAME_START_MS = 5_000;

/** `host:process:start:chance` */
export function holderName(runtime: Runtime): string {
  return [hostname(), process.pid, startedAt(runtime), runtime.random().toString(36).slice(2)].join(":");
}

/**
 * True where the holder was a process of this machine that has died. A number is given again (in a container always the
 * same one): then the start tells. Of another machine's process nothing is known; its lease runs out by itself.
 */
export function isGone(holder: string, runtime: Runtime): boolean {
  const [host, id = "", start] = holder.split(":");
  if (host !== hostname() || !/^\d+$/.test(id)) return false;
  if (Number(id) === process.pid) return Math.abs(Number(start) - startedAt(runtime)) > SAME_START_MS;
  try {
    process.kill(Number(id), 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}

/** The same in every thread of this process. */
function startedAt(runtime: Runtime): number {
  return Math.round(runtime.now() - process.uptime() * 1_000);
}
