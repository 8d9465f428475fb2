/** Words about what leaves the page and comes back to it, loaded with the Share menu. A translation has these exports, too. */
export const share = {
  title: "Share",
  link: "Link",
  linkHelp: "It holds every setting: whoever opens it gets the same curves.",
  copy: "Copy link",
  copied: "Copied.",
  selected: "Selected: copy it with the keyboard or the menu.",
  figure: "Figure",
  chart: "Chart",
  charts: { learning: "Learning curves", alignment: "Alignment angle", decorrelation: "Decorrelation loss" },
  figureHelp: "The chart as it is set on the page.",
  palette: "Colours",
  palettes: { page: "As the page", paper: "As the paper" },
  width: "Width",
  widths: { "85": "One column, 85 mm", "175": "Two columns, 175 mm" },
  svg: "SVG",
  svgHelp: "Lines and text, sharp at any size",
  png: "PNG",
  pngHelp: "Pixels, at twice the size",
  numbers: "Numbers",
  csv: "CSV",
  csvHelp: "A row for each rule, seed and epoch, for pandas, R or a spreadsheet",
  json: "JSON",
  jsonHelp: "Settings and histories, as the native command writes them; this page reads it again",
  none: "There are none yet: press Play first.",
  open: "Open",
  openHelp:
    "A result (JSON) puts its curves behind those that are shown, a configuration (JSON) sets the page. They may be dropped " +
    "on the page, too.",
  choose: "Results or settings",
  close: "Close",
  saved: (name: string) => `Saved as ${name}.`,
  failed: (what: string) => `That did not work (${what}): try again.`,
  pinned: (name: string, runs: number, mark: string) =>
    `${name}: ${runs === 1 ? "its run is" : `its ${runs} runs are`} among the kept results, and pinned behind the curves as ${mark}.`,
  allPinned: (name: string) =>
    `${name} is among the kept results. All letters are taken: unpin another result to see its curves.`,
  configured: (name: string) => `The settings are those of ${name}.`,
};

/** What is wrong with a file that was given. */
export const refused = {
  noJson: (name: string, why: string) =>
    `${name} is not JSON as a whole (${why}): give the file as it was saved. Everything is as it was.`,
  noResult: (name: string, where: string, what: string) =>
    `${name} is no result of NP Playground: ${where || "as a whole"} ${what}. Give a file that was saved here or by the native ` +
    "command. Everything is as it was.",
  noSettings: (name: string, sentences: string) =>
    `${name}: ${sentences} Change that in the file, and give it again. Everything is as it was.`,
  uneven: "holds lists that are not equally long",
  empty: (name: string) => `${name} holds a result without runs, so there are no curves to show.`,
};

/** What stands below a figure. */
export const caption = {
  network: (hidden: string, images: string) =>
    `${hidden === "" ? "No hidden layer" : `Hidden units: ${hidden}`}; ${images}.`,
  mnist: (images: string, size: number) => `${images} images of MNIST (${size} × ${size})`,
  own: (images: string) => `${images} images of one's own`,
  learning: (optimizer: string, lr: string, batch: string) =>
    `${optimizer}, ${lr === "" ? "each rule at its own rate" : `learning rate ${lr}`}, batches of ${batch}.`,
  seed: (seed: number) => `Seed ${seed}.`,
  seeds: (seeds: number, band: string) => `Mean of up to ${seeds} seeds, band ${band}.`,
  made: (version: string) => `NP Playground ${version}.`,
};
