import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import type { Algorithm, Change, Config } from "../contract/config";
import { AppError, toAppError } from "../contract/errors";
import { areSame, type OwnData } from "../contract/own";
import type { Axis, Cell, Plan, Sides } from "../contract/plan";
import { ruleHue, ruleInfo, ruleLabel } from "../contract/rules";
import { problemWords } from "../contract/setting-words";
import { orMissing } from "../metrics/format";
import * as later from "../text/later";
import * as text from "../text/text";
import { choice, choiceStyles } from "../ui/choice";
import { define } from "../ui/define";
import { ask } from "../ui/events";
import { option } from "../ui/option";
import { shared, tables } from "../ui/shared-styles";
import { areOthers, settingsOf, trainedWith } from "./cells";
import {
  DIMENSIONS,
  type Dimension,
  firstOf,
  headsOf,
  isSet,
  placesOf,
  readAxis,
  rulesFor,
  suggested,
  typedOf,
} from "./grid";
import { MEASURES, type Measure, type Ranking, ranked } from "./measures";
import { isOver, type SweepMap, type SweepState, type Trial } from "./sweep";

/** How strong the hue of the best cell is, in percent: the ink must stay readable on it. */
const STRONGEST = 50;

type SideName = keyof Sides;

/** What varies along a side, and what has been typed for it; null before that. */
interface Side {
  of: Dimension;
  typed: string | null;
}

const AT_FIRST: Readonly<Record<SideName, Side>> = {
  rows: { of: "lr", typed: null },
  columns: { of: "noise_std", typed: null },
};

/** Rows by columns of short runs, as a heat map that is a table: each cell gives the page its settings. */
export class SweepGrid extends LitElement {
  static override styles = [
    shared,
    tables,
    choiceStyles,
    css`
      .plan {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(144px, 1fr));
        gap: 6px 10px;
        align-items: end;
        margin-block: 6px;
      }
      .side,
      .plan > label {
        display: grid;
        gap: 2px;
      }
      .side select {
        margin-block-end: 5px;
      }
      p {
        margin-block: 6px;
      }
      p,
      table {
        font-size: 13px;
      }
      table {
        inline-size: auto;
      }
      td {
        padding: 1px;
        border: 0;
      }
      tbody th {
        border: 0;
      }
      td button {
        inline-size: 100%;
        min-inline-size: 52px;
        min-block-size: 32px;
        padding: 0;
        border-color: transparent;
      }
      td button:disabled {
        opacity: 1;
      }
      .training {
        border: 1px dashed var(--np-edge);
        color: var(--np-muted);
      }
      .best {
        font-weight: 700;
      }
      [aria-current="true"] {
        border: 2px solid var(--np-ink);
      }
      .scale {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      .scale i {
        inline-size: 96px;
        block-size: 12px;
        border-radius: 2px;
        forced-color-adjust: none;
      }
    `,
  ];

  @property({ attribute: false }) config: Config | undefined;
  /** The changes on the way of the runs that there are. */
  @property({ attribute: false, hasChanged: differ }) changes: readonly Change[] = [];
  @property({ attribute: false }) sweep: SweepState | undefined;
  /** The reader's own images that are there now. */
  @property({ attribute: false }) own: OwnData | null = null;
  /** As they were chosen or typed; with every new plan, those of the plan. */
  @state() private algorithm: Algorithm | null = null;
  @state() private sides: Readonly<Record<SideName, Side>> = AT_FIRST;
  /** What the reader has typed for each, whichever side it had. */
  readonly #typed = new Map<Dimension, string>();
  @state() private measure: Measure = "accuracy";
  @state() private problem = "";
  /** The cell that the tab key reaches; the arrow keys move it. */
  @state() private active = 0;

  override willUpdate(changed: PropertyValues<this>): void {
    const plan = this.sweep?.plan;
    if (!changed.has("sweep") || !plan || plan === changed.get("sweep")?.plan) return;
    const sideOf = (axis: Axis): Side => ({ of: axis.of, typed: typedOf(axis) });
    this.algorithm = plan.algorithm;
    this.sides = { rows: sideOf(plan.rows), columns: sideOf(plan.columns) };
    this.active = 0; // it may have fewer cells
    this.problem = "";
  }

  /** A plan that is new comes into sight, and a map that has just begun: not what a page opens with. */
  override updated(changed: PropertyValues<this>): void {
    const { plan = null, asked, trials = [] } = this.sweep ?? {};
    if (!changed.has("sweep") || !plan || !asked) return;
    const before = changed.get("sweep");
    const begun = before?.trials.length === 0 && trials.length > 0;
    if (begun || plan !== before?.plan) this.scrollIntoView({ block: "nearest" });
  }

  override render() {
    const { sweep, config } = this;
    const rule = this.#rule;
    if (!sweep || !config || !rule) return nothing;
    const underWay = sweep.phase === "loading" || sweep.phase === "running";
    const problem = this.problem || (sweep.error && refusal(sweep.error));
    const ranking = ranked(sweep.trials, this.measure);
    return html`
      <p class="muted">${later.sweep.help}</p>
      <form class="plan" @submit=${this.#start}>
        ${this.#side("rows", config, rule)} ${this.#side("columns", config, rule)}
        ${this.#hasRules ? nothing : this.#ruleChoice(rule)}
        <button type=${underWay ? "button" : "submit"} @click=${underWay ? this.#cancel : nothing}>
          ${underWay ? later.sweep.cancel : later.sweep.start}
        </button>
      </form>
      ${problem ? html`<p class="problem" role="alert">${problem}</p>` : nothing}
      ${sweep.plan && sweep.trials.length > 0 ? this.#table(sweep.plan, sweep.trials, ranking) : nothing}
      <p role="status" aria-live="polite">${this.#ending(sweep, ranking)}</p>
      ${sweep.earlier.length > 0 && !underWay ? this.#earlier(sweep.earlier) : nothing}`;
  }

  #earlier(maps: readonly SweepMap[]): TemplateResult {
    return html`<p>
      ${later.sweep.earlier}
      ${maps.map(
        (map, index) =>
          html`<button type="button" @click=${() => ask(this, "np-earlier-map", index)}>${index + 1}. ${map.plan && titleOf(map.plan, this.measure)}</button>`,
      )}
    </p>`;
  }

  get #dimensions(): Dimension[] {
    return [this.sides.rows.of, this.sides.columns.of];
  }

  get #hasRules(): boolean {
    return this.#dimensions.includes("algorithms");
  }

  get #rule(): Algorithm | undefined {
    const rules = rulesFor(this.#dimensions);
    return rules.find((name) => name === this.algorithm) ?? firstOf(rules);
  }

  #ruleChoice(rule: Algorithm): TemplateResult {
    return html`<label>
      ${text.tables.rule}
      <select name="algorithm" @change=${this.#chooseRule}>
        ${rulesFor(this.#dimensions).map((name) => option(name, ruleLabel(name), name === rule))}
      </select>
    </label>`;
  }

  #side(side: SideName, config: Config, rule: Algorithm): TemplateResult {
    const { of, typed } = this.sides[side];
    const list = typed ?? typedOf(suggested(of, config, rule));
    return html`<div class="side">
      <label for=${side}>${later.sweep[side]}</label>
      <select id=${side} @change=${(event: Event) => this.#turn(side, event)}>
        ${DIMENSIONS.map((each) => option(each, later.sweep.sides[each].name, each === of))}
      </select>
      <label for="${side}-list">${later.sweep.sides[of].label}</label>
      <input
        id="${side}-list"
        .value=${list}
        autocomplete="off"
        spellcheck="false"
        @input=${(event: Event) => this.#type(side, event)}
      />
    </div>`;
  }

  /** Another rule has other rates to try, where none have been typed. */
  #chooseRule({ target }: Event): void {
    this.algorithm = ruleInfo((target as HTMLSelectElement).value).name;
    const { rows, columns } = this.sides;
    this.sides = { rows: this.#sideOf(rows.of), columns: this.#sideOf(columns.of) };
  }

  #sideOf(of: Dimension): Side {
    return { of, typed: this.#typed.get(of) ?? null };
  }

  /** What the other side has, the two sides exchange. */
  #turn(side: SideName, { target }: Event): void {
    const of = DIMENSIONS.find((each) => each === (target as HTMLSelectElement).value);
    if (!of) return;
    const { rows, columns } = this.sides;
    const other = side === "rows" ? columns : rows;
    if (other.of === of) this.sides = { rows: columns, columns: rows };
    else this.sides = { ...this.sides, [side]: this.#sideOf(of) };
  }

  #type(side: SideName, { target }: Event): void {
    const typed = (target as HTMLInputElement).value;
    const { of } = this.sides[side];
    this.#typed.set(of, typed);
    this.sides = { ...this.sides, [side]: { of, typed } };
  }

  /** The button is the one that starts, so that it keeps the focus: it would submit as soon as all is cancelled. */
  #cancel(event: Event): void {
    event.preventDefault();
    ask(this, "np-sweep", null);
  }

  #start(event: SubmitEvent): void {
    event.preventDefault();
    const [config, algorithm] = [this.config, this.#rule];
    if (!config || !algorithm) return;
    try {
      const [rows, columns] = [
        this.#axis("rows", config, algorithm),
        this.#axis("columns", config, algorithm),
      ];
      checkSides({ rows, columns }, config);
      this.problem = "";
      ask(this, "np-sweep", { algorithm, config, rows, columns });
    } catch (thrown) {
      this.problem = refusal(toAppError(thrown, "config"));
    }
  }

  #axis(side: SideName, config: Config, algorithm: Algorithm): Axis {
    const { of, typed } = this.sides[side];
    return typed === null ? suggested(of, config, algorithm) : readAxis(of, typed);
  }

  #table(plan: Plan, trials: readonly Trial[], ranking: Ranking<Trial> | undefined): TemplateResult {
    const { config, rows, columns } = plan;
    const { sides, measures, after } = later.sweep;
    const [row, column] = [sides[rows.of].name, sides[columns.of].name];
    const title = titleOf(plan, this.measure);
    const when = after[this.measure](text.epochs(config.epochs));
    // Once for all cells: it looks at each of them.
    const other = this.#other(plan);
    const { epochs, seed } = this.config ?? config;
    const isElsewhere = !other && (epochs !== config.epochs || seed !== config.seed);
    const width = columns.values.length;
    return html`${choice(
      later.sweep.measure,
      MEASURE_NAMES.map((name) => [name, measures[name]] as const),
      this.measure,
      (measure) => {
        this.measure = measure;
      },
    )}
      <div class="scroll">
      <table role="grid" aria-label=${title} @keydown=${this.#move} @focusin=${this.#enter}>
        <thead>
          <tr>
            <th scope="col">${later.sweep.corner(row, column)}</th>
            ${headsOf(columns).map((head) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${headsOf(rows).map(
            (head, at) => html`<tr>
              <th scope="row">${head}</th>
              ${trials
                .slice(at * width, (at + 1) * width)
                .map((trial, index) =>
                  this.#cell(trial, at * width + index, plan, ranking, other === undefined),
                )}
            </tr>`,
          )}
        </tbody>
      </table>
      </div>
      ${other ? html`<p class="problem">${later.sweep.other[other]}</p>` : nothing}
      ${isElsewhere ? html`<p>${later.sweep.other.extent(text.epochs(epochs), seed)}</p>` : nothing}
      <p class="muted">
        ${later.sweep.caption(title, when, config.seed)} ${ranking ? legend(ranking, this.measure) : nothing}
      </p>`;
  }

  #cell(
    trial: Trial,
    index: number,
    plan: Plan,
    ranking: Ranking<Trial> | undefined,
    isOfPage: boolean,
  ): TemplateResult {
    const { cell, status } = trial;
    const { format } = MEASURES[this.measure];
    const value = orMissing(trial[this.measure], format);
    const [row, column] = placeOf(plan, index);
    const standing = ranking?.standing(trial) ?? null;
    const colour = standing === null ? "" : `background: ${shade(cell.algorithm, standing)}`;
    return html`<td>
      <button
        type="button"
        class="${status} ${trial === ranking?.bestRun ? "best" : ""}"
        style=${colour}
        tabindex=${index === this.active ? 0 : -1}
        data-index=${index}
        aria-current=${this.config !== undefined && isOfPage && isSet({ ...this.config, changes: [...this.changes] }, cell)}
        aria-label=${later.sweep.cell(row, column, status === "finished" ? value : later.sweep.statuses[status])}
        @click=${() => this.#load(plan, cell)}
      >
        ${status === "finished" || status === "training" ? value : MARKS[status]}
      </button>
    </td>`;
  }

  /** What the map was trained with, where the page has something else now. */
  #other(plan: Plan): "settings" | "images" | undefined {
    if (plan.config.dataset === "own" && !areSame(this.sweep?.own, this.own)) return "images";
    return this.config && areOthers(plan, this.config) ? "settings" : undefined;
  }

  #load(plan: Plan, cell: Cell): void {
    if (!this.config) return;
    if (this.#other(plan)) ask(this, "np-configure", trainedWith(plan, cell));
    else ask(this, "np-patch", settingsOf(this.config, cell));
  }

  #enter({ target }: FocusEvent): void {
    const index = (target as HTMLElement).dataset.index;
    if (index !== undefined) this.active = Number(index);
  }

  #move(event: KeyboardEvent): void {
    const plan = this.sweep?.plan;
    if (!plan) return;
    const [height, width] = [plan.rows.values.length, plan.columns.values.length];
    const [row, column] = [Math.floor(this.active / width), this.active % width];
    const places: Record<string, [number, number]> = {
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      Home: [row, 0],
      End: [row, width - 1],
    };
    const place = places[event.key];
    if (!place) return;
    event.preventDefault();
    event.stopPropagation(); // the page's own arrow keys are not meant
    const [r, c] = [within(place[0], height), within(place[1], width)];
    this.renderRoot.querySelector<HTMLElement>(`[data-index="${r * width + c}"]`)?.focus();
  }

  #ending({ phase, plan, trials }: SweepState, ranking: Ranking<Trial> | undefined): string {
    if (phase === "cancelled") return later.sweep.cancelled(trials.filter(isOver).length, trials.length);
    if (phase !== "done" || !plan) return "";
    if (!ranking) return later.sweep.noneFinished;
    const [row, column] = placeOf(plan, trials.indexOf(ranking.bestRun));
    return later.sweep.best(MEASURES[this.measure].format(ranking.best), row, column);
  }
}

/** Cells of the largest sweep. */
const MOST = 64;

const MARKS = { waiting: "·", diverged: "✕", failed: "!" } as const;

const MEASURE_NAMES = ["accuracy", "alignment"] as const satisfies readonly Measure[];

/** Throws what is wrong with the two sides together. */
function checkSides({ rows, columns }: Sides, { hidden_sizes }: Config): void {
  const cells = rows.values.length * columns.values.length;
  if (cells < 1 || cells > MOST) throw new AppError("config", later.sweep.tooMany(cells, MOST));
  const needsHidden = rows.of === "hidden_sizes" || columns.of === "hidden_sizes";
  if (needsHidden && hidden_sizes.length === 0) throw new AppError("config", later.sweep.noHiddenLayer);
}

/** What a map shows, in words. */
function titleOf({ algorithm, rows, columns }: Plan, measure: Measure): string {
  const { sides, measures, title } = later.sweep;
  const ofRules = rows.of === "algorithms" || columns.of === "algorithms";
  return title(
    measures[measure],
    ofRules ? null : ruleLabel(algorithm),
    sides[rows.of].name,
    sides[columns.of].name,
  );
}

/** Where a cell stands, in words: its row and its column. */
function placeOf({ rows, columns }: Sides, index: number): [string, string] {
  const width = columns.values.length;
  const [row = "", column = ""] = [
    placesOf(rows)[Math.floor(index / width)],
    placesOf(columns)[index % width],
  ];
  return [row, column];
}

/** The same ones come as another list each time. */
function differ(changes: readonly Change[], before: readonly Change[] | undefined): boolean {
  return JSON.stringify(changes) !== JSON.stringify(before);
}

function within(index: number, length: number): number {
  return Math.min(length - 1, Math.max(0, index));
}

/** From the worst to the best of the runs that finished, in the hue of the best one's rule. */
function legend({ worst, best, bestRun }: Ranking<Trial>, measure: Measure): TemplateResult {
  const { format } = MEASURES[measure];
  const { algorithm } = bestRun.cell;
  const strip = `linear-gradient(to right, ${shade(algorithm, 0)}, ${shade(algorithm, 1)})`;
  return html`<span class="scale">${format(worst)}<i style="background: ${strip}"></i>${format(best)}</span>`;
}

/** From the ground to the rule's hue. */
function shade(algorithm: Algorithm, standing: number): string {
  const part = Math.round(STRONGEST * standing);
  return `color-mix(in srgb, var(${ruleHue(algorithm)}) ${part}%, var(--np-panel))`;
}

function refusal({ message, problems }: AppError): string {
  return problems.length > 0 ? problems.map(problemWords).join(" ") : message;
}

define("np-sweep", SweepGrid);
