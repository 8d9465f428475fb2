import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import type { Algorithm, Config } from "../contract/config";
import { ruleHue, ruleInfo, ruleLabel } from "../contract/rules";
import { readChange, readUpdate, type SeenChange, type SeenUpdate } from "../contract/update";
import { decimal, wholePercent } from "../metrics/format";
import { BEAT_MS } from "../state/beat";
import type { Experiment } from "../state/experiment";
import { divergedRules, Look, nothingSeen, oneOfEachRule } from "../state/look";
import type { RunView } from "../state/run";
import * as later from "../text/later";
import * as text from "../text/text";
import { about } from "../ui/about";
import { define } from "../ui/define";
import "../ui/equation";
import { ask } from "../ui/events";
import { scale, scaleStyles } from "../ui/scale";
import { shared } from "../ui/shared-styles";
import { isNarrow } from "../ui/window";
import { sameSign } from "./agreement";
import "./along";
import { canLook } from "./budget";
import "./change";
import "./draws";
import { figureStyles, scatter } from "./figures";
import "./network";
import { option } from "../ui/option";
import { besideSeen, lookAtChanges } from "./looks";
import { momentOf, PAUSE_MS } from "./pace";
import { sentenceOf } from "./sentences";
import { type Plane, planeOf, type Stage, sizesOf, stagesOf } from "./stages";
import { type UnitPlace, workedOut } from "./worked";

/** From one stage to the next, where each update plays its stages. */
const STAGE_MS = 900;

/** A rule's run, and what is seen of it. */
interface Shown {
  run: RunView;
  seen: SeenUpdate;
  change: SeenChange | undefined;
}

/** One image in the next update of one rule, or of two side by side, in stages; and how good the estimate is. */
export class OneUpdate extends LitElement {
  static override styles = [
    shared,
    scaleStyles,
    figureStyles,
    css`
      :host {
        container-type: inline-size;
      }
      .view {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 12px;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px 12px;
        font-size: 13px;
      }
      .row label,
      .stepper {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      .stepper button {
        min-inline-size: 28px;
        padding: 0;
      }
      .stages {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .stages button {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      .stages button[aria-current] {
        border-color: var(--np-ink);
        background: var(--np-ink);
        color: var(--np-panel);
      }
      /* It keeps the focus of who has come to the end by pressing it. */
      [aria-disabled="true"] {
        cursor: default;
        opacity: 0.5;
      }
      .number {
        font-variant-numeric: tabular-nums;
        opacity: 0.7;
      }
      .rule-name {
        color: var(--hue);
      }
      /* As high with one line as with two: nothing jumps from stage to stage. */
      .sentence {
        min-block-size: 2lh;
        font-size: 17px;
        line-height: 1.35;
        text-wrap: pretty;
      }
      .networks {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 496px), 1fr));
        gap: 12px 24px;
      }
      /* Side by side, each part stands at the height of the other's. */
      .network {
        display: grid;
        grid-row: span 4;
        grid-template-rows: subgrid;
        gap: 6px;
        padding-inline-start: 10px;
        border-inline-start: 3px solid var(--hue);
      }
      .small,
      figcaption {
        font-size: 13px;
        color: var(--np-muted);
      }
      .unit-line {
        min-block-size: 2lh;
        font-variant-numeric: tabular-nums;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 18px;
        align-items: center;
        font-size: 12px;
        color: var(--np-muted);
      }
      .legend .scale {
        grid-template-columns: auto 88px auto;
      }
      .legend > span {
        display: inline-flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px;
      }
      .detail,
      .figures {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 288px), 1fr));
        gap: 14px 24px;
        align-items: start;
      }
      .detail:empty {
        display: none;
      }
      .detail > *,
      .figures > * {
        display: grid;
        align-content: start;
        gap: 6px;
        min-inline-size: 0;
      }
      .figures {
        padding-block-start: 12px;
        border-block-start: 1px solid var(--np-line);
      }
      .worked {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 14px;
        margin: 0;
        font-variant-numeric: tabular-nums;
      }
      .worked > div {
        display: flex;
        gap: 5px;
      }
      .worked dt {
        color: var(--np-muted);
        white-space: nowrap;
      }
      .worked dd {
        margin: 0;
      }
      figure {
        margin: 0;
      }
      @container (max-width: 519px) {
        .sentence {
          min-block-size: 3lh;
          font-size: 16px;
        }
        .stages {
          flex-basis: 100%;
          order: -1;
        }
        .stages button {
          padding-inline: 6px;
          font-size: 13px;
          gap: 4px;
        }
      }
    `,
  ];

  @property({ attribute: false }) experiment: Experiment | undefined;
  @property({ attribute: false }) runs: readonly RunView[] = [];
  /** Changes with every update of any run. */
  @property() moment = "";
  /** The settings that the runs follow: rates that are moved in a pause are those of the very update in view. */
  @property({ attribute: false }) followed: Config | undefined;
  @state() private stage: Stage = "pass";
  @state() private sample = 0;
  @state() private pass = 0;
  @state() private unit: UnitPlace = { layer: 0, unit: 0 };
  /** Whether a unit has been looked at: before that, none is pointed out. */
  @state() private pointed = false;
  @state() private chosen: Algorithm | undefined;
  @state() private beside: Algorithm | "" | undefined = isNarrow() ? "" : undefined;
  /** The settings whose untrained network has been asked for. */
  #prepared: unknown;
  #playing: ReturnType<typeof setInterval> | undefined;
  #played = -1;
  readonly #read = new WeakMap<Float32Array, SeenUpdate>();

  readonly #look = new Look(
    this,
    () => {
      if (!this.#canLook) return [];
      const [first] = this.#shownRuns;
      const { sample, pass } = this;
      return this.#shownRuns.map((run) => ({
        run,
        question: { about: "update" as const, update: first?.step ?? 0, sample, pass, draws: 0 },
        same: ["update", sample, pass],
      }));
    },
    {
      pauseMs: PAUSE_MS,
      stateOf: (run) => [run.status, this.#moment(run), this.followed],
    },
  );

  readonly #changes = lookAtChanges(this, this.#look, ({ run, answer }) => {
    if (!this.#wantsChange) return undefined;
    const seen = this.#seen(answer, run);
    const { update, sample } = seen;
    return { about: "change", update, sample, layer: this.#unitIn(seen).layer };
  });

  constructor() {
    super();
    this.addEventListener("keydown", this.#press);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
    if (this.experiment) this.experiment.beatMs = BEAT_MS;
  }

  override updated(_changed: PropertyValues): void {
    const { experiment } = this;
    if (experiment?.phase === "idle" && this.#look.onScreen && this.#prepared !== experiment.config) {
      this.#prepared = experiment.config;
      ask(this, "np-prepare", null);
    }
    // Each update is to have the time that its stages take.
    if (experiment) experiment.beatMs = (this.#stagesOfShown.length + 1) * STAGE_MS;
    this.#follow();
  }

  override render() {
    const shown = this.#shown;
    const [first] = shown;
    return html`<div class="view" role="group" aria-label=${text.charts.update.label} ${about("chart:update")}>
      ${first ? this.#whole(first, shown) : this.#nothing()}
    </div>`;
  }

  #nothing(): TemplateResult {
    const gone = divergedRules(this.runs).length > 0;
    if (!this.#canLook) return html`<p class="small">${later.update.tooLarge}</p>`;
    return html`<p class="small">${this.#look.problem || (gone ? nothingSeen(this.runs) : later.update.comes)}</p>`;
  }

  #whole(first: Shown, shown: readonly Shown[]): TemplateResult {
    const going = first.run.status === "running";
    return html`
      ${this.#choices(first.seen)} ${this.#stages(first)}
      <p class="sentence" aria-live=${going ? "off" : "polite"}>${this.#sentence(first)}</p>
      <div class="detail">${shown.map((one) => this.#detail(one))}</div>
      <div class="networks">${shown.map((one) => this.#network(one, shown.length > 1))}</div>
      <div class="detail">${shown.map((one) => this.#scatter(one))}</div>
      ${this.#look.problem ? html`<p class="problem">${this.#look.problem}</p>` : nothing}
      <div class="figures">
        ${shown.map(
          ({
            run,
            seen,
          }) => html`<section aria-label=${`${later.update.dialTitle}: ${ruleLabel(run.algorithm)}`}>
            <h3>${later.update.dialTitle} · ${ruleLabel(run.algorithm)}</h3>
            <np-draws .run=${run} .seen=${seen}></np-draws>
          </section>`,
        )}
        <section aria-label=${later.update.alongTitle}>
          <h3>${later.update.alongTitle} · ${ruleLabel(first.run.algorithm)}</h3>
          <np-along .run=${first.run} .seen=${first.seen} .pass=${this.pass}></np-along>
        </section>
      </div>
    `;
  }

  /** Which rules, which image, which noisy pass. */
  #choices({ batch, lossDiffs, sample, update }: SeenUpdate): TemplateResult {
    const [first, second] = this.#shownRuns;
    const begun = oneOfEachRule(this.runs).map(({ algorithm }) => algorithm);
    const options = [...new Set(this.runs.map(({ algorithm }) => algorithm))];
    const ruleOf = (algorithm: Algorithm, chosen: Algorithm | undefined) => {
      const waits = !begun.includes(algorithm);
      const label = waits ? later.update.notBegun(ruleLabel(algorithm)) : ruleLabel(algorithm);
      return option(algorithm, label, algorithm === chosen, waits);
    };
    return html`<div class="row">
      <label>
        ${later.update.rule}
        <select aria-label=${later.update.rule} @change=${this.#choose}>${options.map((name) => ruleOf(name, first?.algorithm))}</select>
      </label>
      ${
        options.length > 1
          ? html`<label>
              ${later.update.beside}
              <select aria-label=${later.update.beside} @change=${this.#put}>
                ${option("", later.update.nobody, !second)}
                ${options.filter((name) => name !== first?.algorithm).map((name) => ruleOf(name, second?.algorithm))}
              </select>
            </label>`
          : nothing
      }
      ${stepper(
        later.update.sample(sample + 1, batch),
        [later.update.sampleBack, later.update.sampleNext],
        (by) => {
          this.sample = (sample + by + batch) % batch;
        },
      )}
      ${
        lossDiffs.length > 1
          ? stepper(
              later.update.pass((this.pass % lossDiffs.length) + 1, lossDiffs.length),
              [later.update.passBack, later.update.passNext],
              (by) => {
                this.pass = ((this.pass % lossDiffs.length) + by + lossDiffs.length) % lossDiffs.length;
              },
            )
          : nothing
      }
      <span class="small">${this.#placeOf(first, update)}</span>
    </div>`;
  }

  /** Which update it is, and whether it stands still while somebody reads. */
  #placeOf(run: RunView | undefined, update: number): string {
    // What was seen last is of an earlier update, until the look at the end comes.
    if (run?.status === "finished")
      return update < run.step ? later.update.comes : later.update.ended(update);
    const goes = run?.status === "running" && this.experiment?.speed !== "slow";
    return (goes ? later.update.goesOn : later.update.place)(update + 1);
  }

  #stages({ run, seen }: Shown): TemplateResult {
    const stages = this.#stagesOfShown;
    const quiet: Partial<Record<Stage, string>> = seen.lossDiffs.length === 0 ? later.update.quietNames : {};
    const place = stages.indexOf(this.#stage);
    return html`<nav class="row" aria-label=${later.update.stages} style="--hue: var(${ruleHue(run.algorithm)})">
      <button type="button" aria-disabled=${place === 0} @click=${() => this.#go(-1)}>${later.update.back}</button>
      <ol class="stages">
        ${stages.map(
          (stage, index) => html`<li>
            <button type="button" aria-current=${stage === this.#stage ? "step" : nothing} @click=${() => this.#show(stage)}>
              <span class="number">${index + 1}</span>${quiet[stage] ?? later.update.names[stage]}
            </button>
          </li>`,
        )}
      </ol>
      <button type="button" aria-disabled=${place === stages.length - 1} @click=${() => this.#go(1)}>${later.update.next}</button>
    </nav>`;
  }

  #sentence({ run, seen, change }: Shown): string {
    const { layer } = this.#unitIn(seen);
    const config = this.experiment?.result.config;
    const told = { run, seen, change, pass: this.pass, layer, config, names: this.#names };
    return sentenceOf(this.#stageOf(run), told);
  }

  #network(one: Shown, several: boolean): TemplateResult {
    const { run, seen, change } = one;
    const rule = ruleLabel(run.algorithm);
    const unit = this.#unitIn(seen);
    const weights = change && { layer: unit.layer, weights: change.before.weights };
    const plane = planeOf(this.#stageOf(run), seen);
    return html`<section class="network" style="--hue: var(${ruleHue(run.algorithm)})" aria-label=${rule}>
      <div class="legend">
        <h3 class="rule-name">${rule}</h3>
        ${legendOf(plane)}
      </div>
      <p class="small">${several && run !== this.#shownRuns[0] ? this.#sentence(one) : nothing}</p>
      <np-update-network
        .seen=${seen}
        .plane=${plane}
        .cols=${this.#cols}
        .names=${this.#names}
        .rule=${rule}
        .focusOn=${this.pointed ? unit : undefined}
        .weights=${weights}
        @np-unit=${this.#point}
      ></np-update-network>
      <p class="small unit-line" role="status">${this.pointed ? this.#numbers(one, unit) : nothing}</p>
    </section>`;
  }

  /** The exact values of the unit that is looked at. */
  #numbers({ run, seen }: Shown, { layer, unit }: UnitPlace): string {
    const at = seen.layers[layer];
    if (!at) return "";
    const words = later.update.shown;
    const value = (list: ArrayLike<number> | undefined) => decimal(list?.[unit] ?? 0);
    const noisy: [string, string][] = at.noisy
      ? [
          [words.noise, value(at.noisy.noise)],
          [words.moved, value(at.noisy.preactivationDiff)],
          [words.movedActivation, value(at.noisy.activationDiff)],
        ]
      : [];
    const named: [string, string][] = [
      [words.activation, value(at.activation)],
      ...noisy,
      [words.credit, value(at.credit)],
      [words.exact, value(at.exact)],
    ];
    return later.update.unit(ruleLabel(run.algorithm), layer + 1, unit + 1, later.update.numbers(named));
  }

  /** What is new in this stage, above the networks that it comes from. */
  #detail(one: Shown): TemplateResult | typeof nothing {
    const { run, seen, change } = one;
    const stage = this.#stageOf(run);
    const { layer, unit } = this.#unitIn(seen);
    if (stage === "credit") return this.#credit(one);
    if (stage !== "change" && stage !== "decorrelation") return nothing;
    return html`<section aria-label=${ruleLabel(run.algorithm)}>
      <h3>${ruleLabel(run.algorithm)} · ${text.curves.layer(layer + 1)}</h3>
      <np-weight-change
        .seen=${seen}
        .change=${change}
        .layer=${layer}
        .unit=${unit}
        .cols=${this.#cols}
        .input=${stage === "decorrelation"}
      ></np-weight-change>
    </section>`;
  }

  /** The equation, and its numbers for the unit that is looked at. */
  #credit({ run, seen }: Shown): TemplateResult {
    const rule = ruleLabel(run.algorithm);
    const place = this.#unitIn(seen);
    return html`<section style="--hue: var(${ruleHue(run.algorithm)})" aria-label=${rule}>
      <h3>${rule} · ${later.update.unitIn(place.layer + 1, place.unit + 1)}</h3>
      <np-equation .of=${`rule:${run.algorithm}`}></np-equation>
      <dl class="worked">
        ${workedOut(run.algorithm, seen, place, this.pass).map(
          ({ symbol, value, words }) => html`<div>
            <dt>${symbol} =</dt>
            <dd>${decimal(value)} <span class="small">${words}</span></dd>
          </div>`,
        )}
      </dl>
    </section>`;
  }

  /** The credit of all units against the exact gradient. */
  #scatter({ run, seen }: Shown): TemplateResult | typeof nothing {
    if (this.#stageOf(run) !== "credit") return nothing;
    const rule = ruleLabel(run.algorithm);
    const share = sameSign(seen);
    return html`<section style="--hue: var(${ruleHue(run.algorithm)})" aria-label=${rule}>
      <h3>${later.update.scatterTitle} · ${rule}</h3>
      ${scatter(seen, later.update.scatter(rule, share === undefined ? "–" : wholePercent(share), seen.ofErrors))}
    </section>`;
  }

  /** Runs that are shown: the first that uses noise, and beside it the next one that does, as soon as it begins. */
  get #shownRuns(): readonly RunView[] {
    const runs = oneOfEachRule(this.runs);
    const noisy = runs.filter(({ algorithm }) => ruleInfo(algorithm).noise);
    const first = runs.find(({ algorithm }) => algorithm === this.chosen) ?? noisy[0] ?? runs[0];
    const others = runs.filter((run) => run !== first);
    const waits = this.runs.some(
      ({ algorithm }) => algorithm !== first?.algorithm && ruleInfo(algorithm).noise,
    );
    const preferred = noisy.find((run) => run !== first) ?? (waits ? undefined : others[0]);
    const second =
      this.beside === undefined ? preferred : others.find(({ algorithm }) => algorithm === this.beside);
    return [first, second].filter((run) => run !== undefined);
  }

  /** What has been seen last, also of a rule that has just given its place to another. */
  get #shown(): readonly Shown[] {
    return this.#look.sights
      .filter(({ run }) => this.runs.includes(run))
      .map(({ run, answer }) => {
        const seen = this.#seen(answer, run);
        return { run, seen, change: this.#changeOf(run, seen) };
      });
  }

  #seen(answer: Float32Array, { algorithm }: RunView): SeenUpdate {
    const seen = this.#read.get(answer) ?? readUpdate(answer, ruleInfo(algorithm).decorrelated);
    this.#read.set(answer, seen);
    return seen;
  }

  /** While it is of the layer and the image that are looked at. */
  #changeOf(run: RunView, seen: SeenUpdate): SeenChange | undefined {
    const answer = this.#changes.sights.find((sight) => sight.run === run)?.answer;
    const { layer } = this.#unitIn(seen);
    const sizes = [seen.pixels.length, ...seen.layers.map(({ credit }) => credit.length)];
    const units = sizes[layer + 1] ?? 0;
    const { decorrelated } = ruleInfo(run.algorithm);
    const inputs = sizes.slice(0, -1).reduce((sum, size) => sum + size, 0);
    const length = 2 + 2 * units * (1 + (sizes[layer] ?? 0)) + (decorrelated ? inputs : 0);
    if (answer?.length !== length) return undefined;
    return besideSeen(readChange(answer, seen, layer, decorrelated), seen, run.status === "running");
  }

  get #canLook(): boolean {
    return this.experiment !== undefined && canLook(this.experiment);
  }

  get #wantsChange(): boolean {
    return this.pointed || this.#stage === "change" || this.#stage === "decorrelation";
  }

  #unitIn({ layers }: SeenUpdate): UnitPlace {
    const layer = Math.min(this.unit.layer, layers.length - 1);
    const units = layers[layer]?.credit.length ?? 1;
    return { layer, unit: Math.min(this.unit.unit, units - 1) };
  }

  get #names(): readonly string[] {
    return this.experiment?.classNames ?? [];
  }

  get #cols(): number {
    return this.experiment?.shape.cols ?? 28;
  }

  #moment(run: RunView): number {
    return momentOf(run, this.experiment?.speed ?? "max");
  }

  get #stagesOfShown(): readonly Stage[] {
    const all = this.#shownRuns.map(({ algorithm }) => stagesOf(algorithm));
    return all.reduce((most, stages) => (stages.length > most.length ? stages : most), all[0] ?? []);
  }

  get #stage(): Stage {
    return this.#stagesOfShown.includes(this.stage) ? this.stage : "change";
  }

  /** A rule without R stays at the one before. */
  #stageOf({ algorithm }: RunView): Stage {
    return stagesOf(algorithm).includes(this.#stage) ? this.#stage : "change";
  }

  #go(by: number): void {
    const stages = this.#stagesOfShown;
    const next = stages[stages.indexOf(this.#stage) + by];
    if (next) this.#show(next);
  }

  #show(stage: Stage): void {
    this.#stop();
    this.stage = stage;
  }

  /** Where updates are slow, each plays its stages. */
  #follow(): void {
    const [first] = this.#shown;
    const slow = this.experiment?.speed === "slow" && first?.run.status === "running";
    if (!slow) this.#stop();
    if (!slow || first.seen.update === this.#played) return;
    this.#played = first.seen.update;
    this.#stop();
    this.stage = "pass";
    this.#playing = setInterval(() => {
      const stages = this.#stagesOfShown;
      const next = stages[stages.indexOf(this.#stage) + 1];
      if (next) this.stage = next;
      else this.#stop();
    }, STAGE_MS);
  }

  #stop(): void {
    clearInterval(this.#playing);
    this.#playing = undefined;
  }

  /** Arrows lead from stage to stage, where what has the focus has no other use for them. */
  readonly #press = (event: KeyboardEvent): void => {
    const on = event.composedPath()[0];
    if (event.defaultPrevented || (on instanceof Element && on.matches("input, select"))) return;
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined || event.shiftKey) return;
    event.preventDefault();
    this.#go(by);
  };

  readonly #point = (event: CustomEvent<UnitPlace>): void => {
    this.unit = event.detail;
    this.pointed = true;
  };

  readonly #choose = (event: Event): void => {
    const chosen = ruleInfo((event.target as HTMLSelectElement).value).name;
    const [, second] = this.#shownRuns;
    if (this.beside !== "" && second?.algorithm === chosen) this.beside = undefined;
    this.chosen = chosen;
  };

  readonly #put = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this.beside = value === "" ? "" : ruleInfo(value).name;
  };
}

function stepper(
  label: string,
  [back, next]: readonly [string, string],
  go: (by: number) => void,
): TemplateResult {
  return html`<span class="stepper">
    <button type="button" aria-label=${back} @click=${() => go(-1)}>‹</button>
    <span>${label}</span>
    <button type="button" aria-label=${next} @click=${() => go(1)}>›</button>
  </span>`;
}

/** What the colours mean, with numbers. */
function legendOf({ shown, marked, values, marks }: Plane): TemplateResult {
  const words = later.update.shown;
  const sizes = (lists: readonly Float32Array[]) => {
    const { cells, bars } = sizesOf(lists);
    return html`${cells > 0 ? scale(cells, decimal) : nothing} ${later.update.bars(decimal(bars))}`;
  };
  return html`<span>${later.update.square(words[shown])} ${sizes(values)}</span>
    ${marked && marks ? html`<span>${later.update.disc(words[marked])} ${sizes(marks)}</span>` : nothing}`;
}

define("np-update", OneUpdate);
