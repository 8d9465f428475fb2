import { PRESETS, type Preset } from "../contract/presets";
import type { Ghost } from "../metrics/curves-of";
import * as text from "../text/text";
import recorded from "./beside.json";
import { captionOf, chartRunsOf, epochsOf, type RecordedRun } from "./recordings";

/** Pale curves and the words about them. */
export interface Beside {
  ghost: Ghost;
  caption: string;
}

const RECORDINGS: Readonly<Record<string, readonly RecordedRun[]>> = recorded.presets;

/** The other side of each preset that compares, by its id. */
export const BESIDE: ReadonlyMap<string, Beside> = new Map(
  PRESETS.flatMap((preset) => {
    const side = sideOf(preset);
    return side ? [[preset.id, side]] : [];
  }),
);

function sideOf({ id, beside }: Preset): Beside | undefined {
  const recording = RECORDINGS[id];
  if (!beside || !recording) return undefined;
  const runs = chartRunsOf(recording);
  const caption = captionOf(runs, recorded.version, recorded.commit);
  return {
    ghost: { id: `beside ${id}`, mark: beside.mark, epochs: epochsOf(runs), runs },
    caption: text.curves.besideRecorded(beside.of, caption),
  };
}
