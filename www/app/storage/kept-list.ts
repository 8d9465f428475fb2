import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { type Config, ratesOf } from "../contract/config";
import type { OwnData } from "../contract/own";
import { presetOf } from "../contract/presets";
import { standing } from "../explain/sentences";
import type { Ghost } from "../metrics/curves-of";
import * as later from "../text/later";
import * as text from "../text/text";
import { again } from "../ui/again";
import { define } from "../ui/define";
import { ask } from "../ui/events";
import { shared, tables } from "../ui/shared-styles";
import { isOfOthers, type Kept } from "./kept";
import { MARKS } from "./shelf";

const DATE = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

/** The results that are kept: each can be pinned behind the curves, its settings taken again, or be deleted. */
export class KeptList extends LitElement {
  static override styles = [
    shared,
    tables,
    css`
      .scroll {
        max-block-size: 256px;
      }
      td,
      th {
        padding-inline: 5px;
        font-size: 13px;
        text-align: start;
        white-space: normal;
      }
      tbody th {
        min-inline-size: 192px;
        color: var(--np-ink);
      }
      .muted {
        font-weight: 400;
      }
      .mark {
        display: inline-block;
        padding-inline: 6px;
        border: 1px solid var(--np-ink);
        border-radius: var(--np-radius);
      }
      .buttons {
        text-align: end;
        white-space: nowrap;
      }
      [aria-pressed="true"] {
        border-color: var(--np-ink);
        background: var(--np-ink);
        color: var(--np-panel);
      }
      p {
        margin-block: 6px;
        font-size: 13px;
      }
    `,
  ];

  /** The latest first. */
  @property({ attribute: false }) kept: readonly Kept[] = [];
  /** Those that are pinned. */
  @property({ attribute: false }) ghosts: readonly Ghost[] = [];
  /** Whether they are stored at all. */
  @property({ type: Boolean }) stores = true;
  /** Whether they outlive the page. */
  @property({ type: Boolean }) lasting = true;
  /** The reader's own images that are there now. */
  @property({ attribute: false }) own: OwnData | null = null;
  /** The one that was deleted last. */
  @property({ attribute: false }) deleted: Kept | undefined;
  /** Whether there are runs that other settings would start again. */
  @property({ type: Boolean }) begun = false;

  override render() {
    return html`
      ${this.stores ? nothing : html`<p>${later.kept.embedded}</p>`}
      ${this.lasting ? nothing : html`<p>${later.kept.notLasting}</p>`}
      ${this.kept.length > 0 ? this.#table() : html`<p class="muted" tabindex="-1">${later.kept.none}</p>`}
      ${this.deleted ? this.#wayBack(this.deleted) : nothing}
    `;
  }

  #table(): TemplateResult {
    return html`<div
      class="scroll"
      role="region"
      aria-label=${text.charts.kept.label}
      tabindex="0"
    >
      <table>
        <thead>
          <tr>
            <th scope="col" class="text">${later.kept.settings}</th>
            <th scope="col" class="text">${later.kept.accuracy}</th>
            <th scope="col"><span class="unseen">${later.kept.actions}</span></th>
          </tr>
        </thead>
        <tbody>
          ${this.kept.map((one, index) => this.#line(one, index))}
        </tbody>
      </table>
    </div>`;
  }

  #line(one: Kept, index: number): TemplateResult {
    const { id, at, config, runs } = one;
    const mark = this.ghosts.find((ghost) => ghost.id === id)?.mark;
    const full = !mark && this.ghosts.length === MARKS.length;
    const date = DATE.format(at);
    return html`<tr>
      <th scope="row">
        ${mark ? html`<span class="mark">${mark}</span>` : nothing} ${titleOf(one)}
        <span class="muted">${date}</span>
        ${isOfOthers(one, this.own) ? html`<p class="problem">${one.images ? later.kept.others(one.images.called) : later.kept.unknown}</p>` : nothing}
      </th>
      <td>${standing(runs)}</td>
      <td class="buttons">
        <button
          type="button"
          aria-pressed=${mark !== undefined}
          aria-label=${later.kept.of(later.kept.pin, date)}
          title=${full ? later.kept.noLetter : later.kept.pinTitle}
          ?disabled=${full}
          @click=${() => ask(this, "np-pin", id)}
        >
          ${later.kept.pin}
        </button>
        <button
          type="button"
          aria-label=${later.kept.of(later.kept.load, date)}
          title=${later.kept.loadTitle}
          @click=${() => ask(this, "np-configure", config)}
        >
          ${later.kept.load}${again(this.begun)}
        </button>
        <button type="button" aria-label=${later.kept.of(later.kept.forget, date)} @click=${() => this.#forget(id, index)}>
          ${later.kept.forget}
        </button>
      </td>
    </tr>`;
  }

  #wayBack(one: Kept): TemplateResult {
    return html`<p role="status">
      ${later.kept.deleted(titleOf(one), DATE.format(one.at))}
      <button type="button" @click=${() => ask(this, "np-bring-back", null)}>${later.kept.bringBack}</button>
    </p>`;
  }

  /** The focus goes to what has taken the deleted line's place. */
  async #forget(id: string, index: number): Promise<void> {
    ask(this, "np-forget", id);
    await new Promise(requestAnimationFrame);
    const left = this.renderRoot.querySelectorAll<HTMLElement>(".buttons > :last-child");
    (left[Math.min(index, left.length - 1)] ?? this.renderRoot.querySelector<HTMLElement>("p"))?.focus();
  }
}

/** The images that it is of, where they are the reader's own; the preset, or what tells networks apart at a glance. */
function titleOf({ config, images }: Kept): string {
  const { hidden_sizes, train_size, epochs, seed, num_seeds } = config;
  const seeds = later.kept.seeds(seed, num_seeds);
  const title =
    presetOf(config)?.title ??
    later.kept.own(hidden_sizes.join("-"), train_size, rateOf(config), epochs, seeds);
  const whole = config.arithmetic === "fast" ? later.kept.fast(title) : title;
  return config.dataset === "own" ? later.kept.ownImages(images?.called, whole) : whole;
}

/** That which the rules began with, each its own where they have one. */
function rateOf(config: Config): string {
  const all = new Set(config.algorithms.map((algorithm) => ratesOf(config, algorithm).lr));
  const rates = [...all].join(" / ");
  return config.changes.some(({ lr }) => lr !== undefined) ? later.kept.changed(rates) : rates;
}

define("np-kept", KeptList);
