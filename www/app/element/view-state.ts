import type { TemplateResult } from "lit";
import type { Middle } from "../contract/middle";
import type { Preferences } from "../contract/preferences";
import type { Preset } from "../contract/presets";
import type { OwnReader } from "../dataset/own-reader";
import type { Subject } from "../explain/explanation";
import type { Band } from "../metrics/aggregate";
import type { Ghost } from "../metrics/curves-of";
import type { Beside } from "../recorded/beside";
import type { Kept } from "../storage/kept";
import type { Shown } from "./sections";
import type { Session } from "./session";
import type { Share } from "./share";
import type { Snapshot } from "./snapshot";

/** What the element is drawn from. */
export interface ViewState {
  session: Session;
  charted: Snapshot;
  /** What is explained. */
  subject: Subject | null;
  spoken: string;
  /** Whether what stands in the middle is shown alone, for an audience. */
  presenting: boolean;
  recorded: { GHOST: Ghost; CAPTION: string } | undefined;
  middle: Middle;
  /** The preset that the settings are, and the other side of it if it compares. */
  preset: Preset | undefined;
  beside: Beside | undefined;
  band: Band;
  kept: readonly Kept[];
  ghosts: readonly Ghost[];
  stores: boolean;
  lasting: boolean;
  /** The result that was deleted last. */
  deleted: Kept | undefined;
  /** What reads the reader's own files, once some came. */
  reader: OwnReader | undefined;
  help: boolean;
  preferences: Preferences;
  /** What leaves the page and comes back, once that was asked for. */
  share: Share | undefined;
  /** To go on with runs that were under way when the page was closed, or to check what a link says. */
  offers: readonly (TemplateResult | undefined)[];
}

/** What sections and charts are given. */
export function shownOf(state: ViewState): Shown {
  const { session, charted, band, kept, ghosts, stores, lasting, deleted, beside } = state;
  const { experiment, sweep } = session;
  const { config, ofRuns } = experiment;
  const runs = charted.of(experiment.runs);
  return {
    experiment,
    config,
    runs,
    epochs: Math.max(ofRuns.epochs, ...runs.map(({ epoch }) => epoch)),
    units: [...ofRuns.hidden_sizes, experiment.shape.classes],
    ghosts,
    pale: charted.behind(ghosts, beside?.ghost),
    band,
    kept,
    stores,
    lasting,
    deleted,
    sweep: sweep.state,
  };
}
