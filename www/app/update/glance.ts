import { css, html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import type { Question } from "../contract/protocol";
import { ruleInfo, ruleLabel } from "../contract/rules";
import { readUpdate, type SeenUpdate } from "../contract/update";
import { nameOfClass } from "../metrics/format";
import type { Experiment } from "../state/experiment";
import { Look, nothingSeen, type Sight } from "../state/look";
import type { RunView } from "../state/run";
import * as later from "../text/later";
import { about } from "../ui/about";
import { define } from "../ui/define";
import { ask } from "../ui/events";
import { grey } from "../ui/paint";
import "../ui/picture";
import { shared } from "../ui/shared-styles";
import { canLook } from "./budget";
import { cellStyles, cells } from "./cells";
import { gridOf } from "./grid";
import { sentenceOf } from "./sentences";
import { planeOf, type Stage, sizesOf } from "./stages";

/** From one stage to the next. */
const STAGE_MS = 1300;
/** Those that fit a glance: what comes of the weights takes a closer look. */
const STAGES: readonly Stage[] = ["pass", "noise", "losses", "credit"];
/** What is seen where nothing moves: what it is all about. */
const AT_REST: Stage = "losses";

/**
 * One image in an update of a run that goes on, stage after stage: small, and by itself. It asks for another update
 * when the stages of one are over, so that it costs the training less than the whole view does.
 */
export class Glance extends LitElement {
  static override styles = [
    shared,
    cellStyles,
    css`
      :host {
        display: block;
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 8px;
      }
      .head > * {
        white-space: nowrap;
      }
      .head button {
        padding-inline: 8px;
        font-size: 13px;
      }
      .flow {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: minmax(0, 64px);
        align-items: center;
        gap: 10px;
        margin-block: 6px;
        min-block-size: 64px;
      }
      /* As high whatever is said: nothing jumps from stage to stage. */
      p {
        min-block-size: 5lh;
        font-size: 13px;
      }
      /* The column is narrowest there. */
      @container (992px <= width < 1200px) {
        .head h2 {
          overflow: hidden;
          letter-spacing: 0;
          text-overflow: ellipsis;
        }
        .flow {
          margin-block: 4px;
        }
        p {
          min-block-size: 7lh;
          line-height: 1.3;
        }
      }
    `,
  ];

  @property({ attribute: false }) experiment: Experiment | undefined;
  @property({ attribute: false }) runs: readonly RunView[] = [];
  @state() private stage: Stage = "pass";
  /** Changes when the stages of an update are over. */
  #round = 0;
  #sight: Sight<Extract<Question, { about: "update" }>> | undefined;
  #seen: SeenUpdate | undefined;
  #playing: ReturnType<typeof setInterval> | undefined;
  readonly #still = matchMedia("(prefers-reduced-motion: reduce)");

  readonly #look = new Look(
    this,
    () => {
      const run = this.#run;
      if (run?.status !== "running" || !this.#small) return [];
      const question = { about: "update" as const, update: run.step, sample: 0, pass: 0, draws: 0 };
      return [{ run, question, same: ["glance"], live: true }];
    },
    {
      pauseMs: STAGE_MS,
      stateOf: ({ status, history }) => [status, this.#still.matches ? history.epoch.length : this.#round],
    },
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  override updated(_changed: PropertyValues): void {
    if (!this.#goes || !this.#look.onScreen) this.#stop();
    else this.#playing ??= setInterval(() => this.#next(), STAGE_MS);
  }

  /** What was seen last stays when its run has ended. */
  override willUpdate(): void {
    const sight = this.#look.sights[0] ?? this.#sight;
    if (!sight || sight === this.#sight) return;
    this.#sight = sight;
    this.#seen = readUpdate(sight.answer, ruleInfo(sight.run.algorithm).decorrelated);
  }

  override render() {
    const sight = this.#sight;
    const rule = sight && ruleLabel(sight.run.algorithm);
    return html`<div ${about("chart:update")}>
      <div class="head">
        <h2>${later.glance.title}${rule && ` · ${rule}`}</h2>
        <button type="button" @click=${(event: Event) => ask(event.target as Element, "np-middle", "update")}>
          ${later.glance.closer}
        </button>
      </div>
      ${
        sight && this.#seen && this.runs.includes(sight.run)
          ? this.#flow(sight.run, this.#seen)
          : html`<div class="flow"></div><p class="muted">${!this.#small ? later.glance.tooLarge : this.runs.some(({ history }) => history.epoch.length > 0) ? later.glance.comes : nothingSeen(this.runs)}</p>`
      }
    </div>`;
  }

  #flow(run: RunView, seen: SeenUpdate): TemplateResult {
    const stage = this.#goes ? this.stage : AT_REST;
    const { values } = planeOf(stage, seen);
    const sizes = sizesOf(values);
    const tile = (list: Float32Array, layer: number) => {
      const greatest = layer === values.length - 1 ? sizes.bars : sizes.cells;
      const unmarked = { marks: undefined, greatestMark: 0, focus: undefined };
      return cells({ grid: gridOf(list), values: list, greatest, ...unmarked });
    };
    const { shape, classNames: names = [] } = this.experiment ?? {};
    const unsaid = { change: undefined, pass: 0, layer: 0, config: undefined };
    const sentence = sentenceOf(stage, { run, seen, names, ...unsaid });
    return html`<div class="flow">
        <np-picture .colours=${grey(seen.pixels)} .cols=${shape?.cols ?? 28} .label=${later.update.image(nameOfClass(names, seen.label))}></np-picture>
        ${values.map(tile)}
      </div>
      <p>${sentence}</p>`;
  }

  /** A rule that uses noise and goes on, or did; any other where none is chosen. */
  get #run(): RunView | undefined {
    const seen = this.runs.filter(({ history, status }) => history.epoch.length > 0 && status !== "failed");
    const noisy = seen.filter(({ algorithm }) => ruleInfo(algorithm).noise);
    const goes = ({ status }: RunView) => status === "running";
    return noisy.find(goes) ?? seen.find(goes) ?? noisy.at(-1) ?? seen.at(-1);
  }

  get #small(): boolean {
    return this.experiment !== undefined && canLook(this.experiment, true);
  }

  get #goes(): boolean {
    return this.#run?.status === "running" && !this.#still.matches;
  }

  #next(): void {
    const next = STAGES[STAGES.indexOf(this.stage) + 1];
    if (!next) this.#round += 1;
    this.stage = next ?? "pass";
  }

  #stop(): void {
    clearInterval(this.#playing);
    this.#playing = undefined;
  }
}

define("np-glance", Glance);
