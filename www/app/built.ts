// What the build evaluates, to ship what it makes in place of what makes it: see vite.config.ts.
export { PAPER_BIBTEX } from "./contract/citation";
export { SCHEMA } from "./contract/config";
export { EQUATIONS } from "./explain/equations";
export { ruleRows } from "./explain/rule-rows";
export { withRecorded } from "./learn/recorded";
export { recordedFigure } from "./recorded/figure";
export { withWords } from "./text/pages";
export { withHues } from "./ui/hues";
