import type { Experiment } from "../state/experiment";

/** Runs of an embedded playground stand still while nobody sees them, and go on by themselves afterwards. */
export class Rest {
  readonly #experiment: Experiment;
  readonly #observer: IntersectionObserver;
  /** Unknown at first: what is told to begin unseen, goes on unseen. */
  #seen: boolean | undefined;
  /** Whether there is something that goes on when it is seen again. */
  #waits = false;

  constructor(element: Element, experiment: Experiment) {
    this.#experiment = experiment;
    this.#observer = new IntersectionObserver((entries) => {
      const known = this.#seen !== undefined;
      this.#seen = entries.at(-1)?.isIntersecting;
      if (known) this.#look();
    });
    this.#observer.observe(element);
    document.addEventListener("visibilitychange", this.#look);
  }

  end(): void {
    this.#observer.disconnect();
    document.removeEventListener("visibilitychange", this.#look);
  }

  readonly #look = () => {
    const { phase, playing } = this.#experiment;
    if (this.#seen && !document.hidden) {
      if (this.#waits && (phase === "paused" || phase === "loading")) this.#experiment.play();
      this.#waits = false;
    } else if (playing && (phase === "running" || phase === "loading")) {
      this.#waits = true;
      this.#experiment.pause();
    }
  };
}
