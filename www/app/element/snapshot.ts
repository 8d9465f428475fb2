import type { Ghost } from "../metrics/curves-of";
import type { RunView } from "../state/experiment";

/**
 * What the charts see, as lists that are others whenever there is more to draw, and the same otherwise: the runs, which
 * change in place, and the pale curves behind them.
 */
export class Snapshot {
  #runs: readonly RunView[] = [];
  #drawn = "";
  #pale: readonly Ghost[] = [];
  #paleOf: readonly unknown[] = [];

  /** Pinned results and, before them, what a preset is compared with. */
  behind(pinned: readonly Ghost[], beside: Ghost | undefined): readonly Ghost[] {
    const [before, last] = this.#paleOf;
    if (pinned !== before || beside !== last) this.#pale = beside ? [beside, ...pinned] : pinned;
    this.#paleOf = [pinned, beside];
    return this.#pale;
  }

  of(runs: readonly RunView[]): readonly RunView[] {
    const drawn = JSON.stringify(
      runs.map(({ algorithm, seed, status, history, changes, step }) => [
        algorithm,
        seed,
        status,
        history.epoch.length,
        changes.length,
        status === "paused" && step,
      ]),
    );
    const same = drawn === this.#drawn && runs.every((run, index) => run === this.#runs[index]);
    if (!same) this.#runs = [...runs];
    this.#drawn = drawn;
    return this.#runs;
  }
}
