import { css, html, LitElement } from "lit";
import { property } from "lit/decorators.js";
import type { Divergence } from "../contract/result";
import { ruleHue, ruleInfo, ruleLabel } from "../contract/rules";
import type { ChartRun } from "../metrics/curves-of";
import { count, orMissing, percent } from "../metrics/format";
import * as text from "../text/text";
import { define } from "../ui/define";
import { shared, tables } from "../ui/shared-styles";
import { panel } from "./panel";

/** The part of a run that its line in the table shows. */
export interface TableRun extends ChartRun {
  epoch: number;
  epochs: number;
  samples_per_second: number | null;
  diverged?: Divergence;
  error?: Error;
}

/** One line for each rule and seed, in figures. */
export class RunTable extends LitElement {
  static override styles = [
    shared,
    tables,
    panel,
    css`
      .scroll {
        max-block-size: 224px;
      }
      @container (min-width: 992px) {
        .scroll {
          max-block-size: max(100px, 16dvh);
        }
      }
      /* What the transport says, too, gives way to what it does not. */
      @container (max-width: 479px) {
        :is(th, td):is(:nth-child(4), :last-child) {
          display: none;
        }
        td.text {
          white-space: normal;
        }
      }
      th,
      td {
        padding-inline: 5px;
        font-size: 13px;
      }
      .line {
        display: inline-block;
        inline-size: 20px;
        margin-inline-end: 6px;
        vertical-align: middle;
        border-block-start: 3px solid;
        forced-color-adjust: none;
      }
      .dashed {
        border-block-start-style: dashed;
      }
      tbody th {
        color: var(--np-ink);
      }
    `,
  ];

  @property({ attribute: false }) runs: readonly TableRun[] = [];

  override render() {
    return html`<div class="scroll" role="region" aria-labelledby="title" tabindex="0">
      <table>
        <caption class="unseen" id="title">${text.charts.runs.label}</caption>
        <thead>
          <tr>
            <th scope="col">${text.tables.rule}</th>
            <th scope="col">${text.tables.seed}</th>
            <th scope="col" class="text">${text.tables.status}</th>
            <th scope="col">${text.tables.epoch}</th>
            <th scope="col">${text.tables.best}</th>
            <th scope="col">${text.tables.last}</th>
            <th scope="col">${text.tables.speed}</th>
          </tr>
        </thead>
        <tbody>
          ${this.runs.map((run) => this.#line(run))}
        </tbody>
      </table>
    </div>`;
  }

  #line(run: TableRun) {
    const { decorrelated } = ruleInfo(run.algorithm);
    const accuracies = run.history.test_acc.filter((value) => value !== null);
    const best = accuracies.length > 0 ? Math.max(...accuracies) : null;
    return html`<tr>
      <th scope="row">
        <span class="line ${decorrelated ? "" : "dashed"}" style="color: var(${ruleHue(run.algorithm)})"></span
        >${ruleLabel(run.algorithm)}
      </th>
      <td>${run.seed}</td>
      <td class="text">${statusWords(run)}</td>
      <td>${run.epoch}/${run.epochs}</td>
      <td>${orMissing(best, percent)}</td>
      <td>${orMissing(accuracies.at(-1), percent)}</td>
      <td>${orMissing(run.samples_per_second, count)}</td>
    </tr>`;
  }
}

function statusWords({ status, diverged }: TableRun): string {
  return diverged
    ? text.tables.diverged(diverged.step, diverged.layer)
    : (text.tables.statuses[status] ?? status);
}

define("np-run-table", RunTable);
