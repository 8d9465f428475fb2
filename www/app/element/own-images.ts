import { html, type TemplateResult } from "lit";
import type { Experiment } from "../state/experiment";
import "../ui/fold";

/** Images of the reader's own, in place of MNIST; open where the settings ask for them. Loaded later, see insides.ts. */
export function ownImages({ config, own }: Experiment, reading: boolean, problem: string): TemplateResult {
  const body = () =>
    html`<np-own-data
      .data=${own}
      .used=${config.dataset}
      .reading=${reading}
      .problem=${problem}
    ></np-own-data>`;
  return html`<np-fold
    class="panel"
    .about=${"act:own"}
    ?open=${config.dataset === "own" || own !== null}
    .body=${body}
  ></np-fold>`;
}
