import { html, type TemplateResult } from "lit";
import type { Config } from "../contract/config";
import { difference, type Proof, readProof } from "../contract/proof";
import { ruleLabel } from "../contract/rules";
import { LOOKS, toLink } from "../contract/url";
import type { Experiment } from "../state/experiment";
import * as later from "../text/later";

export { check } from "../text/later";

type Act = (act: (experiment: Experiment) => Promise<unknown>) => Promise<void>;

/**
 * Whether that is trained here which a link has settings of: nothing of it was left out, nor is anything otherwise than it
 * was taken. `left`: the keys that were left out.
 */
export function isAsLinked(taken: Config, left: readonly string[], here: Config): boolean {
  return left.every((key) => LOOKS.includes(key)) && toLink(here) === toLink(taken);
}

/** What the runs of a link led to elsewhere, to be held against what they lead to here. */
export class Check {
  readonly #experiment: Experiment;
  readonly #act: Act;
  readonly #text: string;
  readonly #link: string;
  readonly #proof: Proof;

  /** Undefined where the text is no proof of the runs that the experiment has now. */
  static of(text: string, experiment: Experiment, act: Act): Check | undefined {
    const proof = readProof(text);
    return proof?.runs.length === experiment.runs.length
      ? new Check(text, proof, experiment, act)
      : undefined;
  }

  private constructor(text: string, proof: Proof, experiment: Experiment, act: Act) {
    this.#text = text;
    this.#proof = proof;
    this.#experiment = experiment;
    this.#act = act;
    this.#link = toLink(experiment.address);
  }

  /** For the link, as long as it is about the runs that are shown. */
  get proof(): string | undefined {
    return toLink(this.#experiment.address) === this.#link ? this.#text : undefined;
  }

  /** Whether the reader is asked first. */
  get offers(): boolean {
    return this.#experiment.phase === "idle" && this.proof !== undefined;
  }

  /** The offer, and what came of it. */
  get words(): TemplateResult | undefined {
    if (!this.proof || this.#experiment.stale.length > 0) return undefined;
    const { phase, runs } = this.#experiment;
    // One that has failed has no weights to compare: its own notice says how to go on.
    const ended = phase === "done" && runs.every(({ weights_hash }) => weights_hash !== null);
    if (ended) return html`<p class="notice" role="status">${this.#verdict()}</p>`;
    if (phase !== "idle") return html`<p class="small muted">${later.check.underWay}</p>`;
    return html`<div class="notice" role="status">
      <p>${later.check.offer(this.#proof.runs.length)}</p>
      <button type="button" @click=${() => void this.#act(async (experiment) => experiment.play())}>
        ${later.check.again}
      </button>
    </div>`;
  }

  #verdict(): string {
    const { result, config } = this.#experiment;
    const found = difference(this.#proof, result);
    if (!found) return later.check.same;
    const { algorithm, seed, from, to } = found;
    return later.check.differs(ruleLabel(algorithm), seed, from, to, config.arithmetic === "fast");
  }
}
