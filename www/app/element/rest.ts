import type { Experiment } from "../state/experiment";
import type { Sweep } from "../sweep/sweep";
import type { Session } from "./session";

/** Runs of an embedded playground stand still while nobody sees them, and go on by themselves afterwards. */
export class Rest {
  readonly #experiment: Experiment;
  readonly #sweep: Sweep;
  readonly #observer: IntersectionObserver;
  /** Unknown at first, in a hidden tab until that is seen: what is told to begin unseen, goes on unseen. */
  #seen: boolean | undefined;
  /** Whether there is something that goes on when it is seen again. */
  #waits = false;

  constructor(element: Element, { experiment, sweep }: Pick<Session, "experiment" | "sweep">) {
    this.#experiment = experiment;
    this.#sweep = sweep;
    this.#observer = new IntersectionObserver((entries) => {
      const known = this.#seen !== undefined;
      this.#seen = entries.at(-1)?.isIntersecting;
      if (known) this.#look();
    });
    this.#observer.observe(element);
    document.addEventListener("visibilitychange", this.#look);
  }

  /** Whatever is asked for meanwhile holds when it is seen again. */
  forget(): void {
    this.#waits = false;
  }

  end(): void {
    this.#observer.disconnect();
    document.removeEventListener("visibilitychange", this.#look);
  }

  readonly #look = () => {
    if (this.#seen === undefined) return;
    const { phase, playing } = this.#experiment;
    const isSeen = this.#seen && !document.hidden;
    this.#sweep.resting = !isSeen;
    if (isSeen) {
      // Other settings may have begun anew meanwhile.
      if (this.#waits && (phase === "paused" || phase === "loading" || phase === "idle"))
        this.#experiment.play();
      this.#waits = false;
    } else if (playing && (phase === "running" || phase === "loading")) {
      this.#waits = true;
      this.#experiment.pause();
    }
  };
}
