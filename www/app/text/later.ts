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
    ["F", "What stands in the middle alone, in large letters; F or Escape ends it"],
    ["?", "This help"],
  ],
  choosing: (rules: string) => `${rules} on or off`,
  within: "They work outside of boxes and sliders, which have their own use for them.",
  shortcuts: "Use these keys",
  close: "Close",
};

/** Runs that were under way when the page was closed, or others took their place. */
export const underWay = {
  were: (rules: string, one: boolean, least: number, greatest: number, epochs: number) =>
    `${rules} ${one ? "was" : "were"} left in training, at epoch ` +
    `${least === greatest ? least : `${least} to ${greatest}`} of ${epochs}.`,
  goOn: "Go on",
  anew: "Start anew",
};

/** A run whose worker was lost, and which went on by itself. */
export const resumed = {
  one: (rule: string, seed: number, epoch: number) =>
    `The worker of ${rule}, seed ${seed} ended; it went on from ${epoch > 0 ? `epoch ${epoch}` : "its first epoch"}.`,
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
  otherwise:
    "What this link says of its results cannot be checked here: some of its settings cannot be used, and others stand in their place.",
  unreadable:
    "The hashes in this link are cut off or changed: its settings are here, its results cannot be checked.",
};

/** The forms of an embedded playground. */
export const form = {
  refused: (name: string, value: string, allowed: string) =>
    `${name} = "${value}" cannot be used: it may be ${allowed}. What stands here is shown without it.`,
  lengths: ["a number of pixels", "a length of CSS, such as 30em"],
  idle: (images: string, epochs: string, hasPlay: boolean) =>
    `${hasPlay ? "Press Play: every" : "Every"} chosen rule trains a network of its own here, in your browser, on ${images}, for ${epochs}.`,
  images: (count: number, own: boolean) =>
    own ? `${count} images of somebody's own` : `${count} handwritten digits`,
  open: "Open the full playground",
};

/** What a frame says to the page around it. */
export const frame = {
  unknown: (kind: string, allowed: string) =>
    `A message of the kind "${kind}" means nothing to NP Playground: it may be ${allowed}.`,
  tooLong: (most: number) =>
    `A message is longer than ${most.toLocaleString("en")} characters in JSON: send settings alone.`,
};

/** The dialog that shows how to put these settings on another page. */
export const embed = {
  title: "Put it on your page",
  form: "What is shown there",
  small: "Small figure",
  whole: "Whole playground",
  element: "Element",
  elementFor: "For pages of your own, from any host that lets scripts in.",
  frame: "Frame",
  frameFor: "For hosts that allow frames but no scripts, and to keep it apart from the page.",
  single: "One file",
  singleFor:
    "For who can upload files, and needs no other host: 1.2 MB with 2,000 + 500 images of 14 x 14, so that no settings may ask for more. " +
    "Put this file beside the page:",
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
  own: (hidden: string, images: number, lr: string, epochs: number, seeds: string) =>
    `${hidden || "No"} hidden, ${images} images, rate ${lr}, ${epochs} epochs, ${seeds}`,
  seeds: (first: number, count: number) => (count > 1 ? `${count} seeds from ${first} on` : `seed ${first}`),
  changed: (rates: string) => `${rates} and changed on the way`,
  fast: (title: string) => `${title}, fast arithmetic`,
  ownImages: (called: string | undefined, title: string) =>
    `Own images${called ? ` (${called})` : ""}: ${title}`,
  others: (called: string) =>
    "Trained on images that are not there now, or were taken otherwise then. For its curves give " +
    `“${called}” under Own images, as they were, before you press Load.`,
  unknown:
    "Nobody has kept which images these were: for its curves give the same under Own images before you press Load.",
  pin: "Pin",
  pinTitle: "Its curves behind the next ones",
  noLetter: "All letters are taken: unpin another result",
  load: "Load",
  loadTitle: "Its settings once more; the runs start again, and Undo brings back what was there",
  forget: "Delete",
  bringBack: "Bring it back",
  deleted: (title: string, date: string) => `Deleted: ${title} (${date}).`,
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
    name: "Draws of noise",
    label: "Draws",
    at: (draws: string) => (draws === "1" ? "1 draw" : `${draws} draws`),
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
  help: "Trains a run for every row and column, else with the settings of the page. Runs under way pause until Play. A cell gives the page its settings.",
  sides,
  measures,
  measure: "What the cells show",
  rows: "Rows",
  columns: "Columns",
  start: "Start sweep",
  cancel: "Cancel",
  earlier: "Earlier maps:",
  title: (measure: string, rule: string | null, rows: string, columns: string) =>
    `${measure}${rule ? ` of ${rule}` : ""} by ${rows.toLowerCase()} and ${columns.toLowerCase()}`,
  after: {
    accuracy: (epochs: string) => `after ${epochs}`,
    alignment: (epochs: string) => `mean over ${epochs}`,
  },
  caption: (title: string, when: string, seed: number) => `${title}, ${when}, seed ${seed}.`,
  other: {
    settings:
      "Trained with other settings than the page has now. A cell brings all of them back: Undo takes that back.",
    images: "Trained on other images than those that are there now.",
    extent: (epochs: string, seed: number) =>
      `The page now has ${epochs} and seed ${seed}. A cell leaves those: the same numbers come with the map's.`,
  },
  corner: (rows: string, columns: string) => `${rows} \\ ${columns.toLowerCase()}`,
  cell: (row: string, column: string, value: string) =>
    `${row.charAt(0).toUpperCase()}${row.slice(1)}, ${column}: ${value}`,
  statuses: { waiting: "not trained", training: "training", diverged: "diverged", failed: "failed" },
  best: (value: string, row: string, column: string) => `Best: ${value}, at ${row} and ${column}.`,
  cancelled: (done: number, all: number) => `Cancelled: ${done} of ${all} runs have ended.`,
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
  units: (units: number, all: number, rule: string, greatest: string) =>
    `${units < all ? `The first ${units} of ${all} units` : all === 1 ? "One unit" : `${all} units`} of ${rule}, an image each, from −${greatest} (blue) to ${greatest} (orange).`,
  right: (rule: string, share: string, images: number) =>
    `${rule} gets ${share} of ${images} test images right.`,
  tooLarge: "This network is too large to answer so many test images at once: choose fewer of them.",
  confusion: (rule: string) => `Confusion matrix of ${rule}`,
  confusions: (rule: string, shown: number, all: number) =>
    shown < all ? `The ${shown} most frequent of ${all} confusions of ${rule}` : `All confusions of ${rule}`,
  rowsAndColumns: "Rows: what they are. Columns: what it says.",
  truth: "Class",
  answer: "Answer",
  count: "Images",
  mistakes: (count: number, rule: string) => `The first ${count} that ${rule} gets wrong`,
  mistake: (index: number, truth: string, answer: string) =>
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
  here: "Draw a digit",
  empty: "See what each rule's network takes it for.",
  class: "Class",
  answers: "Each rule's answer, and how sure it is of every class",
  says: (rule: string, answer: string, sure: string) => `${rule} says ${answer} (${sure})`,
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
      "image make unnecessary is not among them. Each number is the median of several rounds by itself: on a busy " +
      "device a share need not be the quotient of those beside it.",
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
    `Not taken from the link: ${named}${more > 0 ? ` and ${more} more` : ""}.`,
  rest: "Everything else in it holds.",
  noSetting: (key: string) => `“${key}”, which is no setting`,
  value: (label: string, value: string, allowed: string) =>
    `${label} ${value || "without a value"}${allowed ? ` (it may be ${allowed})` : ""}`,
  version: (version: string) => `what version ${version} of links may mean`,
};

/** The page as it is kept for when there is no network. */
export const offline = {
  newVersion: "A new version is here:",
  reload: "Reload all its tabs",
  thisTab: "this tab",
  anotherTab: "another tab",
  ends: (tab: string) =>
    `Not yet: what ${tab} has learned would end, and nothing keeps it. Save it, reload or close ${tab} yourself, then press again.`,
};

/** The same at a glance. */
export const glance = {
  title: "One update",
  closer: "In stages",
  comes: "It shows the next run that is trained.",
  tooLarge: "Updates of this size are too large to be shown in passing.",
};

/** What the credit of units goes by. */
export type CreditBy = "noise" | "movement" | "slope" | "two" | "weights";

/** One update in view. */
export const update = {
  tooLarge:
    "An update of this size would keep its worker busy for long: a smaller batch, fewer noise samples or a narrower network can be looked into.",
  comes: "The network is on its way.",
  rule: "Rule",
  beside: "Beside it",
  nobody: "no other rule",
  sampleBack: "Image before",
  sampleNext: "Next image",
  sample: (place: number, batch: number) => `Image ${place} of the batch's ${batch}`,
  passBack: "Pass before",
  passNext: "Next pass",
  pass: (pass: number, passes: number) => `Noisy pass ${pass} of ${passes}`,
  place: (update: number) => `Update ${update}, not yet done`,
  goesOn: (update: number) => `Update ${update}; the runs go on: Pause holds it still`,
  ended: (updates: number) => `All ${updates} updates are done: what one more would do`,
  notBegun: (rule: string) => `${rule} (waits)`,
  stages: "Stages of the update",
  names: {
    pass: "Pass",
    noise: "Noise",
    losses: "Two losses",
    credit: "Credit",
    change: "Weights",
    decorrelation: "R",
  },
  /** The same of a rule that uses no noise. */
  quietNames: { noise: "Error", losses: "Sent back" },
  back: "Back",
  next: "Next",
  image: (label: string) => `Image: a ${label}`,
  imageOf: (label: string, place: number, batch: number) => `Image ${place} of ${batch}: a ${label}`,
  layer: (layer: number) => `Layer ${layer}`,
  outputs: "Outputs",
  units: (shown: number, all: number) =>
    shown < all ? `the strongest ${shown} of ${all} units` : `${all} units`,
  unitsOf: (rule: string, layer: string, units: string) =>
    `${rule}, ${layer}: ${units}. Arrows go from unit to unit.`,
  shown: {
    activation: "activation X",
    noise: "noise ε",
    moved: "δA, how far its sum moved",
    movedActivation: "its activation moved",
    credit: "credit E",
    exact: "exact: minus the gradient",
    error: "error of the outputs, and what comes of it below",
    firstNoise: "noise of the first pass",
    secondNoise: "noise of the second",
  },
  square: (what: string) => `Squares: ${what}`,
  disc: (what: string) => `Discs: ${what}`,
  bars: (most: string) => `bars up to ${most}`,
  unitIn: (layer: number, unit: number) => `Layer ${layer}, unit ${unit}`,
  passed: (rule: string, label: string, share: string, loss: string) =>
    `${rule}'s network gives this ${label} ${share} for being a ${label}: the loss is ${loss}.`,
  passedPlain: (rule: string, label: string, loss: string) =>
    `${rule}'s network answers this ${label} with a loss of ${loss}.`,
  noisy: (std: string) => `Every unit gets noise of its own, of size ${std}, and the image passes once more.`,
  noisyLayer: (layer: number, std: string) =>
    `Only layer ${layer} gets noise, of size ${std}: what changes is that layer's doing.`,
  noisyWeights: (std: string) =>
    `Every weight gets noise of size ${std}, the same for the whole batch; the cells show what of it arrives.`,
  noisyTwice: (std: string) =>
    `This system is noisy itself: it has no clean pass, and is run twice with other noise, of size ${std}.`,
  direction: "The noise is a direction only: derivatives say how the loss would change along it.",
  outputError: (rule: string) =>
    `${rule} uses no noise: it begins with the error of the outputs, what is wanted less what came.`,
  wayBack: (rule: string, straight: boolean) =>
    `${rule} sends that error ${straight ? "straight to every layer" : "backwards, from layer to layer"}, until every unit has its own.`,
  smaller: (clean: string, noisy: string, by: string) =>
    `Without noise the loss is ${clean}, with it ${noisy}: the noise made the loss ${by} smaller.`,
  greater: (clean: string, noisy: string, by: string) =>
    `Without noise the loss is ${clean}, with it ${noisy}: the noise made the loss ${by} greater.`,
  twoSmaller: (first: string, second: string, by: string) =>
    `The first pass has a loss of ${first}, the second ${second}: ${by} smaller.`,
  twoGreater: (first: string, second: string, by: string) =>
    `The first pass has a loss of ${first}, the second ${second}: ${by} greater.`,
  along: (by: string, falls: boolean) =>
    `Along the noise the loss would ${falls ? "fall" : "rise"} by ${by}, if its slope here held.`,
  /** What the rule goes by: the noise that was given, or how far each unit has moved. */
  known: {
    noise: "The rule notes which noise each unit has got.",
    movement: "Nobody needs to note it: a unit measures how far it moved, by noise or from below.",
  },
  credited: (by: CreditBy, falls: boolean) => {
    const what: Partial<Record<CreditBy, string>> = {
      weights: "The batch's mean loss",
      slope: "Along the noise the loss",
    };
    const verb = by === "slope" ? ["falls", "rises"] : ["fell", "rose"];
    const two = falls ? "on from the first pass to the second" : "back from the second pass to the first";
    const most = by === "movement" ? "way that you moved" : "noise that you got";
    const told = by === "two" ? two : `${falls ? "more" : "the opposite"} of the ${most}`;
    const who = by === "weights" ? "weight" : "unit";
    return `${what[by] ?? "The loss"} ${verb[falls ? 0 : 1]}, so every ${who} is told: ${told}.`;
  },
  creditExact: (rule: string) => `${rule} tells every unit which way it should go.`,
  creditMean: (draws: number, ofUnits: boolean) =>
    `Each ${ofUnits ? "unit" : "weight"} is told the mean of what ${draws} draws of noise say.`,
  creditLayers:
    "Each unit is told by the pass with noise in its layer: more of the way that it moved, or the opposite.",
  agree: (share: string, ofUnits: boolean) =>
    `${share} of the ${ofUnits ? "units" : "biases"} are told the way that the exact gradient says.`,
  changing: (byCredit: boolean, adam: boolean) => {
    const by = byCredit
      ? "A weight changes by its unit's credit times its input"
      : "Every weight moves a little by its own noise";
    return adam
      ? `${by}, batch upon batch taken together and scaled for each weight by Adam.`
      : `${by}, all images of the batch taken together.`;
  },
  changed: (before: string, after: string) => `This image's loss goes from ${before} to ${after}.`,
  rises: "An update is made for the whole batch: of a single image the loss may rise.",
  decorrelated: (mixes: string, moved: string) =>
    `${mixes}; this update moves no input by more than ${moved}.`,
  decorrelating: {
    mixing: "R mixes the inputs so that they vary less together",
    scaling: "R brings all inputs to one variance",
  },
  unit: (rule: string, layer: number, unit: number, values: string) =>
    `${rule}, layer ${layer}, unit ${unit}: ${values}.`,
  numbers: (named: readonly (readonly [string, string])[]) =>
    named.map(([name, value]) => `${name} ${value}`).join(", "),
  /** What stands in the equations. */
  symbols: {
    ε: "the unit's noise",
    v: "its noise ÷ σ",
    "L − L̃": "how much the loss fell",
    "∂L/∂v": "slope of the loss along the noise",
    σ: "noise size",
    N: "units",
    δA: "how far its sum moved",
    "‖δA‖": "how far all sums moved, as one length",
    E: "its credit",
  },
  meanCredit: (draws: number) => `the mean of ${draws} draws; the other numbers are of the pass shown`,
  /** In place of those, where two noisy passes are compared. */
  twoNoises: { ε: "its second noise less the first", σ: "size of such a difference, √2 × noise size" },
  /** Where the noise is on the weights. */
  weightSymbols: {
    ε_b: "noise on the unit's bias",
    "L̃ − L": "how much the batch's mean loss rose",
    σ: "noise size",
    "−g_b": "what its bias is to do",
  },
  scatterTitle: "Credit against the exact gradient",
  scatter: (rule: string, share: string, ofUnits: boolean) =>
    `The credit that ${rule} gives each ${ofUnits ? "unit" : "bias"}, against what the exact gradient says of it: ${share} have the same sign.`,
  exactAxis: (most: string) => `minus the gradient, up to ${most} →`,
  creditAxis: (most: string) => `↑ credit, up to ${most}`,
  dialTitle: "Angle to the exact gradient",
  dial: (rule: string, angles: string) =>
    `Arrows: the exact gradient, and ${rule}'s estimates at an angle to it. ${angles}.`,
  thisImage: "this image",
  thisBatch: "batch",
  meanOf: (draws: number) => (draws === 1 ? "1 draw" : `mean of ${draws} draws`),
  meanAngle: (draws: number, angle: string) => `${draws === 1 ? "1 draw" : `${draws} draws`}: ${angle}`,
  add: (draws: number) => (draws === 1 ? "Draw noise once" : `Draw until there are ${draws}`),
  allDrawn: "All 256 are drawn",
  noDraws: (rule: string) => `${rule} uses no noise: there is nothing to draw, and its angle stays.`,
  tooManyDraws: (draws: number) =>
    `${draws} draws of this network and batch would keep the browser busy for long: a smaller batch allows more.`,
  tooManyLosses:
    "The loss all along the noise of this network and batch would keep the browser busy for long: a smaller batch or an earlier noisy pass can be followed.",
  fit: (c: number) => `Dashed: cos = 1 / √(1 + c / K), c = ${c.toPrecision(3)}`,
  drawsPicture: (rule: string, points: string, c: number) =>
    `Angle between the gradient and the mean of K draws of ${rule}: ${points}. Fitted: cos = 1 / √(1 + c / K) with c = ${c.toPrecision(3)}.`,
  alongTitle: "The loss along the noise",
  alongPicture: (chord: string, tangent: string) =>
    `The loss of this image at clean + t noise, t from −2 to 2. From 0 to 1 it changes by ${chord}${tangent ? `; its slope at 0 says ${tangent}` : ""}.`,
  chordAndTangent: (chord: string, tangent: string) =>
    `The chord, which node perturbation measures: ${chord}. The tangent, which derivatives give: ${tangent}.`,
  chordOnly: (chord: string) => `From no noise to that of the second pass the loss changes by ${chord}.`,
  noNoise: (rule: string) => `${rule} uses no noise: there is nothing to go along.`,
  noiseSize: "Noise tried here",
  noiseIn: "Noise in",
  allLayers: "all layers",
  changeOfUnit: (unit: number, most: string) => `What unit ${unit} changes of its weights, at most ${most}`,
  changeOfAll: (shown: number, all: number) =>
    shown < all ? `The first ${shown} of ${all} units` : `All ${all} units`,
  inputBefore: "The input x",
  inputAfter: "x* = R x",
  inputMoved: (most: string) => `What this update changes of x*, at most ${most}`,
};

/** What takes more memory than there is. */
const gigabytes = (bytes: number) =>
  bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;

export const memory = {
  atMost: {
    hidden_sizes: (units: number) => `layers of at most ${units} units`,
    train_size: (images: number) => `at most ${images} training images`,
    batch_size: (samples: number) => `batches of at most ${samples}`,
  },
  allowed: (ways: string, need: number, most: number) =>
    `${ways}; a run takes ${gigabytes(need)} of memory, ${gigabytes(most)} fit here`,
  refused: (field: string, value: string, allowed: string) =>
    `${field} = ${value} cannot be used: choose ${allowed}.`,
};
