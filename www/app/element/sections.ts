import { html, type TemplateResult } from "lit";
import type { Config } from "../contract/config";
import type { Subject } from "../explain/explanation";
import type { Band } from "../metrics/aggregate";
import type { Ghost } from "../metrics/curves-of";
import type { Experiment, RunView } from "../state/experiment";
import type { Kept } from "../storage/kept";
import type { SweepState } from "../sweep/sweep";
import "../ui/fold";
import { isRoomy } from "../ui/window";

/** What a section may show. */
export interface Shown {
  experiment: Experiment;
  config: Config;
  /** The same list until there is more to draw; see snapshot.ts. */
  runs: readonly RunView[];
  /** Of these runs, whatever has been chosen since: their epochs, and the units of their layers. */
  epochs: number;
  units: readonly number[];
  /** Pinned results; and these with what a preset is compared with. */
  ghosts: readonly Ghost[];
  pale: readonly Ghost[];
  band: Band;
  kept: readonly Kept[];
  stores: boolean;
  lasting: boolean;
  deleted: Kept | undefined;
  sweep: SweepState;
}

/** A part of a column that opens and closes. */
export interface Section {
  about: Subject;
  /**
   * Where it is open at first. Where everything stands on one screen nothing that is open cuts off what is below it: a
   * media query names the windows that have room for it.
   */
  open: "everywhere" | "no" | `(${string})`;
  /** Whether it has something to show that the reader did not open it for. */
  opens?: (shown: Shown) => boolean;
  body: (shown: Shown) => TemplateResult;
}

export function folded(sections: readonly Section[], shown: Shown): TemplateResult[] {
  const isOpen = ({ open, opens }: Section) =>
    open === "everywhere" || (open.startsWith("(") && isRoomy(open)) || opens?.(shown) === true;
  return sections.map(
    (section) =>
      html`<np-fold class="panel" .about=${section.about} ?open=${isOpen(section)} .body=${() => section.body(shown)}></np-fold>`,
  );
}
