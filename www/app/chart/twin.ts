import { css, html, LitElement, nothing } from "lit";
import { property } from "lit/decorators.js";
import type { ChartModel, Curve } from "../metrics/curve";
import { orMissing } from "../metrics/format";
import * as text from "../text/text";
import { define } from "../ui/define";
import { shared, tables } from "../ui/shared-styles";

/** The same values as a table, for every reader; made only while it is open. */
export class Twin extends LitElement {
  static override styles = [
    shared,
    tables,
    css`
      :host([open]) {
        flex-basis: 100%;
        min-inline-size: 0;
      }
      summary {
        inline-size: fit-content;
        font-size: 13px;
        color: var(--np-muted);
      }
      .scroll {
        max-block-size: 256px;
      }
    `,
  ];

  @property({ attribute: false }) model: ChartModel | undefined;
  @property() label = "";
  @property({ type: Boolean, reflect: true }) open = false;

  override render() {
    return html`<details @toggle=${this.#toggle}>
      <summary>${text.tables.open}</summary>
      ${this.open && this.model ? this.#table(this.model) : nothing}
    </details>`;
  }

  #toggle(event: Event): void {
    this.open = (event.target as HTMLDetailsElement).open;
  }

  #table({ curves, x, y }: ChartModel) {
    const rows = Math.max(0, ...curves.map((curve) => curve.x.length));
    const cost = x.label === text.curves.x.epoch ? undefined : x.exact;
    return html`<div class="scroll" role="region" aria-label=${this.label} tabindex="0">
      <table>
        <caption class="unseen">${this.label}: ${text.curves.afterEachEpoch(y.label)}</caption>
        <thead>
          <tr>
            <th scope="col">${text.tables.epoch}</th>
            ${curves.map((curve) => html`<th scope="col">${curve.label}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${Array.from(
            { length: rows },
            (_, epoch) => html`<tr>
              <th scope="row">${epoch}</th>
              ${curves.map((curve) => html`<td>${cell(curve, epoch, y.exact, cost)}</td>`)}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

/** Mean, extremes over the seeds, and the cost if that is what the chart is drawn against. */
function cell(
  { y, x, band }: Curve,
  epoch: number,
  exact: (value: number) => string,
  cost: ((value: number) => string) | undefined,
): string {
  const mean = orMissing(y[epoch], exact);
  const [low, high] = [band?.low[epoch], band?.high[epoch]];
  const extremes = low != null && high != null ? text.tables.range(exact(low), exact(high)) : "";
  const spent = x[epoch];
  return mean + extremes + (cost && spent !== undefined ? text.tables.cost(cost(spent)) : "");
}

define("np-twin", Twin);
