import { html, type TemplateResult } from "lit";
import type { OwnReader } from "../dataset/own-reader";
import type { Experiment } from "../state/experiment";
import "../ui/fold";

/**
 * Images of the reader's own, in place of MNIST; open where the settings ask for them, or files came. Loaded later,
 * see insides.ts.
 */
export function ownImages(
  { config, own, phase }: Experiment,
  reader: OwnReader | undefined,
  problem: string,
): TemplateResult {
  const body = () =>
    html`<np-own-data
      .data=${own}
      .used=${config.dataset}
      .phase=${reader?.phase ?? "ready"}
      .problem=${reader?.problem || problem}
      .guesses=${reader?.guesses ?? []}
      .choices=${reader?.choices ?? {}}
    ></np-own-data>`;
  return html`<np-fold
    class="panel own"
    .about=${"act:own"}
    .again=${phase !== "idle"}
    ?open=${config.dataset === "own" || own !== null || reader !== undefined}
    .body=${body}
  ></np-fold>`;
}
