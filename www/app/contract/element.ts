import type { Config, Given } from "./config";
import type { Failure } from "./errors";
import type { Preferences, Theme } from "./preferences";
import type { Result } from "./result";

/** What a page that embeds the element can listen for. The detail is the result so far. */
export interface PlaygroundEvents {
  "np-epoch": Result;
  "np-done": Result;
  "np-error": Result & { error: Failure };
  /** Other settings lead to what is on the screen; they are the detail. */
  "np-config": Config;
  /** So do those of a preset or of an earlier result: a page may take them as a place to come back to. */
  "np-visit": Config;
  /** The reader prefers another theme, or other keys. */
  "np-prefer": Preferences;
}

/** What a page may do with the element, beside its settings: each key of the configuration is an attribute and a property. */
export interface Playground {
  /** Starts by itself when it is seen. */
  autoplay: boolean;
  /** The folder of the data, where it is not beside the script. */
  dataUrl: string;
  /** What is shown, and how high. */
  controls: string;
  view: string;
  height: string;
  /** The preset that the settings begin from; attributes of single settings change it. */
  preset: string;
  /** The colours: those of the system, light or dark ones. */
  theme: Theme;
  /** Whether single keys do something. */
  shortcuts: boolean;
  readonly config: Config;
  readonly result: Result;
  /** The settings as the part of a link after its "#". */
  link: string;
  play(): Promise<void>;
  pause(): Promise<void>;
  /** One update in every run. */
  step(): Promise<void>;
  /** To the end of the epoch in every run. */
  epoch(): Promise<void>;
  /** Back to the same start. */
  reset(): Promise<void>;
  /** Takes back the last reset, preset, result, seed, choice of rules or number of epochs. */
  undo(): Promise<void>;
  /** The defaults and what is given take the place of every setting. */
  configure(given: Given): Promise<void>;
}

type EventsOf<Details> = { [Name in keyof Details]: CustomEvent<Details[Name]> };

declare global {
  interface HTMLElementTagNameMap {
    "np-playground": HTMLElement & Playground & Config;
  }

  interface HTMLElementEventMap extends EventsOf<PlaygroundEvents> {}
}
