import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { type Config, fieldOf, isRate, ownField, startsAgain } from "../contract/config";
import { isSize, type OwnData, SETS } from "../contract/own";
import { ruleLabel } from "../contract/rules";
import { choiceLabel } from "../explain/fields";
import { about } from "../ui/about";
import { define } from "../ui/define";
import { folds, shared } from "../ui/shared-styles";
import { isRoomy } from "../ui/window";
import "./field";
import "./multiplier";
import * as text from "../text/text";
import { hasOwn } from "./own-rates";

interface Group {
  name: keyof typeof text.groups;
  fields: (keyof Config)[];
  /** The windows in which it is open at first, if any: see isRoomy. */
  open?: string;
  /** The values that matter most, for when the group is closed. */
  summary: (config: Config) => string;
}

const GROUPS: Group[] = [
  {
    name: "rates",
    fields: ["lr", "noise_std", "decor_lr"],
    open: "all",
    summary: ({ lr, noise_std }) => text.settings.ratesSummary(lr, noise_std),
  },
  {
    name: "network",
    fields: ["hidden_sizes", "activation", "output", "loss"],
    open: "(height >= 1060px)",
    summary: ({ hidden_sizes, activation }) =>
      text.settings.networkSummary(hidden_sizes.join("-"), choiceLabel(activation)),
  },
  {
    name: "training",
    fields: [
      "optimizer",
      "batch_size",
      "epochs",
      "num_noise_iters",
      "noise",
      "baseline",
      "kappa",
      "num_seeds",
      "arithmetic",
    ],
    summary: ({ optimizer, epochs }) => text.settings.trainingSummary(choiceLabel(optimizer), epochs),
  },
  {
    name: "data",
    fields: ["train_size", "test_size", "image_size"],
    summary: ({ dataset, train_size, image_size }) =>
      text.settings.dataSummary(
        train_size,
        dataset === "own" ? text.ownData.summary : choiceLabel(image_size),
      ),
  },
  {
    name: "ownRates",
    fields: ["overrides"],
    summary: ({ overrides }) => text.settings.ownRatesSummary(Object.keys(overrides).length),
  },
];

/** What is below the settings is to be found without a long way. */
const OPEN = new Set(GROUPS.filter(({ open }) => open !== undefined && isRoomy(open)));

/** Every setting but the rules, in groups that open and close. */
export class Settings extends LitElement {
  static override styles = [
    shared,
    folds,
    css`
      details + details {
        border-block-start: 1px solid var(--np-line);
      }
      .values {
        flex: 1;
        text-align: end;
        font-size: 13px;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      [open] > summary .values {
        visibility: hidden;
      }
      /* In the place of the values, so that nothing moves. */
      [open] > summary:has(.legend) .values {
        display: none;
      }
      [open] > summary .legend {
        flex: 1;
        text-align: end;
        font-size: 13px;
        block-size: 1lh; /* the arrow may come from a taller font */
        white-space: nowrap;
      }
      details:not([open]) .legend {
        display: none;
      }
      .fields {
        padding-block-end: 8px;
      }
      /* In a low window what is closed shares a line, without its values. */
      @container (min-width: 992px) {
        @media (height < 900px) {
          :host {
            display: grid;
            grid-template-columns: auto auto;
            column-gap: 8px;
          }
          [open] {
            grid-column: 1 / -1;
          }
          details:not([open]) .values {
            display: none;
          }
          .fields {
            padding-block-end: 2px;
          }
        }
      }
    `,
  ];

  @property({ attribute: false }) config: Config | undefined;
  /** The reader's own images, if any. */
  @property({ attribute: false }) own: OwnData | null = null;
  /** What is wrong, by the name of its field. */
  @property({ attribute: false }) problems: ReadonlyMap<string, string> = new Map();

  /** Whether runs have begun that a change could start again. */
  @property({ type: Boolean }) begun = false;

  readonly #open = new Set(OPEN);

  /** What a mistake has opened stays open when it is mended: nothing closes under the hand. */
  override willUpdate(): void {
    const wrong = (name: keyof Config) => this.problems.has(name);
    for (const group of GROUPS) if (group.fields.some(wrong)) this.#open.add(group);
  }

  override render() {
    const { config } = this;
    return config ? GROUPS.map((group) => this.#group(group, config)) : nothing;
  }

  #group(group: Group, config: Config): TemplateResult {
    const toggled = (event: Event) =>
      (event.target as HTMLDetailsElement).open ? this.#open.add(group) : this.#open.delete(group);
    return html`<details ?open=${this.#open.has(group)} @toggle=${toggled}>
      <summary ${about(`group:${group.name}`)}>
        <h3>${text.groups[group.name].label}</h3>
        <span class="values muted">${group.summary(config)}</span>
        ${this.begun && group.fields.some(startsAgain) ? html`<span class="legend muted">${text.settings.again}</span>` : nothing}
      </summary>
      <div class="fields">${group.fields.map((name) => this.#field(name, config))}</div>
    </details>`;
  }

  #field(name: keyof Config, config: Config): TemplateResult | typeof nothing {
    // Own images keep their size.
    if (name === "image_size" && config.dataset === "own") return nothing;
    const problem = this.problems.get(name) ?? "";
    if (name === "overrides") {
      return html`<np-overrides .config=${config} .problem=${problem} .begun=${this.begun}></np-overrides>`;
    }
    const field = fieldOf(name);
    const most = config.dataset === "own" ? mostOf(name, this.own) : undefined;
    if (isRate(name) && hasOwn(config, name)) {
      return html`<np-multiplier .name=${name} .config=${config} .problem=${problem}></np-multiplier>`;
    }
    return html`<np-field
      .field=${field && config.dataset === "own" ? ownField(field, most) : field}
      .value=${config[name]}
      .problem=${problem}
      .again=${this.begun && startsAgain(name)}
      .note=${most === undefined ? passesNote(name, config) : text.ownData.most(most)}
    ></np-field>`;
  }
}

/** How many images there are, where this is how many of them are used. */
function mostOf(name: keyof Config, own: OwnData | null): number | undefined {
  return isSize(name) ? own?.[SETS[name]].images : undefined;
}

/** Says which of the chosen rules the common number of passes does not reach. */
function passesNote(name: keyof Config, config: Config): string {
  if (name !== "num_noise_iters") return "";
  const own = config.algorithms.filter((rule) => config.overrides[rule]?.num_noise_iters !== undefined);
  if (own.length === 0) return "";
  const rules = own.map(ruleLabel).join(", ");
  const others = config.algorithms.length > own.length;
  return others ? text.settings.notForAll(rules) : text.settings.notUsed(rules);
}

define("np-settings", Settings);
