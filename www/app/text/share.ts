function bits(fast: boolean, pictures: boolean): string {
  if (pictures) return "the same numbers as far as those of the arrays are the page's.";
  return fast ? "with exact arithmetic, so nearly the same numbers as here." : "the same bits as here.";
}

/** Words about what leaves the page and comes back to it, loaded with the Share menu. A translation has these exports, too. */
export const share = {
  title: "Share",
  link: "Link",
  linkHelp: {
    mnist: "It holds every setting: whoever opens it gets the same curves.",
    own: "It holds every setting, and none of your images: whoever gives the same ones gets the same curves.",
    inside:
      "The settings: behind the address of a hosted playground they train there, on other images than those of this file.",
    fast: "It holds every setting: whoever opens it gets nearly the same curves, since fast arithmetic rounds otherwise on other processors.",
  },
  linkOther:
    "Other settings have been chosen since the curves began: those stand in the address of this page.",
  copy: "Copy link",
  copyProven: "Copy link that can be checked",
  provenHelp:
    "It says which weights came out, too: whoever opens it can run again and see whether the same do.",
  unproven: {
    underWay:
      "When all runs of these settings have ended, the link can say which weights came out, to be checked by others.",
    fast: "With fast arithmetic each processor has bits of its own: only exact arithmetic can be checked by others.",
    own: "Others do not have your images: a link cannot let them check these results.",
    inside: "This file has images of its own: with those of a hosted playground other weights come out.",
    many: (runs: number) => `The hashes of ${runs} runs are too long for a link: the JSON below has them.`,
  },
  copyText: "Copy",
  copyOf: (label: string) => `Copy: ${label}`,
  cite: {
    title: "Cite, and go on elsewhere",
    paper: {
      label: "The paper, in BibTeX",
      help: "Whose rules these are. It has had three titles; the number is the same.",
    },
    software: { label: "This software, in BibTeX", help: "Its version, and where it is." },
    run: {
      label: "This very training, in BibTeX",
      help: "Settings by the link, version, and the hash of each run's weights.",
    },
    command: {
      label: "On my machine: the command",
      help: (fast: boolean, pictures: boolean) =>
        (pictures
          ? "The command reads no pictures, which these images are: save them as arrays first (numpy.savez). "
          : "") +
        "In a clone of the project, with the configuration below saved as config.json: " +
        bits(fast, pictures),
    },
    config: {
      label: "On my machine: config.json",
      help: "Every setting, so that other defaults of a later version change nothing.",
    },
    /** Of the script of one file, which has no address, and images of its own. */
    inside: {
      software: "Its version.",
      run: "The version, and the hash of each run's weights; its settings are in config.json, below.",
      command:
        "In a clone of the project, with the configuration below saved as config.json: the same settings, on other images " +
        "than those of this file.",
    },
  },
  copied: "Copied.",
  selected: "Selected: copy it with the keyboard or the menu.",
  figure: "Figure",
  chart: "Chart",
  charts: { learning: "Learning curves", alignment: "Alignment angle", decorrelation: "Decorrelation loss" },
  figureHelp: "The chart as it is set on the page.",
  noFigure:
    "No chart is open: choose the learning curves in the middle of the page, or open one beside them.",
  palette: "Colours",
  palettes: { page: "As the page", paper: "As the paper" },
  width: "Width",
  widths: { "85": "One column, 85 mm", "175": "Two columns, 175 mm" },
  svg: "SVG",
  svgHelp: "Lines and text, sharp at any size",
  png: "PNG",
  pngHelp: "Pixels, at twice the size",
  noPng:
    "Here no picture can be made of a drawing (the policy of this page has no img-src data:): save it as SVG, or open the full playground.",
  numbers: "Files",
  csv: "CSV",
  csvHelp: "A row for each rule, seed and epoch, for pandas, R or a spreadsheet",
  json: "JSON",
  jsonHelp: "Settings and histories, as the native command writes them; this page reads it again",
  checkpoint: "Checkpoint",
  checkpointHelp: "All runs as they stand: opened here or elsewhere, they go on to the same bits",
  authors: "Authors' layout",
  authorsHelp:
    "A folder for each rule, as the paper's own program writes them and its plotting script draws them (zip)",
  weights: "Weights",
  weightsHelp: "Every W, b and R as they are now (safetensors), for NumPy, PyTorch or JAX",
  none: "There are none yet: press Play first.",
  open: "Open",
  openHelp:
    "A result (JSON, or a zip or folder of the paper's own program) puts its curves behind those that are shown, a configuration (JSON) sets the page, " +
    "and the runs of a checkpoint (zip) go on. They may be dropped " +
    "on the page, too.",
  choose: "Results, settings or checkpoints",
  close: "Close",
  saved: (name: string) => `Saved as ${name}.`,
  failed: (what: string) => `That did not work (${what}): try again.`,
  pinned: (name: string, runs: number, mark: string) =>
    `${name}: ${runs === 1 ? "its run is" : `its ${runs} runs are`} among the kept results, and pinned behind the curves as ${mark}.`,
  allPinned: (name: string) =>
    `${name} is among the kept results. All letters are taken: unpin another result to see its curves.`,
  otherVersion: (theirs: string, here: string) => `It was made by version ${theirs}; this is ${here}.`,
  wentOn: (name: string) => `The runs of ${name} go on.`,
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
  damaged: (name: string) =>
    `${name} is not whole: something in it is missing or damaged. Give another copy of it. Everything is as it was.`,
  tooMuch: (name: string, megabytes: number) =>
    `${name} unpacks to more than ${Math.floor(megabytes)} MB, which nothing saved here does: unpack it yourself if it is ` +
    "whole, and give what is in it. Everything is as it was.",
  otherVersion: (name: string, theirs: string, ours: string) =>
    `${name} was saved by version ${theirs}, and this is version ${ours}: runs go on in the version that saved them. Its ` +
    "result (JSON) can be opened in any.",
  noImages: (name: string) =>
    `The runs of ${name} train on somebody's own images: give the same images first, under Own images, then open it again.`,
  noRule: (folder: string) =>
    `The folder ${folder} does not say which rule it is of: name it after one, such as mnist_danp. Everything is as it was.`,
  otherImages: (folder: string, dataset: string) =>
    `${folder} was trained on ${dataset}, and such folders are read of MNIST alone: give results of that. Everything is as it was.`,
  noNumbers: (file: string) =>
    `${file} holds something else than numbers: give the folder as the program wrote it. Everything is as it was.`,
  unknown: (name: string) =>
    `${name} is nothing that can be opened here: give a JSON of results or settings, or a zip of checkpoints or results. ` +
    "Images are given under Own images. Everything is as it was.",
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
  ownRates: (rule: string, rates: string) => `${rule}: ${rates}.`,
  seed: (seed: number) => `Seed ${seed}.`,
  seeds: (seeds: number, band: string) => `Mean of up to ${seeds} seeds, band ${band}.`,
  pale: "Pale: recorded before; the settings here are those of the others.",
  made: (version: string) => `NP Playground ${version}.`,
};
