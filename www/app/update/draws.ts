import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import { toAppError } from "../contract/errors";
import { ruleHue, ruleInfo, ruleLabel } from "../contract/rules";
import { readUpdate, type SeenUpdate } from "../contract/update";
import { degrees } from "../metrics/format";
import type { RunView } from "../state/run";
import * as later from "../text/later";
import { define } from "../ui/define";
import { shared } from "../ui/shared-styles";
import { cosOf, haveSameDraws, sampleArrows } from "./agreement";
import { affordable, MEANS } from "./budget";
import { type Arrow, dial, figureStyles, plot } from "./figures";
import { degreesOf, fitted, law, type Point } from "./fit";

/** The angle to the exact gradient: of the image, of the batch, and of means of more and more draws of noise. */
export class Draws extends LitElement {
  static override styles = [
    shared,
    figureStyles,
    css`
      .pair {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr));
        gap: 12px;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px 10px;
        font-size: 13px;
      }
    `,
  ];

  @property({ attribute: false }) run: RunView | undefined;
  @property({ attribute: false }) seen: SeenUpdate | undefined;
  /** Of the update that is seen, with the noise that it has, and of this run. */
  @state() private means: readonly Point[] = [];
  @state() private waits = false;
  @state() private problem = "";

  override willUpdate(changed: PropertyValues): void {
    const before = changed.get("seen") as SeenUpdate | undefined;
    const other = changed.has("seen") && !haveSameDraws(before, this.seen);
    if (other || changed.has("run")) [this.means, this.problem] = [[], ""];
  }

  override render() {
    const { run, seen, means } = this;
    if (!run || !seen) return nothing;
    const arrows = this.#arrows(seen);
    const rule = ruleLabel(run.algorithm);
    const words = arrows.map(({ name, degrees: angle }) => `${name} ${degrees(angle)}`).join(", ");
    this.style.setProperty("--hue", `var(${ruleHue(run.algorithm)})`);
    return html`
      <div class="pair">
        ${dial(arrows, later.update.dial(rule, words))}
        ${means.length > 0 ? this.#curve(means, rule) : nothing}
      </div>
      ${ruleInfo(run.algorithm).noise ? this.#more(seen) : html`<p class="row">${later.update.noDraws(rule)}</p>`}
    `;
  }

  #arrows(seen: SeenUpdate): Arrow[] {
    const own = sampleArrows(seen);
    const cosines = [
      { kind: "image" as const, name: later.update.thisImage, cos: own && cosOf(own) },
      { kind: "batch" as const, name: later.update.thisBatch, cos: cosOf(seen.batchArrows) },
    ];
    const last = this.means.at(-1);
    const all = last
      ? [...cosines, { kind: "mean" as const, name: later.update.meanOf(last.draws), cos: last.cos }]
      : cosines;
    return all.flatMap(({ cos, ...arrow }) =>
      cos === undefined ? [] : [{ ...arrow, degrees: degreesOf(cos) }],
    );
  }

  #curve(means: readonly Point[], rule: string) {
    const c = fitted(means);
    const places = Array.from({ length: 41 }, (_, i) => i / 10);
    const most = Math.max(95, ...means.map(({ cos }) => degreesOf(cos)));
    const shown = means
      .map(({ draws, cos }) => later.update.meanAngle(draws, degrees(degreesOf(cos))))
      .join(", ");
    return plot({
      x: [0, 4],
      y: [0, most],
      lines: [{ kind: "law", points: places.map((log) => [log, degreesOf(law(c, 4 ** log))] as const) }],
      points: means.map(({ draws, cos }) => [Math.log(draws) / Math.log(4), degreesOf(cos)] as const),
      xTicks: MEANS.map((draws) => [Math.log(draws) / Math.log(4), `${draws}`] as const),
      yTicks: [0, 30, 60, 90].map((angle) => [angle, `${angle}°`] as const),
      label: later.update.drawsPicture(rule, shown, c),
    });
  }

  #more(seen: SeenUpdate) {
    const next = MEANS[this.means.length];
    const can = next !== undefined && affordable(seen, next);
    const last = this.means.at(-1);
    return html`<p class="row">
      <button type="button" ?disabled=${this.waits || !can} @click=${this.#add}>
        ${next === undefined ? later.update.allDrawn : later.update.add(next)}
      </button>
      ${this.means.length > 1 ? html`<span>${later.update.fit(fitted(this.means))}</span>` : nothing}
      ${last ? html`<span class="unseen" role="status">${later.update.meanAngle(last.draws, degrees(degreesOf(last.cos)))}</span>` : nothing}
      ${next !== undefined && !can ? html`<span>${later.update.tooManyDraws(next)}</span>` : nothing}
      ${this.problem ? html`<span class="problem">${this.problem}</span>` : nothing}
    </p>`;
  }

  readonly #add = async (): Promise<void> => {
    const { run, seen } = this;
    const draws = MEANS[this.means.length];
    if (!run || !seen || !draws) return;
    this.waits = true;
    const { update, sample } = seen;
    try {
      const list = await run.ask({ about: "update", update, sample, pass: 0, draws });
      const cos = cosOf(readUpdate(list, ruleInfo(run.algorithm).decorrelated).batchArrows);
      if (haveSameDraws(this.seen, seen) && this.run === run && cos !== undefined)
        this.means = [...this.means, { draws, cos }];
    } catch (thrown) {
      this.problem = toAppError(thrown, "engine").message;
    }
    this.waits = false;
  };
}

define("np-draws", Draws);
