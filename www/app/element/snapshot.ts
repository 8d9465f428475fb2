import type { RunView } from "../state/experiment";

/** The runs as the charts see them: they change in place, and it is another list whenever there is more to draw. */
export class Snapshot {
  #runs: readonly RunView[] = [];
  #drawn = "";

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
