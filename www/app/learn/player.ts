import { html, nothing, render, type TemplateResult } from "lit";
import * as text from "../text/learn";
import { picturesOf } from "./drawings";
import type { Engine, Seen } from "./engine";
import { LESSONS, type Lesson, type LessonName } from "./lessons";
import { wordsOf } from "./words";

/** How much of a figure has to be seen for it to begin. */
const SEEN = 0.5;

/** Whether figures begin by themselves and move, or leap to their end when they are asked to. */
export type Motion = "free" | "asked";

/** "waiting": nobody has asked for anything yet; "resting": it goes on as soon as it is seen. */
type Phase = "waiting" | "playing" | "resting" | "paused";

/** Brings the recorded pictures of a lesson to life: it begins when it is seen, and rests while it is not. */
export class Player {
  readonly #place: HTMLElement;
  readonly #name: LessonName;
  readonly #lesson: Lesson;
  readonly #engine: Engine;
  readonly #motion: Motion;
  readonly #bar = document.createElement("div");
  /** The pictures that came with the page, of which the text speaks: they are what is printed. */
  readonly #recorded: readonly string[];
  #rate: number | undefined;
  #phase: Phase = "waiting";
  #seen: Seen | undefined;
  #words: string = text.said.ready;
  /** Tells what was begun last from what it took the place of. */
  #turn = 0;
  /** One thing is asked of the engine at a time. */
  #asked: Promise<unknown> = Promise.resolve();

  constructor(place: HTMLElement, name: LessonName, engine: Engine, motion: Motion) {
    this.#place = place;
    this.#name = name;
    this.#lesson = LESSONS[name];
    this.#engine = engine;
    this.#motion = motion;
    this.#rate = this.#lesson.rate?.usual;
    this.#recorded = [...this.#pictures].map(({ outerHTML }) => outerHTML);
    this.#bar.className = "bar";
    place.append(this.#bar);
    const observer = new IntersectionObserver(
      (entries) => this.#look(entries.at(-1)?.isIntersecting ?? false),
      { threshold: SEEN },
    );
    observer.observe(place);
    document.addEventListener("visibilitychange", () => document.hidden && this.#look(false));
    addEventListener("beforeprint", () => this.#show(this.#recorded));
    addEventListener("afterprint", () => this.#draw());
    this.#draw();
  }

  #look(seen: boolean): void {
    const begins = this.#phase === "resting" || (this.#phase === "waiting" && this.#motion === "free");
    if (!seen && this.#phase === "playing") this.#go("resting");
    else if (seen && begins) void this.#play();
  }

  #play(): Promise<void> {
    this.#go("playing");
    return this.#try(async (mine) => {
      if (!this.#seen || this.#seen.over) await this.#start();
      while (mine() && !this.#seen?.over) {
        await this.#step(this.#motion === "free" ? 1 : this.#lesson.updates);
        await this.#pace();
      }
      if (mine()) this.#go("paused");
    });
  }

  #pace(): Promise<void> {
    const { first, slow, rest } = this.#lesson.pace;
    const ms = (this.#seen?.sight.updates ?? 0) <= first ? slow : rest;
    return new Promise((next) => setTimeout(next, ms));
  }

  #once(): Promise<void> {
    this.#go("paused");
    return this.#try(async () => {
      if (!this.#seen || this.#seen.over) await this.#start();
      await this.#step(1);
    });
  }

  #again(): Promise<void> {
    this.#go("paused");
    return this.#try(() => this.#start());
  }

  #setRate(rate: number | undefined, plays: boolean): void {
    this.#rate = rate;
    this.#seen = undefined;
    void (plays ? this.#play() : this.#again());
  }

  /** `mine` is true until something else begins, or this is paused. */
  async #try(act: (mine: () => boolean) => Promise<void>): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    try {
      await act(() => turn === this.#turn && this.#phase === "playing");
    } catch (thrown) {
      const failed = this.#seen ? text.stopped : text.failed;
      this.#seen = undefined;
      this.#words = failed(thrown instanceof Error ? thrown.message : String(thrown));
      this.#go("paused");
    }
  }

  #start(): Promise<void> {
    return this.#ask(() => this.#engine.start(this.#name, this.#rate));
  }

  #step(updates: number): Promise<void> {
    return this.#ask(() => this.#engine.step(this.#name, updates));
  }

  #ask(question: () => Promise<Seen>): Promise<void> {
    const answered = this.#asked.then(question).then((seen) => {
      this.#seen = seen;
      this.#words = wordsOf(seen.sight);
      this.#draw();
    });
    this.#asked = answered.catch(() => {});
    return answered;
  }

  #go(phase: Phase): void {
    this.#phase = phase;
    this.#draw();
  }

  #draw(): void {
    const { sight, over = false } = this.#seen ?? {};
    if (sight) this.#show(picturesOf(this.#name, sight));
    Object.assign(this.#place.dataset, { phase: this.#phase, updates: sight?.updates ?? 0, over });
    render(this.#controls(), this.#bar);
  }

  get #pictures(): NodeListOf<Element> {
    return this.#place.querySelectorAll(".panel > svg");
  }

  #show(svgs: readonly string[]): void {
    const pictures = this.#pictures;
    for (const [index, svg] of svgs.entries()) {
      const picture = pictures[index];
      if (picture) picture.outerHTML = svg;
    }
  }

  #controls(): TemplateResult {
    const { playing, toggle } =
      this.#phase === "playing"
        ? { playing: true, toggle: () => this.#go("paused") }
        : { playing: false, toggle: () => void this.#play() };
    return html`
      <button type="button" class="play" @click=${toggle}>${playing ? text.acts.pause : text.acts.play}</button>
      <button type="button" @click=${() => void this.#once()}>${text.acts.step[this.#name]}</button>
      <button type="button" @click=${() => void this.#again()}>${text.acts.again}</button>
      ${this.#slider()}
      <p class="said">${this.#words}</p>
      <p class="unseen" role="status">${playing ? "" : this.#words}</p>
    `;
  }

  #slider(): TemplateResult | typeof nothing {
    const { rate } = this.#lesson;
    if (!rate) return nothing;
    const { values, plays } = rate;
    const choose = ({ currentTarget }: Event) =>
      this.#setRate(values[Number((currentTarget as HTMLInputElement).value)], plays);
    return html`<label>
      ${text.rates[this.#name]}
      <input
        type="range"
        max=${values.length - 1}
        .value=${String(values.indexOf(this.#chosen ?? 0))}
        aria-valuetext=${this.#chosen ?? nothing}
        @change=${choose}
      />
      <output>${this.#chosen}</output>
    </label>`;
  }

  /** What is seen: a lesson about the noise goes through its sizes by itself. */
  get #chosen(): number | undefined {
    const sight = this.#seen?.sight;
    return sight?.kind === "along" ? sight.noiseStd : this.#rate;
  }
}
