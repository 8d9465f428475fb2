import type { Speed } from "../contract/protocol";
import type { RunView } from "../state/run";

/** The same is asked again at most this often. */
export const PAUSE_MS = 300;
/** A view costs less than three updates: after so many, less than 3% of the work. */
const UPDATES = 100;

/** Changes as often as there is something else to see: at full speed not after each update. */
export function momentOf({ step, status }: Pick<RunView, "step" | "status">, speed: Speed): number {
  return speed === "max" && status === "running" ? Math.floor(step / UPDATES) : step;
}
