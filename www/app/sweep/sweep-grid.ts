import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { type Algorithm, type Config, fieldOf, ratesOf } from "../contract/config";
import { readValue } from "../contract/field-text";
import type { Plan } from "../contract/plan";
import { ruleHue, ruleInfo, ruleLabel } from "../contract/rules";
import { orMissing, percent } from "../metrics/format";
import * as text from "../text/text";
import { define } from "../ui/define";
import { ask } from "../ui/events";
import { shared, tables } from "../ui/shared-styles";
import { around, ascending, FIRST_SWEPT, isSet, type Pair, pairsOf, SWEPT, settingsOf } from "./grid";
import { bestOf, isOver, type SweepState, type Trial } from "./sweep";

/** How strong the hue of the best cell is, in percent: the ink must stay readable on it. */
const STRONGEST = 50;

/** Learning rate by noise size for one rule, as a heat map that is a table: each cell sets its rates. */
export class SweepGrid extends LitElement {
  static override styles = [
    shared,
    tables,
    css`
      .plan {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) minmax(0, 1fr) auto;
        gap: 6px 10px;
        align-items: end;
        margin-block: 6px;
      }
      @container (max-width: 640px) {
        .plan {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      .plan label {
        display: grid;
        gap: 2px;
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
  @property({ attribute: false }) sweep: SweepState | undefined;
  /** As they were chosen or typed; before that, those of the last sweep, or what lies around the rule's own rates. */
  @state() private algorithm: Algorithm | null = null;
  @state() private lrs: string | null = null;
  @state() private noises: string | null = null;
  @state() private problem = "";
  /** The cell that the tab key reaches; the arrow keys move it. */
  @state() private active = 0;

  get #rule(): Algorithm | undefined {
    return this.algorithm ?? this.sweep?.plan?.algorithm ?? FIRST_SWEPT;
  }

  /** A map that has just begun comes into sight. */
  override updated(changed: PropertyValues<this>): void {
    const before = changed.get("sweep");
    const begun = before?.trials.length === 0 && this.sweep && this.sweep.trials.length > 0;
    if (begun) this.scrollIntoView({ block: "nearest" });
  }

  override render() {
    const { sweep, config } = this;
    const rule = this.#rule;
    if (!sweep || !config || !rule) return nothing;
    const underWay = sweep.phase === "loading" || sweep.phase === "running";
    const rates = ratesOf(config, rule);
    const last = sweep.plan?.algorithm === rule ? sweep.plan : undefined;
    const problem = this.problem || sweep.error?.message;
    return html`
      <p class="muted">${text.sweep.help}</p>
      <form class="plan" @submit=${this.#start} @input=${this.#type}>
        <label>
          ${text.tables.rule}
          <select name="algorithm">
            ${SWEPT.map(({ name }) => html`<option value=${name} ?selected=${name === rule}>${ruleLabel(name)}</option>`)}
          </select>
        </label>
        ${this.#list("lrs", text.sweep.rates, this.lrs ?? (last?.lrs ?? around(rates.lr)).join(", "))}
        ${this.#list("noises", text.sweep.noises, this.noises ?? (last?.noises ?? around(rates.noise_std)).join(", "))}
        ${
          underWay
            ? html`<button type="button" @click=${() => ask(this, "np-sweep", null)}>${text.sweep.cancel}</button>`
            : html`<button type="submit">${text.sweep.start}</button>`
        }
      </form>
      ${problem ? html`<p class="problem" role="alert">${problem}</p>` : nothing}
      ${sweep.plan && sweep.trials.length > 0 ? this.#table(sweep.plan, sweep.trials) : nothing}
      <p role="status" aria-live="polite">${this.#ending(sweep)}</p>`;
  }

  #list(name: string, label: string, value: string): TemplateResult {
    return html`<label>${label}<input name=${name} .value=${value} autocomplete="off" spellcheck="false" /></label>`;
  }

  /** The lists are the reader's own from the first change on; another rule has other rates to try. */
  #type({ target }: Event): void {
    const { name, value } = target as HTMLInputElement | HTMLSelectElement;
    if (name === "lrs") this.lrs = value;
    if (name === "noises") this.noises = value;
    if (name !== "algorithm") return;
    this.algorithm = ruleInfo(value).name;
    this.lrs = null;
    this.noises = null;
  }

  #start(event: SubmitEvent): void {
    event.preventDefault();
    const typed = new FormData(event.target as HTMLFormElement);
    this.lrs = String(typed.get("lrs"));
    this.noises = String(typed.get("noises"));
    const [lrs, noises] = [listOf("lr", this.lrs), listOf("noise_std", this.noises)];
    const pairs = pairsOf(lrs, noises);
    const fits = pairs.length > 0 && pairs.length <= MOST;
    this.problem = fits ? "" : text.sweep.tooMany(pairs.length, MOST);
    const algorithm = this.#rule;
    if (!fits || !this.config || !algorithm) return;
    this.active = 0;
    const [rows, columns] = [ascending(lrs), ascending(noises)];
    ask(this, "np-sweep", { algorithm, config: this.config, lrs: rows, noises: columns });
  }

  #table({ algorithm, config, lrs, noises }: Plan, trials: readonly Trial[]): TemplateResult {
    const scale = scaleOf(trials, `var(${ruleHue(algorithm)})`);
    const best = bestOf(trials);
    return html`<div class="scroll">
      <table role="grid" aria-label=${text.sweep.title(ruleLabel(algorithm))} @keydown=${this.#move} @focusin=${this.#enter}>
        <thead>
          <tr>
            <th scope="col">${text.sweep.corner}</th>
            ${noises.map((noise) => html`<th scope="col">${noise}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${lrs.map(
            (lr, row) => html`<tr>
              <th scope="row">${lr}</th>
              ${trials
                .slice(row * noises.length, (row + 1) * noises.length)
                .map((trial, column) =>
                  this.#cell(
                    algorithm,
                    trial,
                    row * noises.length + column,
                    trial === best,
                    scale?.colour(trial),
                  ),
                )}
            </tr>`,
          )}
        </tbody>
      </table>
      </div>
      <p class="muted">
        ${text.sweep.caption(ruleLabel(algorithm), config.epochs, config.seed)} ${scale ? legend(scale) : nothing}
      </p>`;
  }

  #cell(
    algorithm: Algorithm,
    trial: Trial,
    index: number,
    isBest: boolean,
    colour: string | undefined,
  ): TemplateResult {
    const words = wordsOf(trial);
    const set = this.config !== undefined && isSet(this.config, algorithm, trial);
    return html`<td>
      <button
        type="button"
        class="${trial.status} ${isBest ? "best" : ""}"
        style=${colour ? `background: ${colour}` : ""}
        tabindex=${index === this.active ? 0 : -1}
        data-index=${index}
        aria-current=${set}
        aria-label=${text.sweep.cell(trial.lr, trial.noise_std, words)}
        @click=${() => this.#load(algorithm, trial)}
      >
        ${trial.status === "finished" || trial.status === "training" ? orMissing(trial.accuracy, percent) : MARKS[trial.status]}
      </button>
    </td>`;
  }

  #load(algorithm: Algorithm, { lr, noise_std }: Trial): void {
    if (this.config) ask(this, "np-patch", settingsOf(this.config, algorithm, { lr, noise_std }));
  }

  #enter({ target }: FocusEvent): void {
    const index = (target as HTMLElement).dataset.index;
    if (index !== undefined) this.active = Number(index);
  }

  #move(event: KeyboardEvent): void {
    const { lrs = [], noises = [] } = this.sweep?.plan ?? {};
    const [row, column] = [Math.floor(this.active / noises.length), this.active % noises.length];
    const places: Record<string, [number, number]> = {
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      Home: [row, 0],
      End: [row, noises.length - 1],
    };
    const place = places[event.key];
    if (!place) return;
    event.preventDefault();
    event.stopPropagation(); // the page's own arrow keys are not meant
    const [r, c] = [within(place[0], lrs.length), within(place[1], noises.length)];
    this.renderRoot.querySelector<HTMLElement>(`[data-index="${r * noises.length + c}"]`)?.focus();
  }

  #ending({ phase, trials }: SweepState): string {
    if (phase === "cancelled") return text.sweep.cancelled(trials.filter(isOver).length, trials.length);
    if (phase !== "done") return "";
    const best = bestOf(trials);
    return best
      ? text.sweep.best(percent(best.accuracy ?? 0), best.lr, best.noise_std)
      : text.sweep.noneFinished;
  }
}

/** Cells of the largest sweep. */
const MOST = 64;

const MARKS = { waiting: "·", diverged: "✕", failed: "!" } as const;

function wordsOf({ status, accuracy }: Trial): string {
  return status === "finished" ? orMissing(accuracy, percent) : text.sweep.statuses[status];
}

function within(index: number, length: number): number {
  return Math.min(length - 1, Math.max(0, index));
}

/** What was typed, as numbers; what is none goes to the check in Rust as it is, to be named there. */
function listOf(name: keyof Pair, typed: string): number[] {
  const field = fieldOf(name);
  if (!field) return [];
  const words = typed.split(",").filter((word) => word.trim() !== "");
  return words.map((word) => readValue(field, word).value as number);
}

interface HeatScale {
  least: number;
  greatest: number;
  /** Its colours side by side. */
  strip: string;
  colour: (trial: Trial) => string | undefined;
}

function legend({ least, greatest, strip }: HeatScale): TemplateResult {
  return html`<span class="scale">${percent(least)}<i style="background: ${strip}"></i>${percent(greatest)}</span>`;
}

/** From the least to the greatest accuracy that finished, from the ground to the rule's hue. */
function scaleOf(trials: readonly Trial[], hue: string): HeatScale | undefined {
  const values = trials.flatMap(({ status, accuracy }) =>
    status === "finished" && accuracy !== null ? [accuracy] : [],
  );
  if (values.length === 0) return undefined;
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const mix = (part: number) =>
    `color-mix(in srgb, ${hue} ${Math.round(STRONGEST * part)}%, var(--np-panel))`;
  return {
    least,
    greatest,
    strip: `linear-gradient(to right, ${mix(0)}, ${mix(1)})`,
    colour: ({ status, accuracy }: Trial) =>
      status === "finished" && accuracy !== null
        ? mix(greatest > least ? (accuracy - least) / (greatest - least) : 1)
        : undefined,
  };
}

define("np-sweep", SweepGrid);
