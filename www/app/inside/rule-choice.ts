import { html, LitElement, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import type { Algorithm } from "../contract/config";
import { ruleInfo, ruleLabel } from "../contract/rules";
import { nothingSeen, oneOfEachRule } from "../state/look";
import type { RunView } from "../state/run";
import * as later from "../text/later";
import { option } from "../ui/option";

/** A look into the network of one rule, which the reader chooses. */
export abstract class OfOneRule extends LitElement {
  @property({ attribute: false }) runs: readonly RunView[] = [];
  @state() private rule: Algorithm | null = null;

  /** The run that is looked into, once there is a network; until a rule is chosen the last, a decorrelated one if any. */
  protected get run(): RunView | undefined {
    const runs = oneOfEachRule(this.runs);
    return runs.find(({ algorithm }) => algorithm === this.rule) ?? runs.at(-1);
  }

  /** The choice of the rule, named after what is seen; before there is a network, what to do. */
  protected choice(seen: string): TemplateResult {
    const { run } = this;
    if (!run) return html`<p class="small">${nothingSeen(this.runs)}</p>`;
    return html`<div class="rule">
      <select aria-label=${later.inside.ruleOf(seen)} @change=${this.#choose}>
        ${oneOfEachRule(this.runs).map(({ algorithm }) =>
          option(algorithm, ruleLabel(algorithm), algorithm === run.algorithm),
        )}
      </select>
    </div>`;
  }

  /** Why the look shows nothing, or nothing new. */
  protected complaint(problem: string): TemplateResult | typeof nothing {
    return problem ? html`<p class="problem">${problem}</p>` : nothing;
  }

  readonly #choose = (event: Event): void => {
    this.rule = ruleInfo((event.target as HTMLSelectElement).value).name;
  };
}
