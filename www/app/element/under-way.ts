import { html, type TemplateResult } from "lit";
import { ruleLabel } from "../contract/rules";
import { toLink } from "../contract/url";
import type { Experiment } from "../state/experiment";
import { browserDatabase } from "../storage/database";
import { isLeft, Keeper, type Left, PATIENCE_MS } from "../storage/keeper";
import * as later from "../text/later";

/** "BP, NP and DANP" */
const LIST = new Intl.ListFormat("en-GB");

interface Parts {
  experiment: Experiment;
  /** Whether runs of other settings than those that are shown are offered, too. */
  any: boolean;
  /** Does something to the experiment, after what was asked for before. */
  act: (act: (experiment: Experiment) => Promise<unknown>) => Promise<void>;
  changed: () => void;
}

/** Runs that are under way outlive the page: it keeps them, and the next page offers to go on with them. */
export class UnderWay {
  readonly #parts: Parts;
  readonly #keeper: Keeper;
  #left: Left | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    const database = browserDatabase("np-playground-under-way", "runs", isLeft);
    this.#keeper = new Keeper(parts.experiment, database, navigator.locks, parts.changed);
    // What has come to something is offered no more; what was left stays for the next page.
    parts.experiment.addEventListener("epoch", () => {
      this.#left = undefined;
    });
  }

  /** Looks for what the last page was closed on. */
  async look(): Promise<void> {
    const { any, changed } = this.#parts;
    const nothing = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS));
    const found = this.#keeper.find((link) => any || this.#isShown(link));
    // Where nothing can be stored, nothing was kept.
    this.#left = await Promise.race([found, nothing]).catch(() => undefined);
    changed();
  }

  /** Whether what is under way outlives the page, as far as is known. */
  get keeps(): boolean {
    return this.#keeper.keeps;
  }

  get offer(): TemplateResult | undefined {
    const left = this.#left;
    const { any, experiment } = this.#parts;
    // Networks that are only looked at, before their first update, are in nobody's place.
    const begun = experiment.phase === "running" || experiment.runs.some(({ step }) => step > 0);
    if (!left || begun || !(any || this.#isShown(left.link))) return undefined;
    return html`<div class="notice" role="status">
      <p>${sentence(left)}</p>
      <button type="button" @click=${() => this.#goOn(left)}>${later.underWay.goOn}</button>
      <button type="button" @click=${() => this.#anew(left)}>${later.underWay.anew}</button>
    </div>`;
  }

  #isShown(link: string): boolean {
    return link === toLink(this.#parts.experiment.address);
  }

  #goOn(left: Left): void {
    this.#left = undefined;
    void this.#parts.act(() => this.#keeper.goOn(left));
  }

  /** Their settings from the start, which the page need not show. */
  #anew(left: Left): void {
    this.#left = undefined;
    void this.#parts.act(async (experiment) => {
      if (!this.#isShown(left.link)) await experiment.configure(left.config);
      void this.#keeper.forget(left);
      experiment.play();
    });
  }
}

function sentence({ config, runs }: Left): string {
  const going = runs.filter(({ over }) => !over);
  const rules = [...new Set(going.map(({ algorithm }) => ruleLabel(algorithm)))];
  const epochs = going.map(({ epoch }) => epoch);
  return later.underWay.were(
    LIST.format(rules),
    rules.length === 1,
    Math.min(...epochs),
    Math.max(...epochs),
    config.epochs,
  );
}
