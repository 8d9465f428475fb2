import { cpuUsage } from "node:process";

const WORK_MICROSECONDS = 200_000;

/** How many times longer than on an idle machine a thread now takes for its work; 1 or more. */
export function contention(): number {
  const [start, used] = [performance.now(), cpuUsage()];
  let microseconds = 0;
  while (microseconds < WORK_MICROSECONDS) {
    const { user, system } = cpuUsage(used);
    microseconds = user + system;
  }
  return Math.max(1, ((performance.now() - start) * 1000) / microseconds);
}
