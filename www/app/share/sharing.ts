/** Whose colours a figure has: the page's as they are, or those of the paper's own figures. */
export type Palette = "page" | "paper";

/** What is chosen for a figure. */
export interface Look {
  palette: Palette;
  /** In millimetres. */
  width: number;
}

/** A chart of the page, which can be drawn as a figure. */
export interface Figure {
  name: string;
  draw: (look: Look) => Promise<SVGElement>;
}

/** What may leave the page, and come back to it. */
export interface Sharing {
  /** Leads to the curves. */
  readonly link: string;
  /** What it promises. */
  readonly linkHelp: string;
  /** Whether other settings have been chosen since, which the address leads to. */
  readonly isOther: boolean;
  /** The same with what the runs have led to, or why it cannot say that. */
  readonly proven: Proven;
  /** What is to be cited, and what goes on elsewhere. */
  readonly passages: readonly Passage[];
  readonly figures: readonly Figure[];
  /** The names of files, without what tells their kinds. */
  readonly name: string;
  readonly files: readonly Offer[];
  /** Takes files, and says what has come of it. */
  open: (files: readonly File[]) => Promise<void>;
  /** What has come of the last files, or why they were refused. */
  readonly said: Said | undefined;
  close: () => void;
}

export type Proven = { link: string } | { why: string };

/** Text to be copied. */
export interface Passage {
  label: string;
  help: string;
  text: string;
}

export interface Said {
  problem: boolean;
  words: string;
}

/** A file that may be saved. */
export interface Offer {
  label: string;
  help: string;
  /** What tells its kind: the end of its name. */
  end: string;
  make: () => Blob | Promise<Blob>;
}
