import { css, html, LitElement, nothing } from "lit";
import { property, state } from "lit/decorators.js";
import { ruleHue, ruleLabel } from "../contract/rules";
import type { SeenUpdate } from "../contract/update";
import { decimal } from "../metrics/format";
import { Look } from "../state/look";
import type { RunView } from "../state/run";
import * as later from "../text/later";
import * as text from "../text/text";
import { define } from "../ui/define";
import { option } from "../ui/option";
import { shared } from "../ui/shared-styles";
import { slope } from "./agreement";
import { canGoAlong } from "./budget";
import { figureStyles, plot } from "./figures";
import { toldApart } from "./sentences";
import { isNoisyItself } from "./stages";

/** The loss at clean + t noise: as a curve, by its tangent, and by the chord that node perturbation measures. */
export class Along extends LitElement {
  static override styles = [
    shared,
    figureStyles,
    css`
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px 12px;
        font-size: 13px;
      }
      .row label {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
    `,
  ];

  @property({ attribute: false }) run: RunView | undefined;
  @property({ attribute: false }) seen: SeenUpdate | undefined;
  @property({ type: Number }) pass = 0;
  /** How many times as large the noise is, as a power of two. */
  @state() private power = 0;
  @state() private layer: number | null = null;

  readonly #look = new Look(this, () => {
    const { run, seen, layer } = this;
    if (seen && !canGoAlong(seen, this.pass)) return [];
    if (!run || !seen || seen.lossDiffs.length === 0) return [];
    const { update, sample, noiseStd } = seen;
    const { pass, power } = this;
    const question = { about: "along" as const, update, sample, pass, layer, size: 2 ** power };
    // The curve has the noise that the network has by then, the tangent that which is seen.
    return [{ run, question, same: [...Object.values(question), noiseStd] }];
  });

  override render() {
    const { run, seen } = this;
    const [sight] = this.#look.sights;
    if (!run || !seen) return nothing;
    this.style.setProperty("--hue", `var(${ruleHue(run.algorithm)})`);
    if (seen.lossDiffs.length === 0)
      return html`<p class="row">${later.update.noNoise(ruleLabel(run.algorithm))}</p>`;
    if (!canGoAlong(seen, this.pass)) return html`<p class="row">${later.update.tooManyLosses}</p>`;
    return html`
      ${sight && sight.answer.length > 0 ? this.#curve(sight.answer, seen) : nothing}
      <p class="row">
        <label>
          ${later.update.noiseSize}
          <input type="range" min="-6" max="8" step="0.5" .value=${String(this.power)} aria-valuetext=${this.#size(seen)} @input=${this.#resize} />
          <output>${this.#size(seen)}</output>
        </label>
        <label>
          ${later.update.noiseIn}
          <select aria-label=${later.update.noiseIn} @change=${this.#choose}>
            ${option("", later.update.allLayers, this.layer === null)}
            ${seen.layers.map((_, l) => option(l, text.curves.layer(l + 1), this.layer === l))}
          </select>
        </label>
      </p>
      ${this.#look.problem ? html`<p class="problem">${this.#look.problem}</p>` : nothing}
    `;
  }

  #size({ noiseStd }: SeenUpdate): string {
    return `σ = ${decimal(noiseStd * 2 ** this.power)}`;
  }

  #curve(losses: Float32Array, seen: SeenUpdate) {
    const places = Array.from(losses, (_, i) => (4 * i) / (losses.length - 1) - 2);
    const middle = losses[(losses.length - 1) / 2] ?? 0;
    const end = losses[(3 * (losses.length - 1)) / 4] ?? 0;
    const by = slope(seen, this.layer) * 2 ** this.power;
    const [least, greatest] = [Math.min(...losses), Math.max(...losses)];
    const [lower, upper] = toldApart(least, greatest);
    const room = 0.12 * (greatest - least || 1e-3);
    const twice = isNoisyItself(seen);
    const chord = end - middle;
    const tangent = { kind: "tangent", points: [-2, 2].map((t) => [t, middle + by * t] as const) };
    return html`${plot({
      x: [-2, 2],
      y: [least - room, greatest + room],
      lines: [
        { kind: "loss", points: places.map((t, i) => [t, losses[i] ?? 0] as const) },
        ...(twice ? [] : [tangent]),
        {
          kind: "chord",
          points: [
            [0, middle],
            [1, end],
          ],
        },
      ],
      points: [
        [0, middle],
        [1, end],
      ],
      xTicks: [-2, -1, 0, 1, 2].map((t) => [t, `${t}`.replace("-", "−")] as const),
      yTicks: [
        [least, lower],
        [greatest, upper],
      ],
      label: later.update.alongPicture(decimal(chord), twice ? "" : decimal(by)),
    })}
    <p class="row">${twice ? later.update.chordOnly(decimal(chord)) : later.update.chordAndTangent(decimal(chord), decimal(by))}</p>`;
  }

  readonly #resize = (event: Event): void => {
    this.power = Number((event.target as HTMLInputElement).value);
  };

  readonly #choose = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this.layer = value === "" ? null : Number(value);
  };
}

define("np-along", Along);
