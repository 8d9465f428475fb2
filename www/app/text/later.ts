/**
 * Words of the parts that are not there at first: what is loaded after the first paint, or when it is asked for. A
 * translation has a file with these exports, too.
 */

/** The values that one rule has for itself. */
export const overrides = {
  rule: "Rule",
  ofRuleAlone: (label: string, rule: string) => `${label} of ${rule} alone`,
  restartsRule: "A change starts the runs of that rule again.",
};

export const help = {
  title: "Help",
  about:
    "Press Play: every chosen rule trains a network of its own on the same images, in your browser. The curves show " +
    "how many of the test images each network gets right after every epoch. What the pointer or the focus is on is explained below " +
    "the settings or beside its control.",
  keys: "Keys",
  key: "Key",
  does: "What it does",
  list: [
    ["Space", "Play or pause"],
    ["→", "One update in every run"],
    ["Shift + →", "One epoch in every run"],
    ["R", "Reset: back to the same start"],
    ["Ctrl + Z", "Undo the last reset, preset, loaded result, seed, choice of rules or number of epochs"],
    ["?", "This help"],
  ],
  choosing: (rules: string) => `${rules} on or off`,
  within: "They work outside of boxes and sliders, which have their own use for them.",
  shortcuts: "Use these keys",
  close: "Close",
};

/** Runs that were under way when the page was closed. */
export const underWay = {
  were: (rules: string, one: boolean, least: number, greatest: number, epochs: number) =>
    `When this page was closed, ${rules} ${one ? "was" : "were"} in training, at epoch ` +
    `${least === greatest ? least : `${least} to ${greatest}`} of ${epochs}.`,
  goOn: "Go on",
  anew: "Start anew",
};

/** What the runs of a link led to, against what they lead to here. */
export const check = {
  offer: (runs: number) =>
    `This link says which weights ${runs === 1 ? "its run" : `its ${runs} runs`} led to. Do the same weights come out here?`,
  again: "Run again and check",
  underWay: "When the runs have ended, their weights are compared with those that the link names.",
  same: "Reproduced: the same weights, to the last bit.",
  differs: (rule: string, seed: number, from: number, to: number, fast: boolean) => {
    const place = to - from <= 1 ? `at epoch ${to}` : `between epochs ${from} and ${to}`;
    const why = fast
      ? "Fast arithmetic rounds otherwise on another processor: exact arithmetic can be checked."
      : "Another version of this page may compute otherwise, or the link was changed.";
    return `Not reproduced: ${rule} with seed ${seed} first differs ${place}. ${why}`;
  },
  unreadable:
    "The hashes in this link are cut off or changed: its settings are here, its results cannot be checked.",
};

/** The forms of an embedded playground. */
export const form = {
  refused: (name: string, value: string, allowed: string) =>
    `${name} = "${value}" cannot be used: it may be ${allowed}. What stands here is shown without it.`,
  lengths: ["a number of pixels", "a length of CSS, such as 30em"],
  idle: (images: number, epochs: string) =>
    `Press Play: every chosen rule trains a network of its own here, in your browser, on ${images} handwritten ` +
    `digits, for ${epochs}.`,
  open: "Open the full playground",
};

/** What a frame says to the page around it. */
export const frame = {
  unknown: (kind: string, allowed: string) =>
    `A message of the kind "${kind}" means nothing to NP Playground: it may be ${allowed}.`,
  tooLong: (most: number) =>
    `A message is longer than ${most.toLocaleString("en")} characters in JSON, which no settings are: send settings alone.`,
};

/** The dialog that shows how to put these settings on another page. */
export const embed = {
  title: "Put it on your own page",
  form: "What is shown there",
  small: "Small figure",
  whole: "Whole playground",
  element: "Element",
  elementFor: "For pages of your own, from any host that lets scripts in.",
  frame: "Frame",
  frameFor: "For hosts that allow frames but no scripts, and to keep it apart from the page.",
  markdown: "Picture and link, in Markdown",
  markdownFor: "For hosts that allow neither.",
  preview: "What the small figure looks like",
  copy: "Copy",
  copyOf: (what: string) => `Copy: ${what}`,
  copied: "Copied.",
  selected: "Selected: copy it with the keyboard or the menu.",
  missing: (link: string) =>
    `${link} has not come: its script is blocked here, or on its way. Follow the link to open it.`,
  picture: "NP Playground: learning without backpropagation",
};

/** The script of one file. */
export const single = {
  notHeld:
    "The script of one file does not hold what this needs: fast arithmetic and images of your own need the whole site.",
};

/** Training on the page's own thread. */
export const onPage = {
  noFast:
    "Fast arithmetic needs a worker, and this page allows none. Choose exact arithmetic under Training: the numbers are " +
    "then the same as everywhere, and come somewhat slower.",
};

/** The results that are kept. */
export const kept = {
  none: "Results appear here when their runs have ended.",
  embedded: "An embedded playground stores nothing: results stay until the page is closed.",
  notLasting: "This browser does not let the page store results: they stay only until the page is closed.",
  settings: "Settings",
  accuracy: "Test accuracy",
  actions: "What to do with it",
  own: (hidden: string, images: number, lr: number, epochs: number, seed: number) =>
    `${hidden || "No"} hidden, ${images} images, rate ${lr}, ${epochs} epochs, seed ${seed}`,
  fast: (title: string) => `${title}, fast arithmetic`,
  pin: "Pin",
  pinTitle: "Its curves behind the next ones",
  load: "Load",
  loadTitle: "Its settings once more; the runs start again, and Undo brings back what was there",
  forget: "Delete",
  of: (act: string, date: string) => `${act}, result of ${date}`,
};

/** What may vary along a side of a sweep: its name, the label of its list, and where one value stands. */
const sides = {
  algorithms: { name: "Rule", label: "Rules", at: (rule: string) => rule },
  lr: { name: "Learning rate", label: "Learning rates", at: (lr: string) => `rate ${lr}` },
  noise_std: { name: "Noise size", label: "Noise sizes", at: (noise: string) => `noise ${noise}` },
  decor_lr: {
    name: "Decorrelation rate",
    label: "Decorrelation rates",
    at: (rate: string) => `decorrelation rate ${rate}`,
  },
  num_noise_iters: {
    name: "Noisy passes",
    label: "Passes",
    at: (passes: string) => (passes === "1" ? "1 noisy pass" : `${passes} noisy passes`),
  },
  hidden_sizes: {
    name: "Width",
    label: "Units a layer",
    at: (units: string) => `${units} units a layer`,
  },
};

/** What a sweep shows of each run. */
const measures = { accuracy: "Test accuracy", alignment: "Alignment angle" };

export const sweep = {
  help: "Trains a run for every row and column; all other settings are those of the page. Runs under way are paused meanwhile. A click on a cell gives the page its settings.",
  sides,
  measures,
  measure: "What the cells show",
  rows: "Rows",
  columns: "Columns",
  start: "Start sweep",
  cancel: "Cancel",
  title: (measure: string, rule: string | null, rows: string, columns: string) =>
    `${measure}${rule ? ` of ${rule}` : ""} by ${rows.toLowerCase()} and ${columns.toLowerCase()}`,
  after: {
    accuracy: (epochs: string) => `after ${epochs}`,
    alignment: (epochs: string) => `mean over ${epochs}`,
  },
  caption: (title: string, when: string, seed: number) => `${title}, ${when}, seed ${seed}.`,
  corner: (rows: string, columns: string) => `${rows} \\ ${columns.toLowerCase()}`,
  cell: (row: string, column: string, value: string) =>
    `${row.charAt(0).toUpperCase()}${row.slice(1)}, ${column}: ${value}`,
  statuses: { waiting: "not trained", training: "training", diverged: "diverged", failed: "failed" },
  best: (value: string, row: string, column: string) => `Best: ${value}, at ${row} and ${column}.`,
  cancelled: (done: number, all: number) => `Cancelled: ${done} of ${all} runs were trained to their end.`,
  noneFinished: "No run finished: every one diverged or failed.",
  tooMany: (cells: number, most: number) =>
    `The two lists make ${cells} pairs; a sweep has 1 to ${most}. Give values with commas between them.`,
  noRule: (word: string, allowed: string) => `"${word}" is not a rule; the rules are: ${allowed}.`,
  noHiddenLayer: "This network has no hidden layer whose width could vary. Give it one under Network.",
};

/** The pictures of one network's inside. */
export const inside = {
  ruleOf: (seen: string) => `${seen}: rule`,
  layer: "Layer",
  before: "Before R",
  after: "After R",
  notDecorrelated: (rule: string) => `${rule} learns on its inputs as they are: it has no R.`,
  inputsShown: (shown: number, all: number) =>
    shown < all
      ? `${shown} of the ${all} inputs in use, at even distances, over the probe batch.`
      : `All ${all} inputs, over the probe batch.`,
  offDiagonal: (size: string) => `Mean size off the diagonal: ${size}`,
  offDiagonalAfter: (size: string) => `before R, ${size} after.`,
  covariancePicture: (title: string, size: string) =>
    `${title}: how strongly each pair of inputs varies together. Mean size off the diagonal: ${size}.`,
  shownWeights: "What is shown of the weights",
  learned: "New since the start",
  weights: "Weights",
  units: (units: number, rule: string, greatest: string) =>
    `${units === 1 ? "One unit" : `${units} units`} of ${rule}, an image each, from −${greatest} (blue) to ${greatest} (orange).`,
  right: (rule: string, share: string, images: number) =>
    `${rule} gets ${share} of ${images} test images right.`,
  confusion: (rule: string) => `Confusion matrix of ${rule}`,
  rowsAndColumns: "Rows: what they are. Columns: what it says.",
  truth: "Class",
  answer: "Answer",
  count: "Images",
  mistakes: (count: number, rule: string) => `The first ${count} that ${rule} gets wrong`,
  mistake: (index: number, truth: number, answer: number) =>
    `Test image ${index}: a ${truth}, taken for a ${answer}`,
};

/** The drawing pad and the networks' answers. */
export const tryIt = {
  pad: "Drawing pad",
  keys: "Draw with the pointer. Or with the keys: arrows move the pen, space puts it down and lifts it, Delete clears.",
  clear: "Clear",
  preview: "What the networks see",
  previewOf: (rows: number, cols: number) =>
    `What the networks see: your drawing in ${rows} × ${cols} pixels`,
  penAt: (column: number, row: number, down: boolean) =>
    `Pen ${down ? "down" : "up"}, column ${column}, row ${row}`,
  empty: "Draw something to see what each rule's network takes it for.",
  class: "Class",
  answers: "Each rule's answer, and how sure it is of every class",
  says: (rule: string, answer: number, sure: string) => `${rule} says ${answer} (${sure})`,
};

/** The page "Measure this device". */
export const measure = {
  page: {
    title: "Measure this device",
    description: "How fast the learning rules of NP Playground train in this browser.",
    about:
      "Trains small networks on MNIST with each learning rule, in one worker, and times the updates alone. Beside " +
      "each speed stands the <strong>peak</strong>: how many products and sums this browser does at most, on " +
      "numbers that never leave the registers. The share of it says how well the device is used. It takes about " +
      "a minute; leave this page in front, and other work for later.",
    fast: "Fast arithmetic: products and sums fused (relaxed SIMD)",
    results: "Results",
    counted:
      "GFLOP/s counts the multiply-adds that were really done, two operations each; work that the zeros of an " +
      "image make unnecessary is not among them.",
    text: "As text",
    copy: "Copy",
    back: "Back to the playground",
  },
  start: "Start",
  stop: "Stop",
  loading: "Loading the engine and the images.",
  measuring: (index: number, count: number, rule: string, net: string, batch: number) =>
    `Measuring ${index} of ${count}: ${rule} on ${net}, batches of ${batch}.`,
  done: "Done.",
  stopped: "Stopped.",
  copied: "Copied.",
  selected: "Selected: copy it with the keyboard or the menu.",
  died: (what: string) => `The worker that measures ${what}. Press Start to try again.`,
  columns: ["Rule", "Network", "Batch", "Samples/s", "GFLOP/s", "Peak", "Of the peak"],
  title: (version: string, arithmetic: string) =>
    `NP Playground ${version}, ${arithmetic} arithmetic, one worker`,
  browser: (name: string) => `Browser: ${name}`,
  cores: (count: number) => `Logical cores: ${count}`,
};

/** What of a link was not taken. */
export const link = {
  leftOut: (named: string, more: number) =>
    `Not taken from the link: ${named}${more > 0 ? ` and ${more} more` : ""}. Everything else in it holds.`,
  noSetting: (key: string) => `“${key}”, which is no setting`,
  value: (label: string, value: string, allowed: string) =>
    `${label} ${value || "without a value"}${allowed ? ` (it may be ${allowed})` : ""}`,
  version: (version: string) => `what version ${version} of links may mean`,
};
