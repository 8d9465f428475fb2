import { equation, fraction, noisy, row, sub, subsup, sup } from "./math";

// The build evaluates this file and ships what it exports: the page gets MathML, and none of what makes it
// (see www/vite.config.ts).

const lossDifference = row("(", "L", "−", noisy("L"), ")");
const activity = sub("δA", "l");

const ERRORS = {
  bp: equation(sub("E", "l"), "=", "−", fraction(row("∂", "L"), row("∂", sub("A", "l")))),
  np: equation(sub("E", "l"), "=", sub("ε", "l"), fraction(lossDifference, sup("σ", "2"))),
  inp: equation(
    sub("E", "l"),
    "=",
    sub("N", "l"),
    lossDifference,
    fraction(activity, sup(row("‖", activity, "‖"), "2")),
  ),
  anp: equation(sub("E", "l"), "=", "N", lossDifference, fraction(activity, sup(row("‖", "δA", "‖"), "2"))),
};

const DECORRELATED = equation(
  subsup("X", row("l", "−", "1"), "∗"),
  "=",
  sub("R", "l"),
  sub("X", row("l", "−", "1")),
);

/** The equation of each key of explain.ts that has one. */
export const EQUATIONS: Readonly<Record<string, string>> = {
  "rule:bp": ERRORS.bp,
  "rule:np": ERRORS.np,
  "rule:inp": ERRORS.inp,
  "rule:anp": ERRORS.anp,
  "rule:dbp": `${ERRORS.bp}, ${DECORRELATED}`,
  "rule:dnp": `${ERRORS.np}, ${DECORRELATED}`,
  "rule:dinp": `${ERRORS.inp}, ${DECORRELATED}`,
  "rule:danp": `${ERRORS.anp}, ${DECORRELATED}`,
  "chart:alignment": equation(
    "θ",
    "=",
    "arccos",
    fraction(row("g", "·", sub("g", "BP")), row("‖", "g", "‖", "‖", sub("g", "BP"), "‖")),
  ),
  "chart:decorrelation": equation(
    sub("C", "l"),
    "=",
    "off",
    row(
      "(",
      fraction("1", "B"),
      subsup("X", row("l", "−", "1"), "∗⊤"),
      subsup("X", row("l", "−", "1"), "∗"),
      ")",
    ),
  ),
  "chart:covariance": equation("M", "=", fraction(row(sup("X", "⊤"), "X"), "B")),
  activation: equation(sub("X", "l"), "=", "f", "(", sub("A", "l"), ")"),
  lr: equation(sub("W", "l"), "←", sub("W", "l"), "−", "η", sub("g", "l")),
  decor_lr: equation(sub("R", "l"), "←", sub("R", "l"), "−", "α", sub("C", "l"), sub("R", "l")),
  noise_std: equation(
    sub(noisy("A"), "l"),
    "=",
    sub("W", "l"),
    subsup(noisy("X"), row("l", "−", "1"), "∗"),
    "+",
    sub("b", "l"),
    "+",
    sub("ε", "l"),
  ),
  num_noise_iters: equation("g", "=", fraction("1", "K"), "∑", sub("g", "k")),
  baseline: equation("δ", "L", "=", "L", "−", noisy("L")),
  kappa: equation(
    "C",
    "=",
    row("(", "1", "−", "κ", ")"),
    sub("C", "off"),
    "+",
    "κ",
    row("(", sub("C", "diag"), "−", "I", ")"),
  ),
};
