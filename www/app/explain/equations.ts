import temml from "temml";
import { SCHEMA } from "../contract/config";

// The build evaluates this file and ships what it exports: the page gets MathML, and none of what makes it
// (see www/vite.config.ts).

const DECORRELATED = "X_{l-1}^{*} = R_l X_{l-1}";

const RULES = SCHEMA.algorithms.map(({ name, equation, decorrelated }) => [
  `rule:${name}`,
  decorrelated ? `${equation}, \\quad ${DECORRELATED}` : equation,
]);

const OTHERS = {
  "chart:alignment": String.raw`\theta = \arccos \frac{g \cdot g_{\mathrm{BP}}}{\lVert g \rVert \, \lVert g_{\mathrm{BP}} \rVert}`,
  "chart:decorrelation": String.raw`C_l = \operatorname{off}\left(\frac{1}{B} X_{l-1}^{*\top} X_{l-1}^{*}\right)`,
  "chart:covariance": String.raw`M = \frac{X^\top X}{B}`,
  activation: "X_l = f(A_l)",
  lr: String.raw`W_l \leftarrow W_l - \eta g_l \quad \text{(SGD)}`,
  decor_lr: String.raw`R_l \leftarrow R_l - \alpha C_l R_l`,
  noise_std: String.raw`\tilde A_l = W_l \tilde X_{l-1}^{*} + b_l + \varepsilon_l`,
  num_noise_iters: String.raw`g = \frac{1}{K} \sum g_k`,
  baseline: String.raw`\delta L = L - \tilde L`,
  kappa: String.raw`C = (1 - \kappa) C_{\mathrm{off}} + \kappa (C_{\mathrm{diag}} - I)`,
};

/** The equation of each key of explain.ts that has one. */
export const EQUATIONS: Readonly<Record<string, string>> = Object.fromEntries(
  [...RULES, ...Object.entries(OTHERS)].map(([key, latex = ""]) => [
    key,
    temml.renderToString(latex, { throwOnError: true, strict: true }),
  ]),
);
