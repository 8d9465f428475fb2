import type { Config, Given } from "../contract/config";
import type { Middle } from "../contract/middle";
import type { Choices, OwnFile } from "../contract/own";
import type { Plan } from "../contract/plan";
import type { Preferences } from "../contract/preferences";
import type { Speed } from "../contract/protocol";
import type { Subject } from "../explain/explanation";
import type { Band } from "../metrics/aggregate";

export type TransportCommand = "play" | "pause" | "step" | "epoch" | "reset";

/** What the parts of the element ask for. These events end at the element's own root; a page around it never sees them. */
export interface ControlEvents {
  "np-patch": Given;
  "np-command": TransportCommand;
  "np-preset": string;
  "np-band": Band;
  /** All settings, as those of an earlier result. */
  "np-configure": Config;
  /** What is to be swept; null ends the sweep. */
  "np-sweep": Plan | null;
  /** Which of the earlier maps is to be shown instead. */
  "np-earlier-map": number;
  /** A kept result is to be pinned behind the curves, or no longer. */
  "np-pin": string;
  /** A kept result is to be deleted. */
  "np-forget": string;
  /** The one that was deleted last is to come back. */
  "np-bring-back": null;
  "np-speed": Speed;
  /** Other preferences than before; the rest stays. */
  "np-prefer": Partial<Preferences>;
  /** Whether the chart is to stand alone, for an audience. */
  "np-present": boolean;
  /** Whether the help is to be open. */
  "np-help": boolean;
  "np-share": null;
  /** Files of the reader's own; how they are to be taken otherwise; their reading is to end. */
  "np-own-files": readonly OwnFile[];
  "np-own-choices": Choices;
  "np-own-cancel": null;
  /** How these settings are shown on another page. */
  "np-embed": null;
  "np-undo": null;
  /** What stands in the middle; and untrained networks for it, where there are none. */
  "np-middle": Middle;
  "np-prepare": null;
  "np-new-seed": null;
  "np-retry": null;
  /** What has the focus, and what the pointer is on, to be explained. */
  "np-focus": Subject | null;
  "np-hover": Subject | null;
}

export function ask<Name extends keyof ControlEvents>(
  from: EventTarget,
  name: Name,
  detail: ControlEvents[Name],
): void {
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}

export type Handlers = { [Name in keyof ControlEvents]: (detail: ControlEvents[Name]) => void };

/** Hears every event of the parts below `root`, and keeps it there. */
export function listen(root: EventTarget, handlers: Handlers): void {
  for (const name of Object.keys(handlers) as (keyof ControlEvents)[]) {
    root.addEventListener(name, (event) => {
      event.stopPropagation();
      (handlers[name] as (detail: unknown) => void)((event as CustomEvent).detail);
    });
  }
}
