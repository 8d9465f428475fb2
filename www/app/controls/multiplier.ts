import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { property, state } from "lit/decorators.js";
import { type Config, fieldOf } from "../contract/config";
import { ruleLabel } from "../contract/rules";
import * as text from "../text/text";
import { define } from "../ui/define";
import { ask } from "../ui/events";
import { shared } from "../ui/shared-styles";
import { factorOf, factorRange, multiplied, type RateName, ratesByRule } from "./own-rates";
import "./field";

/**
 * One rate of several rules, each of which has its own: a multiplier moves all of them together. It counts from the
 * rates that it found, and from those that somebody else puts in their place.
 */
export class Multiplier extends LitElement {
  static override styles = [
    shared,
    css`
      /* A place for each rule, so that nothing moves while the numbers grow and shrink. */
      .rates {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(104px, 1fr));
        gap: 0 8px;
        padding-block-end: 2px;
        font-size: 13px;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      .rates span {
        overflow: hidden;
        text-overflow: ellipsis;
      }
    `,
  ];

  @property() name: RateName = "lr";
  @property({ attribute: false }) config: Config | undefined;
  /** What is wrong with the rates themselves. */
  @property() problem = "";
  @state() private base: Config | undefined;
  /** What is wrong with the multiplier. */
  @state() private mistake = "";

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has("config") && !changed.has("name")) return;
    const { base, config, name } = this;
    if (!config) return;
    if (!base || changed.has("name") || factorOf(base, config, name) === undefined) this.base = config;
    if (changed.has("config")) this.mistake = "";
  }

  override render() {
    const { base, config, name } = this;
    const field = fieldOf(name);
    if (!base || !config || field?.kind !== "number") return nothing;
    const range = factorRange(base, name);
    const { label } = text.fields[name];
    return html`<np-field
        .field=${{ ...field, ...range, default: 1 }}
        .label=${text.settings.times(label)}
        .value=${factorOf(base, config, name) ?? 1}
        .problem=${this.mistake || this.problem}
        @np-patch=${this.#multiply}
      ></np-field>
      <div class="rates muted" aria-label=${text.settings.timesOwn(label)} role="group">
        ${ratesByRule(config, name).map(([rule, rate]) => html`<span>${ruleLabel(rule)} ${rate}</span>`)}
      </div>`;
  }

  /** The box speaks of a rate; what it means is a multiple of every rule's own. */
  #multiply(event: CustomEvent<Record<string, unknown>>): void {
    event.stopPropagation();
    const { base, config, name } = this;
    if (!base || !config) return;
    const { min, max } = factorRange(base, name);
    const factor = event.detail[name];
    const good = typeof factor === "number" && factor >= min && factor <= max;
    this.mistake = good ? "" : text.settings.noFactor(String(factor), min, max);
    if (good) ask(this, "np-patch", multiplied(base, config, name, factor));
  }
}

define("np-multiplier", Multiplier);
