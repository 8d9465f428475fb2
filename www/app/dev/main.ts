import { html, render, type TemplateResult } from "lit";
import { type ChartModel, WHOLE } from "../metrics/curve";
import { curvesOf } from "../metrics/curves-of";
import "../chart/layer-chart";
import "../chart/learning-curves";
import "../chart/run-table";
import "../controls/options";
import "../controls/own-choices";
import "../controls/presets";
import "../controls/rules";
import "../controls/settings";
import "../controls/transport";
import "../ui/fold";
import "../element/insides";
import "../element/np-playground";
import { defaults, type Field, SCHEMA } from "../contract/config";
import { AppError } from "../contract/errors";
import { PRESETS } from "../contract/presets";
import { percent, wholePercent } from "../metrics/format";
import { ghostOf } from "../storage/kept";
import { NOTHING_MEASURED } from "../sweep/measures";
import type { SweepState } from "../sweep/sweep";
import { diverging } from "../ui/paint";
import "../update/one-update";
import { planeOf } from "../update/stages";
import {
  CHANGED,
  CONFIG,
  EVENTFUL,
  EVERY_STATUS,
  KEPT,
  LOOKED_INTO,
  OF_OWN,
  ONE_SEED,
  OWN,
  PLAN,
  run,
  SEEN,
  THREE_SEEDS,
  trials,
  UNANSWERED,
} from "./samples";

/** A component: its name, and each of its states under what it is called. */
type Entry = [name: string, states: [title: string, state: TemplateResult][]];

const GHOSTS = KEPT.slice(0, 1).map((kept) => ghostOf(kept, "A"));

const MODEL: ChartModel = {
  curves: curvesOf(ONE_SEED, { kind: "test_acc" }, "epoch"),
  x: { label: "epoch", tick: String, exact: String, steps: WHOLE },
  y: { label: "Test accuracy", tick: wholePercent, exact: percent },
};

const STROKES = [
  [
    { x: 0.2, y: 0.3 },
    { x: 0.8, y: 0.6 },
  ],
  [{ x: 0.5, y: 0.8 }],
];

const curves = (runs: readonly unknown[], more: { ghosts?: unknown; band?: string } = {}) =>
  html`<np-learning-curves
    .runs=${runs}
    .ghosts=${more.ghosts ?? []}
    .band=${more.band ?? "min-max"}
    .epochs=${CONFIG.epochs}
  ></np-learning-curves>`;

const layers = (quantity: string, runs: readonly unknown[]) =>
  html`<np-layer-chart .quantity=${quantity} .runs=${runs} .layers=${3} .epochs=${CONFIG.epochs}></np-layer-chart>`;

const transport = (playing: boolean, ready: boolean, progress: number, place: string, status: string) =>
  html`<np-transport
    .playing=${playing}
    .ready=${ready}
    .progress=${progress}
    .place=${place}
    .status=${status}
  ></np-transport>`;

const sweep = (state: Partial<SweepState>) =>
  html`<np-sweep
    .config=${CONFIG}
    .sweep=${{ phase: "idle", plan: PLAN, trials: [], error: null, earlier: [], ...state }}
  ></np-sweep>`;

const kept = (results: readonly unknown[], lasting: boolean, deleted?: unknown) =>
  html`<np-kept .kept=${results} .ghosts=${GHOSTS} .lasting=${lasting} .deleted=${deleted}></np-kept>`;

const field = (field: Field, problem: string) =>
  html`<np-field
    .field=${field}
    .value=${defaults()[field.name]}
    .problem=${problem}
    .note=${problem ? "" : "A remark on the value as it stands."}
  ></np-field>`;

/** One field of each kind. */
const FIELDS = [...new Map(SCHEMA.fields.map((one) => [one.kind, one])).values()].filter(
  ({ kind }) => kind !== "algorithms" && kind !== "overrides",
);

const GALLERY: readonly Entry[] = [
  [
    "np-transport",
    [
      ["before there is anything to run", transport(false, false, 0, "Epoch 0 of 10", "Stopped")],
      ["ready", transport(false, true, 0, "Epoch 0 of 10", "Ready")],
      ["running", transport(true, true, 0.4, "Epoch 4 of 10", "2 of 6 done · 90K images/s")],
      ["done", transport(false, true, 1, "Epoch 10 of 10", "Done")],
    ],
  ],
  [
    "np-options",
    [
      ["as at first", html`<np-options></np-options>`],
      [
        "slow, dark, a seed that cannot be",
        html`<np-options .speed=${"slow"} .theme=${"dark"} .seed=${-1} .problem=${"seed = -1 cannot be used."}></np-options>`,
      ],
    ],
  ],
  ["np-equation", [["of a rule", html`<np-equation .of=${"rule:anp"}></np-equation>`]]],
  [
    "np-fold",
    [
      [
        "closed",
        html`<np-fold .about=${"chart:sweep"} .body=${() => html`<p>What is in it.</p>`}></np-fold>`,
      ],
      [
        "open",
        html`<np-fold open .about=${"chart:sweep"} .body=${() => html`<p>What is in it.</p>`}></np-fold>`,
      ],
    ],
  ],
  [
    "np-rules",
    [
      ["some chosen", html`<np-rules .chosen=${CONFIG.algorithms}></np-rules>`],
      ["all chosen", html`<np-rules .chosen=${SCHEMA.algorithms.map(({ name }) => name)}></np-rules>`],
      ["none chosen", html`<np-rules .chosen=${[]} .problem=${"Choose at least one rule."}></np-rules>`],
    ],
  ],
  [
    "np-presets",
    [
      ["a preset", html`<np-presets .config=${{ ...defaults(), ...PRESETS[0]?.config }}></np-presets>`],
      ["own settings", html`<np-presets .config=${CONFIG}></np-presets>`],
    ],
  ],
  [
    "np-field",
    FIELDS.flatMap((one) => [
      [`${one.kind}, with a remark`, field(one, "")],
      [`${one.kind}, wrong`, field(one, `${one.name} cannot be used: this is the sentence that says why.`)],
    ]),
  ],
  [
    "np-settings",
    [
      ["common rates", html`<np-settings .config=${CONFIG}></np-settings>`],
      [
        "own rates, and mistakes",
        html`<np-settings
          .config=${{ ...CONFIG, overrides: { np: { lr: 0.002 } } }}
          .problems=${new Map([
            ["lr", "lr = 99 cannot be used."],
            ["overrides", "np.lr = 99 cannot be used."],
          ])}
        ></np-settings>`,
      ],
    ],
  ],
  [
    "np-multiplier",
    [
      [
        "a rate of each rule's own",
        html`<np-multiplier .config=${{ ...CONFIG, overrides: { np: { lr: 0.002 } } }}></np-multiplier>`,
      ],
    ],
  ],
  [
    "np-overrides",
    [
      ["common rates", html`<np-overrides .config=${CONFIG}></np-overrides>`],
      [
        "own rates, and a mistake",
        html`<np-overrides
          .config=${{ ...CONFIG, overrides: { np: { lr: 0.002 } } }}
          .problem=${"np.lr = 99 cannot be used."}
        ></np-overrides>`,
      ],
    ],
  ],
  [
    "np-plot",
    [
      [
        "nothing yet",
        html`<np-plot .model=${{ ...MODEL, curves: [] }} .label=${"A chart of nothing"}></np-plot>`,
      ],
      ["three rules", html`<np-plot .model=${MODEL} .label=${"A chart of three rules"}></np-plot>`],
    ],
  ],
  ["np-twin", [["of three rules", html`<np-twin .model=${MODEL} .label=${"Three rules"}></np-twin>`]]],
  [
    "np-learning-curves",
    [
      ["nothing yet", curves([])],
      ["one seed", curves(ONE_SEED)],
      ["three seeds", curves(THREE_SEEDS, { band: "sd" })],
      ["a run that diverged, a rate that was changed", curves(EVENTFUL)],
      [
        "a pinned result behind",
        curves([run({ algorithm: "np", epoch: 6, status: "running" })], { ghosts: GHOSTS }),
      ],
    ],
  ],
  [
    "np-layer-chart",
    [
      ["alignment", layers("alignment", THREE_SEEDS)],
      ["decorrelation", layers("decorrelation", THREE_SEEDS)],
      ["nothing yet", layers("decorrelation", [])],
    ],
  ],
  ["np-run-table", [["every status", html`<np-run-table .runs=${EVERY_STATUS}></np-run-table>`]]],
  [
    "np-sweep",
    [
      ["at first", sweep({ plan: null })],
      ["running", sweep({ phase: "running", trials: trials(12) })],
      ["done", sweep({ phase: "done", trials: trials(25) })],
      [
        "cancelled",
        sweep({
          phase: "cancelled",
          trials: trials(7).map((trial) =>
            trial.status === "training" ? { ...trial, status: "waiting", ...NOTHING_MEASURED } : trial,
          ),
        }),
      ],
      ["refused", sweep({ phase: "failed", error: new AppError("config", "danp.lr = 99 cannot be used.") })],
    ],
  ],
  [
    "np-kept",
    [
      ["none", kept([], true)],
      ["some, one of them pinned", kept(KEPT, true)],
      ["of other images than those there are", kept([OF_OWN], true, OF_OWN)],
      ["where nothing can be stored", kept(KEPT.slice(0, 1), false)],
    ],
  ],
  [
    "np-own-data",
    [
      ["at first", html`<np-own-data></np-own-data>`],
      ["reading", html`<np-own-data .phase=${"reading"}></np-own-data>`],
      ["reading for long", html`<np-own-data .phase=${"silent"}></np-own-data>`],
      ["read", html`<np-own-data .data=${OWN} .used=${"own"} .guesses=${OWN.guesses}></np-own-data>`],
      [
        "refused",
        html`<np-own-data .problem=${"Line 2, column 1 of the CSV file is no number."}></np-own-data>`,
      ],
    ],
  ],
  [
    "np-own-choices",
    [
      ["guessed", html`<np-own-choices .guesses=${OWN.guesses}></np-own-choices>`],
      [
        "not known, and chosen",
        html`<np-own-choices
          .guesses=${OWN.guesses.map((guess) => ({ ...guess, chosen: null }))}
          .choices=${{ label: 2 }}
        ></np-own-choices>`,
      ],
    ],
  ],
  [
    "np-figure",
    [
      ["the small form", html`<np-playground controls="min" preset="deeper"></np-playground>`],
      ["curves alone", html`<np-playground controls="none" height="300"></np-playground>`],
      [
        "what was asked for",
        html`<np-playground controls="transport,rules" view="runs,digit"></np-playground>`,
      ],
      ["what is not there", html`<np-playground controls="dials" view="curves"></np-playground>`],
    ],
  ],
  [
    "np-try-it",
    [
      ["no run yet", html`<np-try-it .runs=${[]} .rows=${14} .cols=${14}></np-try-it>`],
      ["three rules", html`<np-try-it .runs=${ONE_SEED} .rows=${14} .cols=${14}></np-try-it>`],
    ],
  ],
  [
    "np-pad",
    [
      ["empty", html`<np-pad></np-pad>`],
      ["a stroke and a dot", html`<np-pad .strokes=${STROKES}></np-pad>`],
    ],
  ],
  [
    "np-picture",
    [
      [
        "from blue over nothing to orange",
        html`<np-picture .colours=${diverging([-1, -0.5, 0, 0.5, 1], 1)} .cols=${5} .label=${"Five squares"}></np-picture>`,
      ],
    ],
  ],
  ["np-covariance", looks((runs) => html`<np-covariance .runs=${runs} .layers=${3}></np-covariance>`)],
  ["np-weights", looks((runs) => html`<np-weights .runs=${runs} .units=${64}></np-weights>`)],
  [
    "np-update",
    looks(
      (runs) => html`<np-update .experiment=${LOOKED_INTO} .runs=${runs} .moment=${"paused"}></np-update>`,
    ),
  ],
  [
    "np-update-network",
    ["credit" as const, "pass" as const].map((stage) => [
      stage,
      html`<np-update-network .seen=${SEEN} .plane=${planeOf(stage, SEEN)} .cols=${CONFIG.image_size} rule="DANP"></np-update-network>`,
    ]),
  ],
  ["np-draws", looks(([run]) => html`<np-draws .run=${run} .seen=${SEEN}></np-draws>`)],
  ["np-glance", looks((runs) => html`<np-glance .experiment=${LOOKED_INTO} .runs=${runs}></np-glance>`)],
  ["np-along", looks(([run]) => html`<np-along .run=${run} .seen=${SEEN}></np-along>`)],
  [
    "np-weight-change",
    [false, true].map((input) => [
      input ? "R and the input" : "the weights",
      html`<np-weight-change .seen=${SEEN} .change=${CHANGED} .cols=${CONFIG.image_size} .input=${input}></np-weight-change>`,
    ]),
  ],
  ["np-test-answers", looks((runs) => html`<np-test-answers .runs=${runs}></np-test-answers>`)],
];

/** What looks into the runs: with nothing to see, with answers, and where none comes. */
function looks(view: (runs: readonly unknown[]) => TemplateResult): Entry[1] {
  return [
    ["no run yet", view([])],
    ["with answers", view(ONE_SEED)],
    ["without an answer", view([UNANSWERED])],
  ];
}

const gallery = document.querySelector<HTMLElement>("#gallery");
const asked = document.querySelector("#asked");

if (gallery) {
  render(
    GALLERY.map(
      ([name, states]) => html`<h2>&lt;${name}&gt;</h2>
        <div class="states">
          ${states.map(
            ([title, state]) => html`<figure class="state" aria-label="${name}: ${title}">
              <figcaption>${title}</figcaption>
              ${state}
            </figure>`,
          )}
        </div>`,
    ),
    gallery,
  );
}

for (const name of [
  "np-patch",
  "np-command",
  "np-preset",
  "np-band",
  "np-configure",
  "np-sweep",
  "np-earlier-map",
  "np-pin",
  "np-forget",
  "np-bring-back",
]) {
  gallery?.addEventListener(name, (event) => {
    if (asked) asked.textContent = `${name} ${JSON.stringify((event as CustomEvent).detail).slice(0, 200)}`;
  });
}
