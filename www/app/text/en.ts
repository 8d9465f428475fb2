/**
 * Every word that the pages show or speak, in plain English, by the part that shows it. Texts with numbers or names
 * in them are functions, so that each language has its own order of words. What stands in the HTML itself is put
 * there by the build: see pages.ts. (What rules say of themselves and sentences about values out of range are Rust's,
 * see src/gradient/ and src/config.rs; pages for those who work on this one, dev.html, test-embed.html and
 * measure.html, keep their own.)
 */

/** What stands for a rule, or a field, or a chart. */
export interface Words {
  label: string;
  help: string;
  /** What does the same, where keys are heard. */
  key?: string;
}

/** What the words say, and the key, if it has one and `keys` are heard. */
export const keyed = ({ help, key }: Pick<Words, "help" | "key">, keys: boolean): string =>
  keys && key ? `${help} Key: ${key}.` : help;

interface FieldWords extends Words {
  /** Where there is no room for the label. */
  short?: string;
}

/** What stands in the HTML of the pages, before any script: see pages.ts. */
export const site = {
  title: "NP Playground: train a neural network without backpropagation",
  name: "NP Playground",
  description:
    "Watch node perturbation and other learning rules train a neural network on MNIST, in your browser.",
  heading: "Train a neural network without backpropagation",
  about: "Node perturbation adds noise, watches the loss, and keeps what helped.",
  how: "How it works",
  learn:
    "How it works, in seven figures: with the rules, what holds and what does not, how to embed and to cite all this",
  waiting: "The playground is on its way. It needs JavaScript and WebAssembly.",
  late:
    "It has not come. Does the address begin with file? Browsers load no scripts of the kind that way: put the folder " +
    "on a web server, or run npm start. Does it stand in a sandboxed frame? Then the server has to send " +
    "Access-Control-Allow-Origin: * with its files, or the frame needs allow-same-origin. Otherwise its script did not " +
    "arrive: reload the page, or open it in another browser or without extensions that block scripts.",
  scripts:
    "Scripts are switched off here: in this browser, or by the frame around this page, whose sandbox needs allow-scripts.",
  footer:
    "Everything runs on your own device; nothing is sent anywhere. Images: MNIST, by Y. LeCun, C. Cortes and " +
    "C. J. C. Burges. How fast is it here?",
  measure: "Measure this device",
};

/** Below the playground, and for reference below its article: what all this is about. */
export const article = {
  what: {
    title: "What is node perturbation?",
    twice:
      "Backpropagation sends the exact error backwards through every layer of a network. A brain, or a chip built " +
      "like one, may have no such way back. <strong>Node perturbation</strong> needs none: it runs the network " +
      "twice on the same image, once clean and once with a little random noise on every unit. If the noise made " +
      "the loss smaller, the weights move so that each unit does more of what its noise did; if larger, less of " +
      "it. On average that is the direction of the gradient, but a single estimate is rough, and rougher the more " +
      "units there are.",
  },
  rules: {
    title: "The rules",
    rule: "Rule",
    how: "How it learns",
    needs: "It needs",
    named: (title: string, words: string) => `${title}. ${words}`,
    noise: "noise",
    derivatives: "derivatives of the units",
    both: "noise, and derivatives of the units",
    neither: "neither noise nor derivatives",
    decorrelated:
      "The same rules, on inputs from which a matrix R, learned on the way, has taken the correlations.",
    decorrelatedNeeds: "what the plain rule needs",
  },
  read: {
    title: "How to read the curves",
    learning:
      "<strong>Learning curves</strong>: the share of images that each network gets right, after each epoch (one " +
      "pass over the training images). Guessing gives 10%. Against forward passes or multiply-adds the same curves " +
      "show what learning has cost.",
    alignment:
      "<strong>Alignment angle</strong>: how far a rule's estimate of the gradient points away from the exact one, at " +
      "0°. 90° is what a random direction has; a rule can learn well at angles not much smaller.",
    decorrelation:
      "<strong>Decorrelation loss</strong>: how strongly the inputs of a layer vary together. The D rules push it " +
      "down, unless Whitening is 1.",
    colours:
      "Every rule has its own colour; a plain rule is dashed, the same rule on decorrelated inputs solid. With " +
      "several seeds the line is their mean, in a band around it. A cross marks a run that " +
      "diverged.",
    link:
      "Same link, same curves: the address of this page holds every setting, the seed too. Copy it to share what " +
      "you see.",
  },
  embed: {
    title: "Put it on your page",
    how:
      "The button below the playground's settings gives either form with the settings of the moment. An element takes them as " +
      "attributes; <code>controls</code> (full, min, none, or a list of parts), <code>view</code>, <code>preset</code>, " +
      "<code>height</code>, <code>theme</code> and <code>autoplay</code> stand beside them, and before the <code>#</code> " +
      "of a frame's address, too. Give scripts and frames their whole address on this site.",
    policy:
      "A page with a Content Security Policy has to allow this site in <code>script-src</code>, beside " +
      "<code>'wasm-unsafe-eval'</code>, and in <code>connect-src</code>; <code>blob:</code> in <code>worker-src</code>, " +
      "without which training shares the page's own thread; and <code>'unsafe-inline'</code> in <code>style-src</code>. " +
      "A frame that is sandboxed needs <code>allow-scripts</code>.",
  },
  cite: {
    title: "Cite",
    paper:
      'The rules are those of S. Dalm, M. van Gerven and N. Ahmad, <a href="https://arxiv.org/abs/2310.00965">' +
      "Node Perturbation Can Effectively Train Multi-Layer Neural Networks</a>, arXiv:2310.00965 (earlier versions: " +
      "Effective Learning with Node Perturbation in Deep, later Multi-Layer, Neural Networks).",
  },
};

export const page = {
  settings: "Settings",
  learn: "What the rules learn",
  inside: "Inside the networks",
  explanation: "Explanation",
  alone: "Show this alone",
  middle: "In the middle",
  retry: "Try again",
  embed: "Put it on your page",
};

export const transport = {
  group: "Training",
  progress: "Progress of all runs",
};

/** How the runs go and how the page looks: beside the transport. */
export const options = {
  group: "Speed, seed and view",
  speeds: { slow: "Slow", real: "Real", max: "Max" },
  theme: (theme: string) => `Theme: ${theme}`,
  themes: { system: "as the system", light: "light", dark: "dark" },
};

/** What is done rather than set: its name and a sentence about it. */
export const acts = {
  play: {
    label: "Play",
    help: "Every chosen rule trains its own network, on the same images. Runs that have ended are trained anew.",
    key: "space",
  },
  pause: { label: "Pause", help: "All runs stand still, and Play lets them go on.", key: "space" },
  step: { label: "Step", help: "One update in every run, which then waits.", key: "→" },
  epoch: {
    label: "Epoch",
    help: "Every run to the end of its epoch, until it has seen each training image once more.",
    key: "Shift + →",
  },
  reset: { label: "Reset", help: "Back to the same start: the same seed, the same curves.", key: "R" },
  undo: {
    label: "Undo",
    help: "Takes back the last reset, preset, result, seed, choice of rules or number of epochs; runs go on from where they were.",
    key: "Ctrl + Z",
  },
  speed: {
    label: "Speed",
    help: "Slow: two updates a second, or as long as One update takes for its stages. Real: at most fifty in each run that goes on. Max: as fast as this device can. What comes out is the same.",
  },
  newSeed: {
    label: "New seed",
    help: "Another start: other first weights, images and noise. The runs start again.",
  },
  theme: { label: "Theme", help: "The colours of the system, light ones or dark ones." },
  share: { label: "Share", help: "Link, figures and files of what is here, and the way back for them." },
  help: { label: "Help and keys", help: "What the page does, and the keys that drive it.", key: "?" },
  preset: {
    label: "Preset",
    help: "Settings that show one thing each on MNIST. One takes the place of all settings, and starts the runs again.",
  },
  own: {
    label: "Own images",
    help: "Trains on your files in place of MNIST. They are read on this device and never leave it.",
  },
} satisfies Record<string, Words>;

export const progress = {
  place: (from: number, to: number, epochs: number) =>
    `Epoch ${from === to ? from : `${from}–${to}`} of ${epochs}`,
  idle: "Ready",
  fetching: (loaded: string, total: string) => `Fetching images: ${loaded} of ${total} kB`,
  loading: "Starting",
  running: (ended: number, runs: number) => `${ended}\u00a0of\u00a0${runs}\u00a0done`,
  speed: (images: string) => ` ·\u00a0${images}\u00a0images/s`,
  update: (step: number, steps: number) => `Update ${step} of ${steps}`,
  paused: "Paused",
  done: "Done",
  failed: "Stopped",
};

/** Where the paper treats what has the focus. */
export const paper = {
  link: "https://arxiv.org/abs/2310.00965",
  name: "Paper",
  elsewhere: (citation: string) => `Source: ${citation}`,
  places: {
    decorrelation: "methods, decorrelation",
    decor_lr: "methods, decorrelation",
    "chart:decorrelation": "methods, decorrelation",
    "chart:covariance": "methods, decorrelation",
    noise_std: "methods, node perturbation",
    baseline: "noisy systems",
    "chart:alignment": "results, angle to the gradient of backpropagation",
    "chart:learning": "results",
  } as Record<string, string>,
};

export const rules = {
  heading: "Learning rules",
  last: "At least one rule must learn: choose another one first.",
  decorrelatedName: (name: string) => `Decorrelated ${name.toLowerCase()}`,
  decorrelatedHelp: (help: string) => `${help} Each layer's input is decorrelated first.`,
};

export const presets = {
  own: "Your own settings",
  changed: (title: string) => `“${title}”, with settings of your own. Choose it again to have it as it was.`,
};

/** The pale curves that a preset is compared with: their mark in the chart, and what they are. */
export interface Beside {
  mark: string;
  of: string;
}

interface Reason {
  title: string;
  reason: string;
  beside?: Beside;
}

/** What each preset of contract/presets.json is about, and what it shows; tests/presets.rs holds every claim to it. */
export const reasons: Readonly<Record<string, Reason>> = {
  story: {
    title: "The paper's story",
    reason:
      "Four rules, three seeds each, every rule at a rate that suits it. Node perturbation (NP) and its activity-based " +
      "form (ANP) learn without backpropagation (BP), but slowly. On decorrelated inputs (DANP) the same noise takes the " +
      "network well past them, to within a few points of BP.",
  },
  "all-rules": {
    title: "All rules of the paper",
    reason:
      "One learning rate for all, and a large one, three seeds each: every noise rule on decorrelated inputs is " +
      "clearly ahead of its plain form, and plain node perturbation ends last.",
  },
  "why-decorrelate": {
    title: "Why decorrelate?",
    reason:
      "Plain gradient descent with a learning rate of 0.1. That is too much for NP, which diverges; DNP, on " +
      "decorrelated inputs, stands it and learns. DINP and DANP end ahead of INP and ANP. With a tenth of this " +
      "rate (pale) it is the other way round: there each D rule is the slower one.",
    beside: { mark: "0.01", of: "the same at a learning rate of 0.01" },
  },
  "hard-thresholds": {
    title: "Hard thresholds",
    reason:
      "Units that are either on or off have a derivative of zero: backpropagation can train the output layer only. " +
      "The noise rules need no derivative and train every layer, with noise large enough to flip units: on " +
      "decorrelated inputs they get far past backpropagation. Plain node perturbation does not.",
  },
  "too-much-noise": {
    title: "Too much noise",
    reason:
      "Noise of 3, three hundred times the usual 0.01: so far from the clean pass the change of the loss says little " +
      "about the gradient. Every rule ends lower than with small noise (pale), NP, ANP and DANP by more than 15 points. " +
      "INP, which disturbs one layer at a time, stands it better.",
    beside: { mark: "0.01", of: "the same with noise of 0.01" },
  },
  "more-passes": {
    title: "More noisy passes",
    reason:
      "Each update averages ten noisy passes, which cost eleven forward passes in place of two. The estimate comes " +
      "closer to the gradient (see the alignment angle), and every rule ends some points higher than with one (pale).",
    beside: { mark: "1 pass", of: "the same with one noisy pass" },
  },
  deeper: {
    title: "Five hidden layers",
    reason:
      "The more units share one change of the loss, the less it says about each. NP ends more than 15 points behind " +
      "backpropagation (BP), and below what it reaches with two hidden layers (pale). Decorrelation makes up for much of it: " +
      "DANP and DINP end ahead of ANP and INP.",
    beside: { mark: "2 layers", of: "NP with two hidden layers" },
  },
  "two-noisy-passes": {
    title: "Two noisy passes",
    reason:
      "A system that is noisy itself has no clean pass to compare with: two noisy ones take its place. ANP and DANP " +
      "never read the noise, and do about as well as with a clean pass (pale; means of three seeds).",
    beside: { mark: "clean", of: "the same with a clean pass" },
  },
  rivals: {
    title: "The rivals",
    reason:
      "What the paper's rules are compared with, three seeds each. The forward gradient (FG) has derivatives in place " +
      "of a finite step, and does just as NP does. Weight perturbation (WP) averages sixteen draws here and still " +
      "ends behind NP; with one (pale) it is 30 points further back. Feedback alignment (FA, Direct FA) has no noise at " +
      "all, needs derivatives, and ends ahead of every noise rule, DANP too; backpropagation stays first.",
    beside: { mark: "1 pass", of: "WP with one noisy pass" },
  },
  "not-noise-alone": {
    title: "Not about noise alone",
    reason:
      "Feedback alignment, which adds no noise, at a large learning rate: on decorrelated inputs FA and Direct FA end " +
      "some two points higher, and within a point or two of backpropagation (means of three seeds). It is not that " +
      "their estimates come closer to the gradient: the angles are larger. And at a rate of 0.001 (pale) nothing is gained.",
    beside: { mark: "0.001", of: "the same at a learning rate of 0.001" },
  },
  "price-of-passes": {
    title: "What noisy passes buy",
    reason:
      "A sweep: three rules that guess the gradient by noise, with 1, 4, 16 and 64 noisy passes an update. More of " +
      "them bring every rule closer to the gradient and end higher; FG and NP go together. WP spreads one change of " +
      "the loss over all weights, not over units: with sixteen passes it ends behind NP with a single one.",
  },
  "price-of-width": {
    title: "What width costs",
    reason:
      "A sweep: the same three rules on layers of 16, 64 and 256 units. The wider the layers, the further every " +
      "estimate points away from the gradient. WP pays for it: at 256 units it diverges at a rate that it stands at 16. " +
      "NP and FG do not: they end higher than in the narrow network, angle or not.",
  },
  phone: {
    title: "The story, for phones",
    reason:
      "The paper's story on the same 14 × 14 pixels with one seed in place of three: a third of the work. DANP is " +
      "again past NP and ANP, but of one network each there is no band that says how much is chance.",
  },
  authors: {
    title: "As in the authors' program",
    reason:
      "All of MNIST in full size, batches of 1000, a learning rate of 0.001 for every rule: the settings of the " +
      "authors' own program. After ten epochs it reaches about 96% with backpropagation, 91% with NP and ANP, 92% " +
      "with DANP and INP. This takes minutes.",
  },
};

/** The groups of the settings. */
export const groups = {
  rates: {
    label: "Rates",
    help: "How far each update goes. These three may change while the runs go on: a tick on each curve marks the place.",
  },
  network: {
    label: "Network",
    help: "What is trained: its layers, what its units do and what its output is measured by. A change starts the runs again.",
  },
  training: {
    label: "Training",
    help: "How it is trained: the steps of the weights, the noise, how long, and with how many seeds. A change starts the runs again.",
  },
  data: {
    label: "Data",
    help: "How many images, and how large. A change starts the runs again.",
  },
  ownRates: {
    label: "Own rates",
    help: "Values for one rule alone, in place of the common ones: each rule at a rate that suits it.",
  },
  rivals: {
    label: "Rivals",
    help: "Rules that are not the paper's, to compare with.",
  },
} satisfies Record<string, Words>;

export const settings = {
  ratesSummary: (lr: number, noise: number) => `${lr} · noise ${noise}`,
  networkSummary: (hidden: string, activation: string) => `${hidden || "no hidden layer"} · ${activation}`,
  trainingSummary: (optimizer: string, epochs: number) => `${optimizer} · ${epochs} epochs`,
  dataSummary: (images: number, size: string) => `${images} images, ${size}`,
  ownRatesSummary: (rules: number) => (rules > 0 ? `${rules} with their own` : "none"),
  notForAll: (rules: string) => `Not for ${rules}: see their own rates below.`,
  notUsed: (rules: string) => `Not used: ${rules} have their own, below.`,
  slider: (label: string) => `${label}, slider`,
  ofRule: (label: string, rule: string) => `${label} of ${rule}`,
  quoted: (label: string, value: string) => `${label} “${value}”`,
  times: (label: string) => `${label} ×`,
  timesOwn: (label: string) => `${label}: what each rule has`,
  noFactor: (value: string, min: number, max: number) =>
    `${value} times what each rule has cannot be used: choose a number from ${min} to ${max}, which keeps all of them in their range.`,
  live: "It may change while the runs go on.",
  restarts: "A change starts the runs again.",
  keeps: "A change keeps the runs that are chosen before and after it.",
  again: "↻ starts all runs again",
  epochsKeep: "With more or fewer the runs go on, as long as none has come further.",
  tooFew: (epochs: number, rules: string, least: number) =>
    `${epochs} is too few now: ${rules} came as far as epoch ${least}. Choose ${least} or more, which keeps every run; or press Reset first: all start again.`,
  orMore: (least: number) => `${least} or more`,
  tooManyChanges: (most: number) =>
    `Rates have been changed ${most} times on the way, which is the most: let the runs end, or press Reset.`,
  liveRates: "The three rates may change while the runs go on; other draws start that rule again.",
  range: (min: string, max: string, standard: string) => `From ${min} to ${max}; by default ${standard}.`,
  layersRange: (layers: number, min: string, max: string, standard: string) =>
    `Up to ${layers} layers of ${min} to ${max} units; by default ${standard}.`,
  standard: (standard: string) => `By default: ${standard}.`,
};

/** Label and help of every key of the configuration; its range is config.rs's to say. */
export const fields = {
  dataset: {
    label: "Data set",
    help: "MNIST: grey images of handwritten digits. Or images of your own, which never leave this device.",
  },
  train_size: {
    label: "Training images",
    help: "As many of each digit, as they last, chosen by the seed.",
  },
  test_size: { label: "Test images", help: "No rule trains on them; they measure what was learned." },
  image_size: {
    label: "Image size",
    help: "14 × 14 takes means of 2 × 2 pixels: a quarter of the inputs, and faster.",
  },
  hidden_sizes: {
    label: "Hidden layers",
    help: "Units of each hidden layer, such as 64, 64. Empty: none.",
  },
  activation: {
    label: "Activation",
    help: "What a hidden unit does with its input. Leaky ReLU has a slope of 0.2 below zero; a hard threshold has no useful derivative.",
  },
  output: {
    label: "Output",
    help: "Softmax gives the probability of each digit; linear gives plain numbers.",
  },
  loss: { label: "Loss", help: "What training makes smaller: one number for each image." },
  algorithms: { label: "Rules", help: "The learning rules that run side by side." },
  optimizer: {
    label: "Optimizer",
    help: "SGD takes the plain step; Adam scales the step of each weight by its recent gradients.",
  },
  lr: { label: "Learning rate", short: "Rate", help: "How far each update moves the weights." },
  decor_lr: {
    label: "Decorrelation rate",
    short: "Decor.",
    help: "How fast the D rules learn the matrix R that decorrelates a layer's input.",
  },
  noise_std: {
    label: "Noise size",
    short: "Noise",
    help: "Standard deviation of the noise on every unit (WP: every weight); to FG it is all the same. Hard thresholds need more of it.",
  },
  num_noise_iters: {
    label: "Draws of noise",
    short: "Draws",
    help: "Averaged in each update, a noisy pass each (INP: one a layer): a better estimate, at a higher cost.",
  },
  noise: {
    label: "Noise",
    help: "Gaussian noise, or plus and minus the noise size with equal chance (Rademacher).",
  },
  baseline: {
    label: "Compared with",
    help: "The noisy pass is compared with a clean one; or, in a system always noisy, with a second noisy one.",
  },
  kappa: {
    label: "Whitening",
    help: "0 only decorrelates, as in the paper; 1 only makes variances equal; between them it does both. Above 0, pixels that only test images use may spoil the test loss.",
  },
  batch_size: { label: "Batch size", help: "Images in one update." },
  epochs: { label: "Epochs", help: "Times that every training image is seen before a run ends." },
  seed: {
    label: "Seed",
    help: "Decides first weights, images, their order and noise: same seed, same curves.",
  },
  num_seeds: {
    label: "Seeds",
    help: "Runs of each rule, from this seed on. Curves show their mean, with a band.",
  },
  arithmetic: {
    label: "Arithmetic",
    help: "Exact gives the same numbers everywhere, to the last bit. Fast fuses products and sums where the processor can: its numbers depend on it.",
  },
  overrides: {
    label: "Own rates",
    help: "Values for one rule alone; in an empty box the common one holds.",
  },
  changes: {
    label: "Changes on the way",
    help: "Rates that change on the way, each at its epoch and update.",
  },
} satisfies Record<string, FieldWords>;

/** Plain words for the choices whose key is not one. */
export const choices: Record<string, string> = {
  mnist: "MNIST",
  leaky_relu: "Leaky ReLU",
  relu: "ReLU",
  tanh: "tanh",
  step: "Hard threshold",
  softmax: "Softmax",
  linear: "Linear",
  ce: "Cross-entropy",
  mse: "Mean squared error",
  sgd: "SGD",
  adam: "Adam",
  gaussian: "Gaussian",
  rademacher: "Plus or minus",
  clean: "A clean pass",
  noisy: "A noisy pass",
  exact: "Exact",
  fast: "Fast",
  "28": "28 × 28",
  "14": "14 × 14",
};

/** What the strip says when nothing in particular has the focus. */
export const start: Words = {
  label: "One network, several ways to learn",
  help: "With the same seed every rule starts from the same weights and sees the same images in the same order; only how they change differs.",
};

export const charts = {
  learning: {
    label: "Learning curves",
    help: "The share of images that a network gets right, or its loss. Dashed: a plain rule. Solid: the same rule on decorrelated inputs.",
  },
  update: {
    label: "One update",
    help: "One image in the next update, stage by stage: what noise does, who gets credit, how weights move. Looking changes nothing.",
  },
  alignment: {
    label: "Alignment angle",
    help: "The angle between a rule's estimate and the exact gradient, on the same images. 0° is the gradient itself; 90° is no better than chance.",
  },
  decorrelation: {
    label: "Decorrelation loss",
    help: "How strongly the inputs of a layer still vary together: the mean square of what stands off the diagonal of C.",
  },
  runs: {
    label: "Runs",
    help: "One line for each rule and seed. A run whose numbers stop being finite ends with a cross; the others go on.",
  },
  sweep: {
    label: "Sweep",
    help: "Many short runs side by side: rows by columns of rules, rates, draws or widths. Where a rule learns, is too slow, or diverges.",
  },
  kept: {
    label: "Kept results",
    help: "Every result trained to its end stays in this browser until it is deleted. Pinned, its curves lie behind the next ones; its settings give them again.",
  },
  covariance: {
    label: "Covariance",
    help: "Each square is a pair of a layer's inputs: how strongly they vary together, each with itself on the diagonal. Decorrelation drives all others towards zero, unless Whitening is 1.",
  },
  weights: {
    label: "First weights",
    help: "Of the first layer, an image for each unit: its weight for each pixel, R included; or what of that is new since the start. Pixels that no training image uses keep their first weights (not with WP or Whitening).",
  },
  answers: {
    label: "Right and wrong",
    help: "Each row is a class of the test images, each column what they were taken for; right answers stand on the diagonal. Of more than 16 classes the most frequent are listed.",
  },
  draw: {
    label: "Draw a digit",
    help: "Your drawing is scaled and centred by its mass, as the images of MNIST were, and every rule's network says what it sees.",
  },
} satisfies Record<string, Words>;

export const curves = {
  images: "Images",
  test: "Test",
  train: "Train",
  measure: "Measure",
  accuracy: "Accuracy",
  loss: "Loss",
  against: "against",
  y: {
    test_acc: "Test accuracy",
    train_acc: "Training accuracy",
    test_loss: "Test loss",
    train_loss: "Training loss",
  },
  x: {
    epoch: "epoch",
    update: "updates",
    forward_passes: "forward passes",
    multiply_adds: "multiply-adds",
    seconds: "seconds",
  },
  title: (y: string, x: string) => `${y} against ${x}`,
  part: (least: string, greatest: string) => `${least} to ${greatest}`,
  partOf: (axis: string, part: string) => `${axis}, ${part}`,
  whole: "0–100%",
  beyond: { above: (name: string) => `${name} ↑`, below: (name: string) => `${name} ↓` },
  chance: "chance",
  recorded: (rule: string) => `${rule} recorded`,
  recordedEarlier: (seeds: number, version: string, commit: string) =>
    `recorded earlier (${version}, ${commit}), ${seeds === 1 ? "one seed" : `mean of ${seeds} seeds`}.`,
  besideRecorded: (of: string, caption: string) => `${of}, ${caption}`,
  pale: (caption: string) => `Pale: ${caption}`,
  random: "90°: random",
  picture: (title: string) =>
    `Chart: ${title}. The arrow keys read its values, which stand in the table below, too.`,
  at: (axis: string, place: string) => `${axis} ${place}`,
  reading: (curve: string, value: string) => `${curve} ${value}`,
  readings: (place: string, readings: string) => `${place}: ${readings}`,
  empty: "no values yet",
  afterEachEpoch: (quantity: string) => `${quantity} after each epoch`,
  styles: "Dashed: plain. Solid: decorrelated.",
  band: "Band",
  mean: (seeds: number) => `Mean of up to ${seeds} seeds, band:`,
  layerOf: (quantity: string) => `${quantity}: layer`,
  network: "Network",
  layer: (layer: number) => `Layer ${layer}`,
};

/** What the band over the seeds shows (extremes, standard deviation, standard error): the end of that sentence. */
export const bands = {
  "min-max": "min to max",
  sd: "± 1 SD",
  sem: "± 1 SEM",
};

/** Tables of numbers: the twins of the charts, and the runs. */
export const tables = {
  open: "Values as a table",
  epoch: "Epoch",
  range: (low: string, high: string) => ` (${low} to ${high})`,
  cost: (cost: string) => ` at ${cost}`,
  rule: "Rule",
  seed: "Seed",
  status: "Status",
  best: "Best",
  last: "Last",
  speed: "Images/s",
  statuses: {
    queued: "queued",
    loading: "loading",
    running: "running",
    paused: "paused",
    finished: "finished",
    diverged: "diverged",
    failed: "failed",
  } as Record<string, string>,
  diverged: (update: number, layer: number) => `✕ diverged, update ${update}, layer ${layer}`,
};

export const epochs = (count: number) => (count === 1 ? "1 epoch" : `${count} epochs`);

/** What the page says of runs, from their own numbers. */
export const sentences = {
  inside: (most: { train_size: number; test_size: number; image_size: number }) =>
    `This script of one file holds ${most.train_size} training and ${most.test_size} test images of MNIST, in ${most.image_size} × ${most.image_size} pixels: ` +
    "settings that ask for more get these, and a preset is then your own settings.",
  unchecked:
    "What this link says of its results cannot be checked here: this script of one file holds other images.",
  onPage: "This page allows no workers: the training shares its own thread, and is slower.",
  crowded: (gigabytes: number) =>
    `Fewer runs at once: side by side they would take more than ${gigabytes} GB of memory.`,
  fast: "Fast arithmetic: these numbers depend on the processor. Exact arithmetic gives the same ones everywhere.",
  race: (first: string, goal: string, after: number, slowest: string, needed: number) =>
    `${first} passed ${goal} after ${epochs(after)}, and stayed above; ${slowest} needed ${needed}. `,
  standing: (rule: string, accuracy: string) => `${rule} ${accuracy}`,
  end: (standing: string) => `Test accuracy at the end: ${standing}.`,
  progress: (place: string, standing: string) => `${place ? `${place}. ` : ""}Test accuracy: ${standing}.`,
  several: (runs: number, rule: string) => `${runs} runs of ${rule}`,
  diverged: (who: string, seed: number, update: number, what: string, layer: number, remedy: string) =>
    `✕ ${who} diverged (seed ${seed} at update ${update}): ${what}, in layer ${layer} first. ${remedy}`,
  what: {
    loss: "the loss grew beyond every number",
    weights: "the weights grew beyond every number",
    decorrelation: "the decorrelation matrix grew beyond every number",
  },
  trySmaller: (what: string, now: number, usual: number) =>
    `Try a ${what} below ${now}${now > usual ? `: the default is ${usual}` : ""}.`,
  wasRaised: (what: string, from: number, to: number) =>
    `Its ${what} was raised from ${from} to ${to} on the way: try one between the two.`,
};

/** Curves of other settings than those that are shown. */
export const stale = {
  ended: (rules: string) =>
    `${rules}: these curves belong to other settings than those shown. Play trains anew.`,
  goesOn: (rules: string) =>
    `${rules}: one of the runs had ended before the change, so all of them keep to the rates they had.`,
};

/** Rates that changed on the way. */
export const changes = {
  all: "all rules",
  rate: (label: string, value: number) => `${label.toLowerCase()} ${value}`,
  none: "no rule (each has its own)",
  rates: (whose: string, rates: string) => `${whose}: ${rates}`,
  one: (rates: string, epoch: number, update: number) =>
    `${rates} ${epoch + update === 0 ? "from the start" : `after ${epochs(epoch)}${update > 0 ? ` and ${update} updates` : ""}`}`,
  list: (list: string, more: number) =>
    `Changed on the way, as the link says: ${list}${more > 0 ? `; and ${more} more` : ""}.`,
  never: (count: number) =>
    `${count === 1 ? "One change never comes: its place is" : `${count} changes never come: their places are`} past an end.`,
  forget: "Without these changes",
};

/** What could not be loaded: the engine, or the data. */
export const loading = {
  engine: "The engine",
  noSimd:
    "This browser cannot run the training, which needs WebAssembly with SIMD, and what browsers have had since 2023. " +
    "Any Chrome or Edge from version 111, Firefox from 115 or Safari from 16.4 can.",
  noRelaxedSimd:
    "arithmetic = fast cannot be used: it needs relaxed SIMD, which this browser does not have. Choose exact: " +
    "the numbers are then the same as everywhere, and come somewhat slower.",
  wasmForbidden:
    "This page forbids WebAssembly by its Content Security Policy: its script-src needs wasm-unsafe-eval.",
  engineDamaged: (reason: string) => `The engine arrived damaged (${reason}). Try again to load it anew.`,
  missing: (name: string, status: number) =>
    `${name} is missing on the server (HTTP status ${status}). Try again to ask for it once more.`,
  refused: (name: string, status: number) =>
    `${name} could not be fetched (HTTP status ${status}). Try again to ask for it once more.`,
  stalled: (name: string, seconds: number) =>
    `${name} stopped arriving: nothing came for ${seconds} seconds. Check the connection, then try again.`,
  foreign: (name: string, reason: string, origin: string) =>
    `${name} could not be fetched (${reason}). Check the connection, then try again. If that does not help: the connect-src ` +
    `of this page's Content Security Policy has to allow ${origin}, and that host has to send ` +
    "Access-Control-Allow-Origin: * with its files.",
  unreachable: (name: string, reason: string) =>
    `${name} could not be fetched (${reason}). Check the connection, then try again.`,
  notFetched: (name: string) => `${name} was not fetched. Try again to fetch it anew.`,
  truncated: (name: string, found: number, expected: number) =>
    `${name} arrived truncated: ${found} bytes instead of ${expected}. Try again to fetch it anew.`,
  tooLong: (name: string, found: number, expected: number) =>
    `${name} is not the file the manifest describes: ${found} bytes instead of ${expected}. Try again to fetch it anew.`,
  notDescribed: (name: string, reason: string) =>
    `${name} is not the file the manifest describes: ${reason}. Try again to fetch it anew.`,
  noSettings:
    "These are no settings: give an object of numbers, words and lists, such as { lr: 0.001 }. Everything is as it was.",
  noFolder: (given: string) =>
    `data-url = "${given}" is no address of a folder: the images that came with the page are used.`,
  insides:
    "The views into the networks could not be loaded. Training works without them; reload the page to try again.",
  embed:
    "The way to embed this could not be loaded. Everything else works without it; ask for it once more to try again.",
  form: "The form that this page asks for could not be loaded: the whole playground stands in its place.",
  help: "The list of keys could not be loaded. Everything else works without it; ask for it once more to try again.",
  check: "The part that checks results could not be loaded. Open the link once more to try again.",
  update:
    "The view of one update has not come: it is loaded when it is asked for, and the connection may be gone. Choose it again.",
  link: "Some of this link cannot be used, and the part that says what could not be loaded. Open the link once more.",
  tooLarge:
    "This takes more memory than there is here: choose a smaller network, fewer images or a smaller batch.",
  share: "The Share menu could not be loaded: check the connection, then open it once more.",
  recorded:
    "The recorded curves could not be loaded. Training works without them; reload the page to try again.",
  cannotDecompress: "it cannot be decompressed",
  otherHash: "its SHA-256 differs",
};

/** What is wrong with the list of the data files. */
export const manifest = {
  name: "The list of the data files, manifest.json,",
  unusable: (reason: string) =>
    `The list of the data files, manifest.json, cannot be used: ${reason}. Try again to fetch it anew.`,
  notJson: "it is not JSON",
  notObject: "it is not an object",
  otherDataset: (found: string, wanted: string) => `it describes ${found}, and ${wanted} was asked for`,
  noCount: (key: string, found: string) => `its ${key} is ${found}, not a count`,
  noShards: (part: string) => `it has no list of ${part} shards`,
  noFile: (part: string, index: number, key: string) => `${part} shard ${index} has no ${key} file`,
};

/** What became of a worker. */
export const worker = {
  of: (rule: string, seed: number) => `${rule} (seed ${seed})`,
  died: (run: string, what: string) => `The worker of ${run} ${what}.`,
  kept: (epochs: number) => ` Its ${epochs} finished epochs are kept.`,
  retry: " Try again to train it anew.",
  retryOrSmaller:
    " Try again to train it anew, or choose a smaller network or batch, or fewer images or noise samples.",
  othersGoOn: " The other runs go on.",
  notStarted: (reason: string) => `could not be started (${reason})`,
  notLoaded: "could not be loaded",
  stopped: (reason: string, bytes = 0) =>
    `stopped (${reason}${bytes > 0 ? `, with ${Math.round(bytes / 1e6)} MB of memory in use` : ""})`,
  unreadable: "sent a message that cannot be read",
  late: (seconds: number) =>
    `The training has not begun within ${seconds} seconds: the connection is slow, or something holds workers back (the worker-src of ` +
    "a Content Security Policy, a blocker). It begins when its script comes.",
  slowStart: (seconds: number) => `did not start within ${seconds} seconds`,
  silent: (seconds: number) => `has said nothing for ${seconds} seconds`,
  ended: "has ended",
};

/** The reader's own images. */
export const ownData = {
  summary: "own",
  needed:
    "These settings train on images that somebody gave, which are not in the link: in the full playground give " +
    "the same files under Own images, or switch to MNIST.",
  most: (images: number) => `Of the ${images} there are.`,
  inside:
    "This script of one file has its own images and reads no others: give yours to the full playground.",
  notLoaded: "What reads files could not be loaded: check the connection, then give them again.",
};

/** Why a look into a run shows nothing. */
export const look = {
  nothingYet: "There is no network to look into before training begins.",
  diverged: (rules: string) => `${rules} diverged: there are no numbers left to look into.`,
  died: (what: string) =>
    `The worker that looks into ended runs ${what}. The runs and their curves are kept; look again to start another.`,
};
